import type { NoteCode } from "../../data/notes.ts";

/** What the reading of data says aloud, in Spanish. */
export const esNotes: Readonly<Record<NoteCode, string>> = {
  // por qué una columna tiene su tipo y su papel
  why_stated: "así se ha indicado",
  why_model: "como en el modelo",
  why_number: "números",
  why_category: "{distinct} valores distintos",
  why_mixed: 'números y texto mezclados: {bad} celdas, por ejemplo "{value}", no son números',
  why_codes: "las cifras con ceros delante son códigos",
  why_boolean: "dos valores, sí y no",
  why_date: "fechas",
  why_sorted_date: "fechas que crecen fila a fila",
  why_sorted_time: "un tiempo, por su nombre, que crece fila a fila",
  why_id_number: "números enteros, una vez cada uno, en orden",
  why_id_named: "un identificador, por su nombre, con cada valor una vez",
  why_id_text: "cada valor una vez",
  why_constant: 'el mismo valor en todas las filas: "{value}"',
  why_empty: "todas las celdas están ausentes",
  why_text: "texto libre: {distinct} valores distintos, de {length} caracteres en promedio",
  why_many: "{distinct} valores distintos en {cells} celdas son demasiados para categorías",
  why_nested: "los valores anidados ({type}) no se leen",
  why_not_asked: "no está entre las variables pedidas",
  why_not_known: "no es una columna del modelo",
  why_ignored: "se deja fuera, como se ha pedido",
  // sobre toda la tabla
  left_out: 'la columna "{column}" se deja fuera: {why}',
  guessed: 'columna "{column}": {why}',
  line_preamble: "una línea antes de la tabla",
  line_footer: "una línea debajo de la tabla",
  line_not_row:
    '"{value}" no es {type}, como lo son todas las demás celdas de la columna "{column}"',
  line_skipped: 'la línea {line} no es una fila: "{text}"',
  not_utf8: "no es UTF-8: se lee como {encoding}",
  decimal_comma: "coma decimal",
  thousands: 'los miles van separados por "{mark}"',
  decimal_ambiguous:
    '"{value}" se lee como {number}; si el punto separa los miles, indique --thousands .',
  comma_ambiguous: '"{value}" se lee como {number}; si no es así, indique --decimal',
  dates_evidence: 'las fechas de la columna "{column}" son {order}: ningún otro orden encaja',
  dates_regular: 'las fechas de la columna "{column}" son {order}: así van a intervalos regulares',
  dates_ambiguous:
    'las fechas de la columna "{column}" podrían ser dd/mm o mm/dd; se leen como {order}: "{value}" es {iso}; si no, indique --dates',
  dates_century: 'años de dos cifras en la columna "{column}": de {from} a {to}',
  marks_found: '"{mark}" en la columna "{column}" se lee como dato ausente ({count} celdas)',
  mark_kept:
    '"{mark}" en la columna "{column}" ({count} celdas) queda como categoría; con --missing {mark} sería dato ausente',
  more_columns: "las columnas que el modelo no conoce se dejan fuera: {columns}",
  matched_by_position: "sin cabecera: las columnas se emparejan por su posición",
  names_shifted:
    'la cabecera tiene un nombre menos que celdas las filas: la primera columna se llama "{column}"',
  number_sign: 'la columna "{column}" se escribe con "{sign}": "{value}" se lee como {number}',
  names_added: "los nombres de columna vacíos pasan a ser {columns}",
  // sobre el entrenamiento y la puntuación
  classifier_may_serve:
    "la clase mayoritaria es el {share} % de las etiquetas; por debajo del 90 % puede servir mejor un clasificador",
  labels_left_out: "{count} filas sin etiqueta se dejan fuera",
  overcomplete:
    "el código ({latent}) no es menor que la fila preparada ({width}): sin restricción puede copiar su entrada; reduzca --latent, o añada ruido o dropout",
  posterior_collapsed:
    "el posterior colapsó: ninguna de las {latent} unidades del código dice nada de la fila; baje --beta, use --warm-up o un --latent menor",
  units_idle:
    "de las {latent} unidades del código no dicen nada: {units} (divergencia KL menor que 0,01 nats); baje --beta o --latent",
  few_rows:
    "la red tiene {parameters} parámetros para {cells} celdas de datos: puede aprenderse las filas de memoria; hágala menor",
  few_anomalies: "solo {count} anomalías en la parte de prueba: sus cifras son aproximadas",
  drift_unseen: 'columna "{column}": el {share} % de los valores no aparecía en el entrenamiento',
  drift_range:
    'columna "{column}": el {share} % de los valores está fuera del intervalo del entrenamiento, de {minimum} a {maximum}',
  drift_missing:
    'columna "{column}": falta el {share} % de las celdas, y en el entrenamiento el {before} %',
  engine_absent:
    "falta el motor nativo ({reason}): lo sustituye el motor WASM, más lento; espejo doctor dice cómo remediarlo",
  golden_differs:
    "las puntuaciones de las filas de ejemplo del modelo difieren en {difference} de las guardadas: otro motor u otro procesador",
};
