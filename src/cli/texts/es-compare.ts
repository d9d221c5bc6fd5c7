import type { enCompare } from "./en-compare.ts";

/** What `espejo compare` and `espejo tune` say, in Spanish. */
export const esCompare: Readonly<Record<keyof typeof enCompare, string>> = {
  "compare.about":
    "varios autoencoders y los métodos que deberían superar, con las mismas filas y varias semillas",
  "option.budget":
    "tiempo que puede durar todo, por ejemplo 45s, 2m o 1h (compare: 45s, tune: 60s)",
  "option.seeds": "cuántas veces se repite cada uno, con otro reparto y otros pesos (3)",
  "option.outputRuns":
    "fichero de todas las pruebas que se escribe, una línea cada una; su extensión elige el formato: csv, parquet, json o ndjson",
  "compare.rowsLabelled":
    "{train} filas normales entrenan, {validate} deciden cuándo parar, {calibrate} eligen y {test} prueban; {base} de estas son anomalías",
  "compare.rows": "{train} filas entrenan, {validate} deciden cuándo parar y {test} prueban",
  "compare.run": "semilla {seed}  {name}  {figure}  {seconds} s",
  "compare.autoencoder": "autoencoder",
  "compare.baseline": "referencia",
  "compare.method": "método",
  "compare.code": "código",
  "compare.auc": "ROC AUC",
  "compare.ap": "precisión media",
  "compare.error": "error",
  "compare.seeds": "semillas",
  "compare.seconds": "segundos",
  "compare.cut.budget": "cortado por el tiempo",
  "compare.cut.interrupted": "interrumpido",
  "compare.none": "no quedó tiempo",
  "compare.noneInterrupted": "sin empezar",
  "compare.name.linear": "lineal",
  "compare.name.small": "basic, medio código",
  "compare.name.large": "basic, doble código",
  "compare.name.pca": "PCA",
  "compare.name.isolationForest": "bosque de aislamiento",
  "compare.name.neighbours": "5 vecinos más cercanos",
  "compare.name.mean": "la media",
  "compare.better":
    "{autoencoder} supera a {baseline} en {difference} ± {error} ({figure}, {seeds} semillas): aquí un autoencoder compensa",
  "compare.worse":
    "{autoencoder} queda por debajo de {baseline} en {difference} ± {error} ({figure}, {seeds} semillas): aquí {baseline} es la herramienta mejor",
  "compare.evenAhead":
    "{autoencoder} supera a {baseline} en {difference} ± {error} ({figure}, {seeds} semillas), lo que puede ser azar: {baseline} es la herramienta más sencilla",
  "compare.evenBehind":
    "{autoencoder} queda por debajo de {baseline} en {difference} ± {error} ({figure}, {seeds} semillas), lo que puede ser azar: {baseline} es la herramienta más sencilla",
  "compare.once":
    "{autoencoder} frente a {baseline}: {difference} ({figure}) con una sola semilla, lo que puede ser azar; más --seeds y un --budget mayor lo repiten",
  "compare.chosenBy":
    "a cada lado lo representa quien mejor lo hizo con filas que no prueban; ± es el error típico de esa media, amplio porque las semillas comparten filas (Nadeau y Bengio 2003)",
  "compare.sameCode":
    "se comparan códigos de tamaño {latent}: un código mayor siempre reconstruye mejor",
  "compare.ended": "{seconds} s de un máximo de {budget} s",
  "compare.endedInterrupted": "interrumpido a los {seconds} s de un máximo de {budget} s",
  "tune.about":
    "busca tipo, tamaños, ruido, tasa de aprendizaje y demás dentro de un tiempo, y entrena al ganador",
  "option.outputTuned": "fichero del modelo que se escribe (model.onnx)",
  "option.trials": "candidatos con que se empieza, como mucho (81)",
  "tune.objective":
    "se buscó precisión media en {rows} filas que eligen; las {test} filas que prueban no intervienen",
  "tune.objectiveError":
    "se buscó el menor error en {rows} filas, con un código de tamaño {latent} para todos, pues uno mayor siempre reconstruye mejor (--latent indica otro); las {test} filas que prueban no intervienen",
  "tune.trial": "candidato {number}  {epochs} {epochs:época|épocas}  {merit}  {seconds} s",
  "tune.failed": "no llegó a nada",
  "tune.rungs":
    "{candidates} {candidates:candidato|candidatos}, épocas {rungs}: el mejor tercio de cada grupo sigue; {seconds} s",
  "tune.rank": "puesto",
  "tune.candidate": "candidato",
  "tune.epochs": "épocas",
  "tune.settings": "ajustes",
  "tune.usual": "la red habitual",
  "tune.proof": "en las filas que prueban, con el entrenamiento completo:",
  "tune.winner": "ganador",
  "tune.pca": "PCA, código {latent}",
  "tune.pcaAhead":
    "el PCA supera a ambas redes en {difference} o más: para estas filas es la herramienta mejor y más sencilla",
  "tune.same": "ganó la red habitual: la búsqueda no encontró nada mejor",
  "tune.gain": "el ganador es {difference} mejor que la red habitual",
  "tune.loss":
    "el ganador es {difference} peor que la red habitual en filas que no intervinieron: la búsqueda encontró azar; entrene sin ella",
  "tune.repeat": "para repetirlo: {command}",
};
