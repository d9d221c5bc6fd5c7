import type { NoteCode } from "./notes.ts";

/** What the reading of data says aloud, in Spanish. */
export const esNotes: Readonly<Record<NoteCode, string>> = {
  // por qué una columna tiene su tipo y su papel
  why_stated: "así se ha indicado",
  why_type_stated: "se ha indicado su tipo",
  why_text_stated: "se ha indicado que es texto libre",
  why_model: "como en el modelo",
  why_number: "números",
  why_category: "{distinct} {distinct:valor distinto|valores distintos}",
  why_ranges: "{count} intervalos como {value}, tomados como categorías",
  why_mixed:
    'números y texto mezclados: {bad} {bad:celda|celdas}, por ejemplo "{value}", {bad:no es un número|no son números}',
  why_codes: "las cifras con ceros delante son códigos",
  why_digits: "cifras que un número no puede guardar enteras son códigos",
  why_boolean: "dos valores, sí y no",
  why_date: "fechas",
  why_sorted_date: "fechas que crecen fila a fila",
  why_sorted_time: "un tiempo, por su nombre, que crece fila a fila",
  why_falling_date: "fechas que decrecen fila a fila",
  why_falling_time: "un tiempo, por su nombre, que decrece fila a fila",
  why_years: "años, uno tras otro",
  why_id_number: "números enteros, una vez cada uno, en orden",
  why_id_named: "un identificador, por su nombre, con cada valor una vez",
  why_id_text: "cada valor una vez",
  why_id_many:
    "un identificador, por su nombre, con {distinct} valores distintos en {cells} celdas",
  why_constant_filled: 'el mismo valor en todas las celdas con dato: "{value}"',
  why_constant: 'el mismo valor en todas las filas: "{value}"',
  why_empty: "todas las celdas están ausentes",
  why_text:
    "texto libre: {distinct} {distinct:valor distinto|valores distintos}, de {length} {length:carácter|caracteres} en promedio",
  why_many:
    "{distinct} valores distintos en {cells} {cells:celda|celdas} son demasiados para categorías",
  why_nested: "los valores anidados ({type}) no se leen",
  why_not_asked: "no está entre las variables pedidas",
  why_not_known: "no es una columna del modelo",
  why_ignored: "se deja fuera, como se ha pedido",
  why_judgement: "dice por qué se tienen las filas",
  why_key: "dice de qué es cada fila, junto con {time}",
  why_key_time: "el tiempo de las filas",
  shape_panel:
    "datos de panel: {keys} valores distintos de {key} y {times} de {time}; identifican las filas y no se aprende de ellos",
  shape_series:
    "series en orden de {time}: {keys} valores distintos de {key} y {times} de {time}; identifican las filas y no se aprende de ellos",
  shape_uneven:
    'los tiempos de "{time}" van en orden, pero no a intervalos iguales: se toman uno tras otro',
  judgement_left_out:
    'la columna "{column}" dice por qué se tienen las filas y no se aprende de ella; --label {column} juzga con ella, --features indica de cuáles se aprende',
  rows_of_series:
    'las filas son una serie según "{time}", y de cada una se aprende por separado: --window {window} aprende de tramos, --content rows indica que se quiere así',
  kind_sequences:
    "la tabla se lee como secuencias, pues --kind {kind} no aprende de filas: --kind indica otro",
  date_learnt: 'de la fecha "{column}" se aprende como de un número',
  tails:
    "unos pocos valores son muchísimo mayores que los demás en {columns}: con --log, diez veces más cuenta como un paso más",
  zeros: 'columna "{column}": el {share} % de los valores es 0',
  many_categories:
    'la columna "{column}" tiene {distinct} valores distintos, cada uno una entrada y los raros juntos',
  // sobre toda la tabla
  left_out: 'la columna "{column}" se deja fuera: {why}',
  guessed: 'columna "{column}": {why}',
  line_preamble: "una línea antes de la tabla",
  line_footer: "una línea debajo de la tabla",
  line_across: "un título a lo ancho de la tabla",
  line_not_row:
    '"{value}" no es {type}, como lo son todas las demás celdas de la columna "{column}"',
  line_skipped: 'la línea {line} no es una fila: "{text}"',
  lines_skipped: '{count} líneas no son filas, la primera de ellas la {line}: "{text}"',
  not_utf8: "no es UTF-8: se lee como {encoding}",
  decimal_comma: "coma decimal",
  thousands: 'los miles van separados por "{mark}"',
  decimal_ambiguous: '"{value}" se lee como {number}',
  comma_ambiguous: '"{value}" se lee como {number}',
  dates_evidence: 'las fechas de la columna "{column}" son {order}: ningún otro orden encaja',
  dates_regular: 'las fechas de la columna "{column}" son {order}: así van a intervalos regulares',
  dates_ambiguous:
    'las fechas de la columna "{column}" podrían ser dd/mm o mm/dd; se leen como {order}: "{value}" es {iso}',
  dates_century: 'años de dos cifras en la columna "{column}": de {from} a {to}',
  lines_blank:
    "{count} {count:línea solo tiene|líneas solo tienen} separadores, la primera es la {line}: no {count:es una fila|son filas}",
  lines_comment:
    '{count} {count:línea empieza|líneas empiezan} por #, la primera es la {line} ("{text}"): no {count:es una fila|son filas}',
  lines_header:
    "{count} {count:línea repite|líneas repiten} la cabecera, la primera es la {line}: no {count:es una fila|son filas}",
  lines_title:
    '{count} {count:línea es un título|líneas son títulos} sobre una cabecera que se repite, la primera es la {line} ("{text}"): no {count:es una fila|son filas}',
  rows_odd:
    '{count} {count:línea tiene|líneas tienen} otro número de campos que los {width} de la tabla y {count:se deja|se dejan} fuera: la línea {line} tiene {fields} ("{text}"); --strict lo rechaza',
  rows_short:
    '{count} {count:fila acaba|filas acaban} antes de la última columna, la primera es la línea {line} ("{text}"): lo que no está falta; --strict lo rechaza',
  rows_long:
    "{count} {count:fila acaba|filas acaban} con campos vacíos más allá de la última columna, la primera es la línea {line}: se dejan fuera",
  header_numbers:
    'la línea {line} se toma por cabecera, porque sus números van en orden ("{text}")',
  names_repeated:
    'el nombre "{column}" está más de una vez: la siguiente columna con ese nombre se llama "{second}", y así las demás',
  zeros_left_out:
    "{count} {count:byte cero|bytes cero} en el texto, el primero en la línea {line}: se {count:deja|dejan} fuera",
  characters_mended:
    '{count} {count:carácter|caracteres} de Windows-1252 mal guardados, el primero en la línea {line}: se leen como se escribieron ("{value}")',
  cell_unread: '"{value}" no es {type}',
  cells_unread:
    'columna "{column}": {bad} de {cells} {cells:celda|celdas} no {bad:es|son} {type}, por ejemplo "{value}" en la línea {line}: se {bad:toma|toman} como dato ausente; --strict lo rechaza',
  number_accounting:
    'la columna "{column}" escribe los negativos como en contabilidad: "{value}" se lee como {number}',
  number_flags:
    'la columna "{column}" lleva avisos tras los números: "{value}" se lee como {number}',
  number_marks:
    'la columna "{column}" escribe los números de otro modo que las demás: "{value}" se lee como {number}',
  sign_absent:
    'columna "{column}": {count} {count:celda va|celdas van} sin "{sign}", por ejemplo "{value}": se {count:lee|leen} como las demás',
  dates_epoch:
    'los números de la columna "{column}" se leen como {unit} desde 1970: "{value}" es {iso}',
  dates_excel:
    'los números de la columna "{column}" se leen como Excel cuenta los días: "{value}" es {iso}',
  dates_digits: 'los números de la columna "{column}" se leen como {layout}: "{value}" es {iso}',
  dates_formats:
    'las fechas de la columna "{column}" están escritas de {count} maneras, y se leen todas: {formats}',
  dates_contradict:
    'la columna "{column}" no se lee como fechas: en "{dayFirst}" va primero el día y en "{monthFirst}" el mes',
  dates_offsets:
    'las horas de la columna "{column}" tienen {count} diferencias con UTC ({formats}): cuenta el instante',
  dates_offset_absent:
    '{count} {count:celda|celdas} de la columna "{column}" {count:tiene|tienen} una hora sin diferencia con UTC: se {count:lee|leen} como UTC; si no, indique --zone',
  dates_offset_lost:
    'el modelo aprendió "{column}" de horas con su diferencia con UTC; aquí no la hay: se leen como UTC; si no, indique --zone',
  dates_offset_found:
    'el modelo aprendió "{column}" de horas sin diferencia con UTC; aquí la tienen, y se leen como instantes',
  number_otherwise:
    'el modelo aprendió "{column}" de números escritos de otro modo: "{value}" se lee según lo que muestra este archivo; --number dice cómo',
  marks_found:
    '"{mark}" en la columna "{column}" se lee como dato ausente ({count} {count:celda|celdas})',
  mark_kept:
    '"{mark}" en la columna "{column}" ({count} {count:celda|celdas}) queda como categoría',
  number_mark_likely:
    "{mark} en {columns} ({share} % de los valores), lejos de todos los demás valores, se lee como un número y no como dato ausente",
  number_mark_mixed:
    "{mark} en {columns} ({share} % de los valores), lejos de todos los demás valores, se lee como un número y no como dato ausente; en {others} es un valor como otros, que --missing {mark} también quitaría",
  more_columns: "las columnas que el modelo no conoce se dejan fuera: {columns}",
  matched_by_position: "sin cabecera: las columnas se emparejan por su posición",
  names_shifted:
    'la cabecera tiene un nombre menos que celdas las filas: la primera columna se llama "{column}"',
  number_sign: 'la columna "{column}" se escribe con "{sign}": "{value}" se lee como {number}',
  names_added: "los nombres de columna vacíos pasan a ser {columns}",
  // sobre matrices, libros y bases de datos
  archive_chosen: "del archivo se lee {name}; no se lee: {others}",
  array_chosen: 'la matriz "{name}" contiene las filas',
  labels_found: 'las etiquetas se toman de "{name}"',
  guessed_images:
    "una matriz de forma {shape} se lee como imágenes, [filas, alto, ancho]; si no, indique --content sequences",
  guessed_sequences:
    "una matriz de forma {shape} se lee como secuencias, [filas, tiempo, variables]; si no, indique --content images",
  channels_first: "una matriz de forma {shape} tiene los canales delante: se ponen al final",
  images_scaled:
    "los valores de {count} {count:imagen|imágenes}, de {least} a {most}, se llevan a 0 a 255: {low} pasa a ser 0 y {high} pasa a ser 255, también en imágenes nuevas del modelo; --range indica otra cosa",
  images_known_range:
    "los valores de {count} {count:imagen|imágenes} se llevan a 0 a 255: {low} pasa a ser 0 y {high} pasa a ser 255, como se indicó o se aprendió",
  images_bytes:
    "los valores de {count} {count:imagen|imágenes}, de {least} a {most}, se toman como son, como 0 a 255",
  images_outside: "los valores de las imágenes van de {least} a {most}, y se espera de 0 a 255",
  images_cut:
    "{count} {count:imagen tiene|imágenes tienen} valores fuera de {low} a {high}: se toman como el extremo más cercano",
  images_constant: "{count} {count:imagen es|imágenes son} de un solo color, como {name}",
  images_others:
    "se {count:pasa|pasan} por alto {count} {count:fichero|ficheros} más, según {count:su terminación|sus terminaciones}: {files}",
  images_pages:
    "{count} {count:fichero contiene|ficheros contienen} {pages} páginas o fotogramas: cada uno es una imagen; --pages first toma solo el primero",
  images_pages_first:
    "{count:queda|quedan} fuera {count} {count:página o fotograma|páginas o fotogramas} más",
  images_pages_left:
    "{count:queda|quedan} fuera {count} {count:página|páginas}: de otro tamaño que la primera de su fichero",
  images_fitted: "{count} {count:imagen se lleva|imágenes se llevan} a {size} (ajuste: {fit})",
  images_alpha:
    "{count} {count:imagen tiene|imágenes tienen} partes transparentes: su fondo es blanco",
  images_broken:
    "{count} {count:fichero no se puede leer como imagen y se deja|ficheros no se pueden leer como imágenes y se dejan} fuera: {names}",
  labels_folders: "las {count} subcarpetas son las clases de las imágenes",
  labels_table: 'las clases de las imágenes están en {path}, columna "{column}"',
  labels_missing:
    "{missing} de {count} {count:imagen|imágenes} {missing:no tiene|no tienen} clase en {path}, por ejemplo {name}",
  sequence_columns:
    "las columnas que no son de números no forman parte de las secuencias: {columns}",
  sequence_time: 'la columna "{column}" es el tiempo de los pasos; --time indica otra',
  sequence_time_of_day:
    'el tiempo de los pasos es "{column}" con la hora del día de "{clock}", el primero es {value}; con --ignore {clock} no se usa',
  sequence_sorted:
    'las filas se ordenan por "{column}": {count} {count:no estaba|no estaban} en orden, la primera es la fila {row} ({value})',
  sequence_gaps:
    '{odd} de {steps} {steps:paso|pasos} de "{column}" {odd:no es|no son} de {step}, como la mayoría, y {missing:falta|faltan} {missing} {missing:tiempo|tiempos}; el primero está en la fila {row} ({value})',
  sequence_uneven:
    '{odd} de {steps} {steps:paso|pasos} de "{column}" {odd:no es|no son} de {step}, como la mayoría; el primero está en la fila {row} ({value})',
  step_weeks: "{count} semanas",
  step_business_days: "{count} días laborables",
  step_months: "{count} meses",
  step_years: "{count} años",
  sequence_fold:
    'una hora de "{column}" se repite en la fila {row} ({value}), como donde se atrasan los relojes ({zone}): las filas conservan su orden',
  sequence_clock:
    'los pasos de "{column}" son regulares en relojes que se adelantan y se atrasan como los de {zone}: ahí no hay huecos',
  sequence_repeats:
    '{count} {count:fila tiene|filas tienen} el mismo "{column}" que otra de su serie, la primera es la fila {row} ({value}); --group separa las series',
  sequence_untimed:
    '{count} {count:fila|filas} sin "{column}" {count:queda al final|quedan al final}',
  sequence_label:
    'una ventana se llama como su valor más frecuente de "{column}" que no sea "{normal}"',
  sequence_whole:
    "cada una de las {count} series es una secuencia de hasta {length} {length:paso|pasos}; --window corta ventanas",
  sequence_padded:
    "{count} {count:serie tiene|series tienen} menos de {length} {length:paso|pasos}: {count:se completa|se completan} al final con pasos ausentes",
  sequence_windows:
    "{count} {count:ventana|ventanas} de {length} {length:paso|pasos}, una cada {stride}",
  sequence_windows_guessed:
    "las filas son pasos de una serie: {count} {count:ventana|ventanas} de {length} {length:paso|pasos}, una cada {stride}; --window y --stride lo cambian",
  sequence_windows_period:
    "las filas son pasos de una serie: {count} {count:ventana|ventanas} de {length} {length:paso|pasos}, como sugieren los pasos de {step}, una cada {stride}; --window y --stride lo cambian",
  sequence_wide:
    "cada una de las {count} filas se lee como una secuencia de {length} {length:paso|pasos}; si las filas son pasos, indique --window",
  sequence_class:
    'la columna "{column}" contiene pocos números enteros: se toma por la clase; --label indica otra',
  nominal_undeclared:
    'columna "{column}": {count} {count:celda tiene un valor|celdas tienen valores} que la cabecera del fichero no enumera, como "{value}"',
  arff_weights: "los pesos de las filas ({count}) no se leen",
  names_numbered: "los nombres que se repetían pasan a ser {columns}",
  json_list: 'las filas son la lista "{name}" del objeto; no se lee: {others}',
  json_rows: "cada uno de los {count} objetos dentro del objeto es una fila",
  json_columns:
    'cada nombre del objeto contiene una columna de {count} {count:fila|filas}, como la escribe pandas; si cada uno contiene una fila, guárdelas como lista de objetos: to_json(orient="records")',
  sheet_chosen: 'se lee la hoja "{sheet}", y no {others}',
  sheets_hidden: "{count} {count:hoja oculta no se lee|hojas ocultas no se leen}: {names}",
  header_joined:
    "la cabecera ocupa las líneas {from} a {to}: se juntan los nombres de cada columna",
  merged_down:
    "{count} {count:celda combinada abarca|celdas combinadas abarcan} varias filas, la primera en {cell}: el valor de cada una vale para todas sus filas",
  merged_across:
    "{count} {count:celda combinada abarca|celdas combinadas abarcan} varias columnas, la primera en {cell}: el valor queda solo en la primera de ellas",
  workbook_formulas:
    "{count} {count:fórmula no tiene|fórmulas no tienen} valor guardado, la primera en {cell}: se {count:lee|leen} como {count:celda ausente|celdas ausentes}; abra el fichero en Excel o LibreOffice y guárdelo para tener {count:el valor|los valores}",
  workbook_hidden:
    "{count} filas o columnas que el libro oculta, por ejemplo con un filtro, se leen como las demás",
  workbook_errors:
    "{count} {count:celda contiene|celdas contienen} un error, como #N/A: {count:se lee como ausente|se leen como ausentes}",
  // sobre el entrenamiento y la puntuación
  normal_absent:
    'ninguna fila tiene la etiqueta {column} = "{normal}", que era lo normal en el entrenamiento: todas cuentan como anomalías; --normal indica otro valor',
  labels_left_out: "{count} {count:fila sin etiqueta se deja|filas sin etiqueta se dejan} fuera",
  marks_used:
    "marcas: {confirmed} {confirmed:anomalía confirmada no entrena|anomalías confirmadas no entrenan}, {false} {false:falsa alarma cuenta|falsas alarmas cuentan} como normal",
  marks_overrule:
    '{count} {count:marca prevalece sobre la etiqueta|marcas prevalecen sobre las etiquetas} de "{column}"',
  marks_judge:
    "las {confirmed} anomalías confirmadas las encontró una clasificación, y las filas que nadie miró se dan por normales: puede que de todas las anomalías se encuentren menos de lo que se dice",
  marks_few:
    "{confirmed} {confirmed:anomalía confirmada es poca|anomalías confirmadas son pocas} para elegir y juzgar con ellas: desde 2 se hace",
  overcomplete:
    "el código ({latent}) no es menor que la fila preparada ({width}): sin restricción puede copiar su entrada; reduzca --latent, o añada ruido o dropout",
  posterior_collapsed:
    "el posterior colapsó: ninguna de las {latent} unidades del código dice nada de la fila; baje --beta, use --warm-up o un --latent menor",
  units_idle:
    "de las {latent} unidades del código no dicen nada: {units} (divergencia KL menor que 0.01 nats); baje --beta o --latent",
  few_rows:
    "la red tiene {parameters} {parameters:parámetro|parámetros} para {cells} {cells:celda|celdas} de datos: puede aprenderse las filas de memoria; hágala menor",
  few_anomalies:
    "solo {count} {count:anomalía|anomalías} en la parte de prueba: sus cifras son aproximadas",
  split_time: 'las filas más recientes según "{column}" juzgan, y las anteriores entrenan',
  split_key: "todas las filas de un mismo {column} entrenan juntas o juzgan juntas",
  judges_none:
    "por sus hashes todas las filas entrenan y ninguna juzga: el entrenamiento no se detiene por sí mismo, y el umbral es de filas que conoce; otra --seed las reparte de otro modo",
  cluster_unread:
    'columna "{column}": {count} de {rows} celdas no son {type}, como "{value}": se toman como ausentes',
  cluster_sampled:
    "el umbral y las cifras son de {rows} filas, extraídas por un hash de las que no entrenaron",
  split_hash:
    "las filas se reparten por un resumen (hash) de sus valores: las iguales entrenan juntas o juzgan juntas",
  split_random:
    'las filas se reparten al azar: según "{column}" no habría con qué juzgar, o faltaría una clase; --split time lo pide de todos modos',
  split_windows_time:
    'juzgan las ventanas más recientes según "{column}" y entrenan las anteriores; las que cruzan un límite se dejan fuera',
  split_windows_order:
    "juzgan las últimas ventanas y entrenan las anteriores; las que cruzan un límite se dejan fuera",
  split_windows_key: "todas las ventanas de un mismo {column} entrenan juntas o juzgan juntas",
  split_windows_random:
    'las ventanas se reparten al azar, aunque quizá se solapen: según "{column}" no habría ninguna que entrenase o juzgase, o faltaría una clase; --split lo cambia',
  split_windows_order_random:
    "las ventanas se reparten al azar, aunque quizá se solapen: en su orden no habría ninguna que entrenase o juzgase, o faltaría una clase; --split lo cambia",
  drift_unseen: 'columna "{column}": el {share} % de los valores no aparecía en el entrenamiento',
  drift_range:
    'columna "{column}": el {share} % de los valores está fuera del intervalo del entrenamiento, de {minimum} a {maximum}',
  drift_missing:
    'columna "{column}": falta el {share} % de las celdas, y en el entrenamiento el {before} %',
  drift_shift:
    'columna "{column}": sus valores se distribuyen de otra manera que en el entrenamiento: el 80 % va de {low} a {high}, y en el entrenamiento de {lowBefore} a {highBefore}',
  drift_scale:
    'columna "{column}": sus valores son unas {factor} veces los del entrenamiento (el valor central es {now}; allí, {before}): ¿otra unidad?',
  drift_shares:
    'columna "{column}": sus valores se reparten de otra manera que en el entrenamiento: "{value}" supone el {share} %, y antes el {before} %',
  drift_constant:
    'columna "{column}": todas las celdas son {value}; en el entrenamiento el {share} % era otra cosa',
  drift_copy:
    'columna "{column}": igual que "{other}" en todas las filas; en el entrenamiento difería al menos en el {share} % de ellas',
  drift_group_scale:
    'columna "{column}" de {group}: sus valores son unas {factor} veces los del entrenamiento (el valor central es {now}; allí, {before}): ¿otra unidad?',
  drift_group_shift:
    'columna "{column}" de {group}: sus valores se distribuyen de otra manera que en el entrenamiento: la mitad va de {low} a {high}, y allí de {lowBefore} a {highBefore}',
  drift_group_constant:
    'columna "{column}" de {group}: todas las celdas son {value}; en el entrenamiento la mitad iba de {lowBefore} a {highBefore}',
  drift_group_missing:
    'columna "{column}" de {group}: falta el {share} % de las celdas, y en el entrenamiento el {before} %',
  drift_groups:
    'columna "{column}": en {count} de {of} grupos de {key} sus valores se distribuyen de otra manera que en el entrenamiento, sobre todo en {groups}; así ocurre con lo que crece con el tiempo',
  drift_groups_kept:
    "si ha cambiado solo algún {key} se vigila en los {kept} primeros de los {groups} del entrenamiento",
  drift_groups_unknown:
    "no se puede saber si ha cambiado solo algún {key}: el fichero de modelo no dice cómo era cada uno (se guarda al entrenar de nuevo sin --private)",
  missing_new:
    'columna "{column}": faltan {missing} de {rows} celdas, y en el entrenamiento no faltaba ninguna: lo que el modelo dice de esas filas sale de sus demás celdas',
  run_absent:
    "no se puede escribir {path} ({reason}): este entrenamiento no se guarda y no se podrá reanudar; --run indica una carpeta para él",
  engine_absent:
    "falta el motor nativo ({reason}): lo sustituye el motor WASM, más lento; espejo doctor dice cómo remediarlo",
  golden_differs:
    "las puntuaciones de las filas de ejemplo del modelo difieren en {difference} de las guardadas: otro motor u otro procesador",
  stamp_threshold_absent:
    "el modelo no tiene umbral para instantes, así que is_anomaly queda vacío: vuelva a entrenarlo",
};
