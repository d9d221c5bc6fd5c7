import { esColumns } from "../../charts/texts/columns.ts";
import type { TextKey } from "./en.ts";
import { esCluster } from "./es-cluster.ts";
import { esClusterScores } from "./es-cluster-scores.ts";
import { esCompare } from "./es-compare.ts";
import { esDetect } from "./es-detect.ts";
import { esJobs } from "./es-jobs.ts";
import { esJoin } from "./es-join.ts";
import { esKeras } from "./es-keras.ts";
import { esReduce } from "./es-reduce.ts";
import { esReport } from "./es-report.ts";
import { esRuns } from "./es-runs.ts";
import { esScores } from "./es-scores.ts";
import { esServe } from "./es-serve.ts";
import { esStudio } from "./es-studio.ts";

/** Everything the command line says, in Spanish. */
export const es: Readonly<Record<TextKey, string>> = {
  ...esCluster,
  ...esClusterScores,
  ...esCompare,
  ...esJoin,
  ...esReduce,
  ...esRuns,
  // ayuda
  "help.usage": "Uso:",
  "help.arguments": "Argumentos:",
  "help.options": "Opciones:",
  "help.commands": "Órdenes:",
  "help.optionsWord": "[opciones]",
  "help.commandWord": "[orden]",
  "help.help": "esta ayuda",
  "help.helpCommand": "ayuda sobre una orden",
  "help.version": "la versión",
  "help.examples": "Ejemplos:",
  "help.roles": "Columnas:",
  "help.network": "Red:",
  "help.preparation": "Preparación:",
  "help.training": "Entrenamiento:",
  "help.result": "Resultados:",
  "help.reading": "Cómo se leen los datos (si no se indica, se detecta y se dice):",
  "help.engine": "Motor:",
  "help.general": "Generales:",
  "help.first":
    "1. espejo datos.csv                       qué hay en el fichero y qué se puede hacer con él\n2. espejo detect datos.csv -o orden.csv   sus filas más raras primero, con los motivos\n3. espejo train datos.csv -o model.onnx   un modelo que puntúa, reduce y rellena filas nuevas como ellas",
  "help.more":
    'espejo FICHERO, sin más, dice qué hay en un fichero. Las opciones también pueden estar en\nespejo.config.json, por ejemplo {"lang": "es", "train": {"epochs": 50}}, o en el entorno:\nESPEJO_EPOCHS=50. Lo escrito en la orden prevalece sobre el entorno, y este sobre el fichero.\nLos resultados van a la salida estándar; todo lo demás, a la salida de errores.\nCódigos de salida: 0 hecho, 1 fallo, 2 uso incorrecto, 3 datos, 4 anomalías (--fail-on-anomalies),\n5 motor o modelo, 130 interrumpido.',
  "help.json":
    "Con --json, las filas salen como {schemaVersion, rows: [...], count}; --format ndjson da en cambio una fila por línea.",
  "help.events":
    'Con --json, la salida estándar contiene un suceso por línea: "table", "note", "network", "epoch", "done".',
  // dudas
  "doubts.head": "{path}: {n} {n:duda|dudas}, con lo que {n:la|las} resuelve",
  "doubts.otherwise": "si no es así: {option}",
  "doubts.alike": "otras {n} {n:columna|columnas} igual: {columns}",
  "doubts.so": "si es así: {option}",
  "doubts.reads": " ({value})",
  "note.say": "{note}; si no, indique {option}",
  // órdenes
  about: "Autoencoders desde la terminal: entrenar, puntuar, reducir y hallar las filas anómalas",
  "inspect.about": "qué se ha detectado en una tabla, o qué contiene un modelo",
  "train.about":
    "entrena un autoencoder con una tabla, imágenes o secuencias y escribe el fichero del modelo",
  "kinds.about": "los tipos de autoencoder, con sus fórmulas",
  "kinds.join": "se unen con +, como en --kind convolutional+denoising",
  "kind.basic": "codificador y decodificador de cualquier tamaño y activación",
  "kind.convolutional": "filtros iguales en todos los lugares",
  "kind.recurrent": "lee y escribe paso a paso",
  "kind.ensemble":
    "cuatro autoencoders pequeños y el parecido con filas conocidas; encuentra anomalías",
  "kind.tied": "el decodificador tiene los pesos del codificador",
  "kind.variational": "los códigos son distribuciones; crea filas nuevas",
  "kind.adversarial": "un rival hace que los códigos sigan una distribución; crea filas nuevas",
  "kind.wasserstein": "los códigos siguen una distribución por distancia; crea filas nuevas",
  "kind.sparse": "pocas unidades del código están activas",
  "kind.contractive": "los códigos cambian poco cuando cambian las filas",
  "kind.robust": "las filas que no encajan pesan poco",
  "kind.denoising": "reconstruye filas limpias a partir de filas con ruido",
  "arrays.images": "{path}: {rows} {rows:imagen|imágenes} de {sizes}",
  "arrays.windows": "{path}: {rows} {rows:ventana|ventanas} de {sizes} (variables: {features})",
  "arrays.sequences":
    "{path}: {rows} {rows:secuencia|secuencias} de {sizes} (variables: {features})",
  "arrays.classes": "clases: {values}; --normal VALOR entrena solo con una de ellas",
  "worst.name": "{name}  puntuación {score}  {mark}{reason}",
  "score.about": "puntúa filas con un modelo: una línea por fila, en el mismo orden",
  "encode.about": "los códigos (variables latentes) de las filas",
  "decode.about": "filas a partir de códigos",
  "reconstruct.about": "lo que un modelo reconstruye de cada fila, en las unidades originales",
  "evaluate.about": "evalúa un modelo con filas etiquetadas, junto a PCA",
  "doctor.about": "revisa el motor y la instalación",
  "argument.data":
    'un fichero (CSV, Parquet, JSON, también .gz), un patrón como "datos/*.csv", o - para la entrada estándar',
  "argument.codes": "un fichero de códigos, como los escribe encode, o - para la entrada estándar",
  "argument.inspect": "un fichero de datos, un modelo (.onnx) o un modelo de Keras (.keras, .h5)",
  // opciones
  "option.model": "fichero del modelo",
  "option.output":
    "fichero que se escribe; su extensión decide el formato: csv, parquet, json o ndjson",
  "option.outputModel":
    "modelo que se escribe (si no se indica, model.onnx en la carpeta del entrenamiento)",
  "option.format": "formato de la salida: csv, xlsx, parquet, json o ndjson",
  "option.excel":
    'CSV como lo abre bien Excel en ese idioma: es escribe ";", comas decimales y la marca de orden de bytes',
  "option.json": "salida para programas",
  "option.lang": "idioma de los mensajes: en o es",
  "option.engine": "motor: auto, native o wasm",
  "option.threads": "hilos del motor",
  "option.provider": "proveedor de ejecución de ONNX Runtime, por ejemplo cuda",
  "option.delimiter": "lo que separa los campos: un carácter, tab o whitespace (espacios)",
  "option.decimal": "signo decimal: . o ,",
  "option.thousands": "separador de miles: . , ' space (espacio) o none (ninguno)",
  "option.encoding": "codificación: utf-8, latin-1 o utf-16",
  "option.dates": "orden de las fechas: dmy (día/mes/año), mdy o ymd",
  "option.number":
    "cómo escribe sus números una columna, con un ejemplo: ventas=1.234,5 (puede repetirse)",
  "option.notMissing": "una marca habitual que aquí significa algo, como NA (puede repetirse)",
  "option.noFooter": "las líneas debajo de la tabla, como un total, son filas",
  "option.strict": "rechazar lo que si no se deja fuera o se toma por ausente, y se dice",
  "option.zone":
    "de quién son los relojes de las horas sin diferencia con UTC, por ejemplo Europe/Madrid",
  "option.missing": "otra marca de dato ausente, por ejemplo -200 (puede repetirse)",
  "option.types": "tipos de columnas: nombre=number|category|date|text|boolean,...",
  "option.header": "la primera línea es la cabecera",
  "option.noHeader": "la primera línea es ya una fila",
  "option.memoryLimit": "memoria para la lectura, por ejemplo 500MB",
  "option.tempDirectory": "carpeta para lo que no cabe en memoria al leer",
  "option.sheet": "hoja de un libro, por nombre o número",
  "option.query": "qué pedir a una base de datos: SQL, o el nombre de una tabla",
  "option.array": "matriz de un fichero .npz que contiene las filas",
  "option.labelArray": "matriz de un fichero .npz que contiene las clases",
  "option.labels": "fichero con las clases de imágenes o matrices",
  "option.content":
    "como qué se leen los datos: rows (filas de una tabla), images o sequences (por omisión, lo que son)",
  "option.size": "alto y ancho a los que se llevan las imágenes, como 64x64",
  "option.fit": "cómo llegan las imágenes a ese tamaño: cover, contain o fill",
  "option.channels": "1: imágenes en gris, 3: en color",
  "option.range": "valores de las imágenes que pasan a ser 0 y 255: 0,4095",
  "option.pages": "páginas y fotogramas de ficheros de imágenes: todos (all) o el primero (first)",
  "option.skipBroken": "deja fuera las imágenes que no se pueden leer",
  "option.window": "pasos de una ventana de una secuencia",
  "option.stride": "pasos de una ventana a la siguiente (1)",
  "option.time": "columna con el tiempo de cada fila",
  "option.group": "columna que distingue las series",
  "option.label":
    "columna con la clase: nunca se aprende de ella; sirve para separar, elegir y evaluar",
  "option.normal":
    "valor de la etiqueta que es normal, una vez por cada uno si son varios (si no se indica, el más frecuente)",
  "option.marks":
    "fichero con las columnas row y mark (confirmed, false_alarm): filas que miró una persona; una marca prevalece sobre una etiqueta",
  "option.features": "columnas de las que se aprende, separadas por comas",
  "option.ignore": "columnas que se dejan fuera, separadas por comas",
  "option.id": "columnas que identifican las filas: pasan a la salida y nunca se aprenden",
  "option.weight": "columna que dice cuánto cuenta cada fila en el entrenamiento",
  "option.kind":
    "tipo de autoencoder, como sparse, o unidos como en convolutional+denoising; espejo kinds los enumera",
  "option.filters": "convolucional: filtros de cada nivel, como 32,64",
  "option.kernelSize": "convolucional: lado de los núcleos (3)",
  "option.down": "convolucional: strided (con paso) o pooled (con agrupación)",
  "option.up": "convolucional: transposed (traspuesta) o upsampled (con sobremuestreo)",
  "option.cell": "recurrente: simple, gru o lstm",
  "option.units": "recurrente: unidades de cada capa, como 32 o 64,32",
  "option.besidePca":
    "tablas: las dos primeras componentes principales de las columnas preparadas junto a los códigos",
  "option.bidirectional": "recurrente: el codificador lee desde ambos extremos",
  "option.corruption":
    "eliminación de ruido: gaussian, masking, salt-and-pepper o blots, y cuánto, como en gaussian:0.3",
  "option.clean": "filas limpias en que deben convertirse los DATOS con ruido, en el mismo orden",
  "option.beta": "variacional: peso de la divergencia KL (1)",
  "option.warmUp": "variacional: pasos en los que beta crece desde 0",
  "option.variance": "variacional: varianza de la gaussiana en torno a la salida (1)",
  "option.prior": "adversario, wasserstein: gaussian, uniform o mixture",
  "option.penalty": "disperso: kl o l1",
  "option.strength": "disperso, contractivo, wasserstein: peso de la penalización",
  "option.rho": "disperso: activación media de cada unidad (0.05)",
  "option.robustLoss": "robusto: correntropy o huber",
  "option.sigma": "robusto: anchura del núcleo (1)",
  "option.hidden": "tamaños de las capas ocultas, por ejemplo 32,16 (0: ninguna)",
  "option.latent": "tamaño del código latente",
  "option.activation":
    "activación de las capas ocultas y del código, por ejemplo relu, tanh o linear",
  "option.dropout": "proporción de unidades ocultas que se apagan en cada paso (dropout)",
  "option.noise": "desviación típica del ruido que se suma a la entrada en cada paso",
  "option.l1": "penalización de los pesos en valor absoluto",
  "option.l2": "penalización de los pesos al cuadrado",
  "option.scaling": "escalado: standard, minmax, robust o none (ninguno)",
  "option.log": "columnas de las que se toma el logaritmo, separadas por comas",
  "option.epochs":
    "máximo de épocas (tablas 200, imágenes 30, secuencias 100; más si hay pocas filas)",
  "option.batchSize": "filas por paso (32; más si hay muchas filas; 128 si hay miles de imágenes)",
  "option.learningRate": "tasa de aprendizaje (0.001)",
  "option.optimizer": "adam, adamw, sgd o rmsprop",
  "option.clipNorm": "recorta los gradientes a esta norma",
  "option.patience": "épocas sin mejora antes de parar (5, más si hay pocas filas; 0: nunca)",
  "option.split":
    "cómo se reparten las filas, o las ventanas de series, entre entrenar y juzgar: random (al azar), time (juzgan las más recientes), key (juntas las de cada clave), hash (juntas las filas iguales, sea cual sea su orden); por defecto, por tiempo en paneles y series",
  "option.seed": "semilla de todo lo aleatorio (42)",
  "option.threshold":
    "quantile:0.99, contamination:0.05, sd:3, mad:3.5, max, budget:50, conformal:0.01, pot:0.001, f1, fbeta:2, recall:0.8, precision:0.9 o cost:10",
  "option.run":
    "carpeta de la ejecución: qué hace, pérdidas, puntos de control, modelo y en qué queda (si no se nombra, runs/<hora>-<n>)",
  "option.resume": "carpeta de una ejecución que se reanuda",
  "option.live":
    "escribir live.json en la carpeta de la ejecución mientras se entrena: unas filas, reconstruidas, y un mapa de códigos",
  "option.dryRun": "decir qué se entrenaría, sin entrenar nada",
  "option.reasons":
    "motivos de las anomalías (anomalies, lo habitual), de todas (all) o de ninguna (none)",
  "option.failOnAnomalies": "sale con 4 si hay anomalías",
  // sobre una tabla
  "table.line": "{path}: {rows} {rows:fila|filas}, {columns} {columns:columna|columnas} ({types})",
  "table.read": "leído como {format}: {details}",
  "table.label": "etiqueta {column}: {values}",
  "read.delimiter": 'separado por "{mark}"',
  "read.tab": "separado por tabuladores",
  "read.whitespace": "separado por espacios",
  "read.header": "con cabecera",
  "read.noHeader": "sin cabecera",
  "read.point": "punto decimal",
  "read.comma": "coma decimal",
  "read.thousands": 'miles con "{mark}"',
  "read.dates": "fechas {order}",
  "read.missing": "datos ausentes: {marks}",
  "read.empty": "vacío",
  "inspect.column": "columna",
  "inspect.type": "tipo",
  "inspect.role": "papel",
  "inspect.missing": "ausentes",
  "inspect.distinct": "distintos",
  "inspect.values": "valores",
  "inspect.why": "por qué",
  "inspect.range": "de {from} a {to}",
  "inspect.mean": "media {mean}",
  // sobre un entrenamiento
  "network.line":
    "red {kind} {sizes} ({activation}), {parameters} {parameters:parámetro|parámetros}",
  "split.labelled":
    "{train} {train:fila normal entrena|filas normales entrenan}, {validate} {validate:valida (decide|validan (deciden} cuándo parar), {calibrate} {calibrate:calibra|calibran} el umbral, {test} {test:es|son} de prueba",
  "split.labelledEnsemble":
    "{train} {train:fila normal entrena|filas normales entrenan}, {calibrate} {calibrate:calibra|calibran} el umbral, {test} {test:prueba|prueban}",
  "split.unlabelledEnsemble":
    "{train} {train:fila entrena|filas entrenan}, {validate} {validate:calibra|calibran} el umbral",
  "split.unlabelled":
    "{train} {train:fila entrena|filas entrenan}, {validate} {validate:valida (decide cuándo parar) y calibra|validan (deciden cuándo parar) y calibran} el umbral",
  "epoch.line": "época {epoch}/{epochs}  pérdida {loss}  validación {validation}  {seconds} s",
  "epoch.bar": "época {epoch}/{epochs}  pérdida {loss}  validación {validation}",
  "epoch.eta": "quedan como mucho {left}",
  "stopped.epochs":
    "todas las épocas hechas; la mejor, la {best}, con pérdida de validación {loss}",
  "stopped.patience":
    "{patience} {patience:época|épocas} sin mejora: fin; la mejor, la {best}, con pérdida de validación {loss}",
  "stopped.asked":
    "interrumpido: se conserva la mejor época hasta ahora, la {best} (pérdida de validación {loss})",
  "stopped.asking":
    "interrumpido: se conserva el mejor modelo hasta ahora; otra vez, y termina en el acto",
  "stopped.early": "interrumpido antes de acabar la primera época: se conservan los pesos de ahora",
  "stopped.nothing": "interrumpido antes de empezar a entrenar: no se ha escrito ningún modelo",
  "stopped.resume": "para seguir: {command}",
  "threshold.line": "umbral {threshold} ({rule})",
  "saved.line": "guardado {path}",
  "resumed.line": "se reanuda en la época {epoch}",
  "anomalies.line": "{anomalies} {anomalies:anomalía|anomalías} en {counted}",
  "count.rows": "{n} {n:fila|filas}",
  "count.images": "{n} {n:imagen|imágenes}",
  "count.sequences": "{n} {n:secuencia|secuencias}",
  "count.windows": "{n} {n:ventana|ventanas}",
  "count.stamps": "{n} {n:instante|instantes}",
  "evaluation.auc": "ROC AUC {auc}  precisión media {ap}  (tasa base {base})",
  "evaluation.pca": "PCA, mismo tamaño de código: ROC AUC {auc}  precisión media {ap}",
  "evaluation.rates":
    "con umbral {threshold}: precisión {precision}  sensibilidad {recall}  F1 {f1}",
  "evaluation.top": "precisión en las {n} primeras: {value}",
  "evaluation.allNormal":
    "{rows} {rows:fila, que es normal|filas, todas normales}: ROC AUC y precisión media ordenan anomalías frente a filas normales, y necesitan ambas",
  "evaluation.allAnomalies":
    "{rows} {rows:fila, que es una anomalía|filas, todas anomalías}: ROC AUC y precisión media ordenan anomalías frente a filas normales, y necesitan ambas",
  "evaluation.falseAlarms":
    "con umbral {threshold}: {flagged} {flagged:falsa alarma|falsas alarmas} en {rows} {rows:fila|filas} ({percent} %)",
  "evaluation.found":
    "con umbral {threshold}: {flagged:encontrada|encontradas} {flagged} de {rows} {rows:anomalía|anomalías} ({percent} %)",
  "evaluation.predictedNormal": "predicho normal",
  "evaluation.predictedAnomaly": "predicho anómalo",
  "evaluation.normal": "normal de verdad",
  "evaluation.anomaly": "anómalo de verdad",
  "worst.test": "las puntuaciones más altas de la parte de prueba:",
  "worst.held": "las puntuaciones más altas de las filas que no entrenaron:",
  "row.numbered": "fila {row}",
  "worst.row": "{row}  puntuación {score}  {mark}{reasons}",
  "worst.anomaly": "anomalía",
  "worst.normal": "normal",
  "next.line": "a continuación: {command}",
  "suggest.label": "{column}: el {share} son {values}",
  "suggest.stretches": "para tramos raros de cada {group}: {command}",
  // sobre un modelo
  "model.kind":
    "autoencoder {kind}, {counted} de entrenamiento, semilla {seed}, {epochs} {epochs:época|épocas}",
  "model.pca": "PCA: sus pesos son componentes principales, y no se entrenaron",
  "model.loss": "mejor época {best}: pérdida {loss}, pérdida de validación {validation}",
  "model.arrays": "{content} de {sizes}",
  "model.features": "variables: {features}",
  "model.window": "ventanas de {steps} pasos, una cada {stride}",
  "inspect.class": "clase {value}: {n}",
  "model.columns": "columnas: {columns}",
  "model.threshold": "umbral {threshold} ({rule})",
  "model.label": 'lo normal es {column} = "{normal}"',
  "model.versions": "hecho por Espejo {espejo} con {engine}",
  "doctor.native": "motor nativo",
  "doctor.wasm": "motor WASM",
  "doctor.images": "imágenes (sharp)",
  "doctor.part": "{part}: {version}",
  "doctor.missing": "{part}: ausente: {reason}",
  "doctor.noEngine": "sin motor no se puede calcular nada",
  "doctor.noTables":
    "las redes entrenan y puntúan desde la memoria, pero no se puede leer ninguna tabla",
  "doctor.noImages": "funciona, pero no se puede leer ninguna imagen",
  "doctor.node": "Node {version}, {cores} núcleos, {memory} GB de memoria libres",
  "doctor.duckdb": "DuckDB",
  "doctor.ok": "todo está bien",
  "doctor.slow": "funciona, pero más despacio de lo que podría",
  note: "nota",
  error: "error",
  unexpected: "esto no debería haber ocurrido: {message}; con ESPEJO_DEBUG=1 se ve dónde",
  ...esColumns,
  ...esReport,
  ...esJobs,
  ...esDetect,
  ...esScores,
  ...esServe,
  ...esStudio,
  ...esKeras,
};
