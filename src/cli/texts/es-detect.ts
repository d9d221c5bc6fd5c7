import type { enDetect } from "./en-detect.ts";

/** What `espejo detect` says, in Spanish. */
export const esDetect: Readonly<Record<keyof typeof enDetect, string>> = {
  "detect.about": "de los datos a las anomalías ordenadas, con sus motivos, en una sola orden",
  "detect.remark":
    "Sin --kind, las tablas usan el ensemble, o con etiqueta lo que lo supere (docs/detection.md); imágenes y\nsecuencias, un autoencoder convolucional.",
  "option.outputRanked":
    "fichero de anomalías que se escribe, la más anómala primero; su extensión elige el formato: csv, parquet, json o ndjson",
  "option.sortScores": "primero las puntuaciones más altas, con el número de su fila",
  "option.topScores": "solo las n puntuaciones más altas, con el número de su fila",
  "option.top": "las n puntuaciones más altas en vez de las que superan el umbral",
  "option.save": "fichero de modelo que se guarda, para puntuar filas nuevas",
  "option.cleanRows": "las filas que entrenan son todas normales",
  "option.private":
    "no guardar filas de los datos en el fichero del modelo (el ensemble sí lo hace), ni cómo era cada clave de un panel",
  "option.keep":
    "lo que se conserva: ensemble, basic o pca (por omisión el ensemble, o con etiqueta lo que lo supere en más de lo que daría el azar)",
  "option.alone": "no entrenar los otros métodos para comparar: no se elige nada",
  "detect.learn": "1. entrenar con {train} filas",
  "detect.learnNormal": "1. entrenar con {train} filas normales ({column} = {normal})",
  "detect.learnMarked": "1. entrenar con {train} filas, sin las {confirmed} anomalías confirmadas",
  "detect.learnClean": "1. entrenar con {train} filas, que se dan todas por normales",
  "detect.measure": "2. medir los errores de {rows} filas que no entrenaron",
  "detect.threshold": "3. umbral {threshold}: {rule} sobre {rows} de ellas",
  "detect.judge": "4. juzgar las {test} filas de prueba",
  "detect.judgeMarked":
    "4. juzgar las {test} filas de prueba: las confirmadas frente a las que no lo están",
  "detect.judgeNone": "4. sin etiqueta: nada dice cuántas de las anomalías se encuentran",
  "detect.method": "método",
  "detect.auc": "ROC AUC",
  "detect.ap": "precisión media",
  "detect.shared": "mismas {among} más altas",
  "detect.name.ensemble": "ensemble",
  "detect.name.basic": "autoencoder sencillo",
  "detect.name.pca": "PCA",
  "detect.plainWins": "aquí {name} es mejor que {kind}: {ap} frente a {own}",
  "detect.rule": "regla",
  "detect.level": "umbral",
  "detect.alarms": "marcadas de {rows}",
  "detect.precision": "precisión",
  "detect.recall": "sensibilidad",
  "detect.cannot": "muy pocas filas",
  "detect.row": "{rank}. {row}  puntuación {score}  {reasons}",
  "detect.item": "{rank}. {name}  puntuación {score}  {reason}",
  "detect.more": "... {count} más: -o nombra un fichero para ellas",
  "resumed.detect": "{path} es una ejecución de espejo detect, y sigue como tal",
  "detect.banks":
    "el fichero del modelo contiene hasta {rows} filas de los datos, para decir qué se les parece; --private no guarda ninguna",
};
