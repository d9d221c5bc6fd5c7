import type { enMarks } from "./en-marks.ts";

/** Para qué sirven las marcas, en español. */
export const esMarks: Readonly<Record<keyof typeof enMarks, string>> = {
  "marks.title": "Sus marcas",
  "marks.help":
    "Lo que dijo de las filas puede elegir el umbral y enseñar al entrenamiento siguiente: las anomalías confirmadas no entrenan nunca, las falsas alarmas cuentan como normales.",
  "marks.none":
    "Aún no hay filas marcadas. Abra filas de la lista de abajo y pulse c donde una sea una anomalía, f donde sea una falsa alarma.",
  "marks.rows": "Marcadas",
  "marks.confirmed": "Confirmadas",
  "marks.falseAlarms": "Falsas alarmas",
  "marks.choose": "El umbral que eligen sus marcas",
  "marks.chooseHelp":
    "Las filas marcadas son las que mostró la lista, no una muestra de todas: no se elige ningún umbral por debajo de la más baja.",
  "marks.rule": "Según qué",
  "marks.rule.f1": "El mejor equilibrio entre encontrar y acertar (F1)",
  "marks.rule.precision:0.9": "Tan bajo como el 90 % de las alarmas acierte",
  "marks.rule.precision:0.75": "Tan bajo como el 75 % de las alarmas acierte",
  "marks.rule.recall:0.8": "Tan alto como se encuentre el 80 % de las confirmadas",
  "marks.rule.recall:1": "Tan alto como se encuentren todas las confirmadas",
  "marks.rule.cost:10": "Una perdida cuesta lo que diez falsas alarmas",
  "marks.ask": "Ver en qué queda",
  "marks.found": "Umbral {threshold}",
  "marks.comesTo":
    "Por encima quedan {found} de {confirmed} {confirmed:anomalía confirmada|anomalías confirmadas} y {alarms} de {false} {false:falsa alarma|falsas alarmas}; de todas las filas, {flagged}.",
  "marks.nothing":
    "Ningún umbral lo consigue: las filas marcadas más altas son falsas alarmas. Este no señala ninguna.",
  "marks.reach": "Por debajo de {lowest}, su fila marcada más baja, no ha mirado nadie.",
  "marks.apply": "Fijar este umbral",
  "marks.applied": "El umbral está fijado; deshacer lo devuelve",
  "marks.again": "Entrenar de nuevo con sus marcas",
  "marks.againHelp":
    "Una ejecución nueva de los mismos datos con las mismas opciones; sus marcas van con ella, y verá cómo se movieron las filas marcadas.",
  "marks.moves": "Cómo se movieron las filas marcadas",
  "marks.movesHelp":
    "Esta ejecución se entrenó con las marcas de otra anterior. Las confirmadas deberían seguir arriba, las falsas alarmas bajar.",
  "marks.toFormer": "La ejecución anterior",
  "marks.aboveFormer": "Por encima del umbral antes",
  "marks.aboveNow": "Por encima del umbral ahora",
  "marks.of": "{above} de {rows}",
  "marks.mark": "Marca",
  "marks.before": "Puesto antes",
  "marks.after": "Puesto ahora",
  "marks.moved": "Movimiento",
  "marks.up": "sube {by}",
  "marks.down": "baja {by}",
  "marks.moreAbove":
    "Hay más falsas alarmas por encima del umbral que antes: las puntuaciones de un entrenamiento nuevo tienen su propia escala. Deje que sus marcas elijan el umbral, arriba.",
  "marks.same": "sigue igual",
  "marks.capped": "Las primeras {shown} de {all} filas marcadas.",
  "marks.label": "Todos los datos con sus marcas como columna de etiqueta",
  "marks.labelHelp": "anomaly, normal o vacía; para --label en otra parte",
  "marks.format.csv": "CSV",
  "marks.format.csv-es": "CSV español",
  "marks.format.parquet": "Parquet",
  "marks.copyThreshold": "Su umbral, como orden",
  "marks.copyThresholdProgram": "Su umbral, como TypeScript",
};
