import type { enJobs } from "./en-jobs.ts";

/** Lo que dicen `compress`, `denoise` y `generate`, en español. */
export const esJobs: Readonly<Record<keyof typeof enJobs, string>> = {
  "label.about":
    "escribir las filas de una tabla con una columna que dice qué encontró en ellas una persona",
  "label.remark":
    'La columna dice anomaly, normal o nada. espejo detect la toma como --label; con --normal normal --normal "" las filas que\nno miró nadie son normales.',
  "label.done":
    "columna {column}: {anomalies} {anomalies:anomalía|anomalías}, {normals} normales, {empty} vacías",
  "option.labelColumn": "cómo se llama la columna (label, o label_2 si ya hay una)",
  "threshold.about":
    "da otro umbral a un modelo, indicado o elegido con filas, sin entrenar de nuevo",
  "option.newThreshold":
    "un número, o una regla que lo elige con los datos: quantile:0.99, contamination:0.05, budget:50, recall:0.8, ... como en train",
  "option.newModel": "fichero de modelo que se escribe; puede ser el mismo",
  "threshold.change": "el umbral {before} ({beforeRule}) pasa a {after} ({afterRule})",
  "threshold.first": "el modelo no tenía umbral; ahora es {after} ({afterRule})",
  "threshold.chosen":
    "elegido con {rows} {rows:fila|filas} de estos datos, que no son los del entrenamiento",
  "threshold.chosenHeld":
    "estos datos entrenaron el modelo: elegido con {rows} {rows:fila suya que no entrenó|filas suyas que no entrenaron}",
  "threshold.stampsStay": "el umbral de los instantes sigue siendo {threshold} ({rule})",
  "threshold.marked":
    "de {rows} {rows:fila marcada|filas marcadas}, {confirmed} confirmadas, quedan por encima {found} confirmadas y {alarms} {alarms:falsa alarma|falsas alarmas}",
  "threshold.markedReach":
    "las filas marcadas son las que mostró una clasificación, no una muestra de todas: por debajo de {lowest}, la más baja, no miró nadie",
  "threshold.flagged": "de {rows} {rows:fila|filas} señala {after}; antes, {before}",
  "compress.about": "comprime datos con un modelo, cada número dentro de un error indicado",
  "decompress.about": "descomprime lo que compress comprimió",
  "argument.espc": "un fichero escrito por espejo compress",
  "option.espc": "fichero que se escribe, por ejemplo datos.espc",
  "option.decompressed":
    "fichero que se escribe: csv, parquet, json o ndjson de una tabla; npy, npz, idx o una carpeta de imágenes",
  "option.maxError":
    "error máximo: en una tabla, parte de la desviación típica de cada columna (0.01), o columna=error en sus unidades, como en 0.01,renta=5; en imágenes y secuencias, en sus unidades (1)",
  "option.lossless": "cada número exacto: --max-error 0",
  "option.rates": "mide también otros errores máximos",
  "compress.done": "{rows} {rows:fila|filas} en {bytes} bytes, {share} bytes por fila: {path}",
  "compress.exact": "todos los números vuelven exactos; se descomprimió todo de nuevo y se comparó",
  "compress.within":
    "todos los números vuelven dentro de su error máximo; se descomprimió todo de nuevo y se comparó (el más próximo a su límite: {column}, {greatest} de {allowed})",
  "compress.coded":
    "el código del modelo está en el fichero: para descomprimirlo, guarde {model} ({bytes} bytes)",
  "compress.uncoded":
    "el autoencoder no gana aquí: su código cuesta más de lo que ahorra, así que se dejó fuera, y no hace falta modelo para descomprimir",
  "compress.measured":
    "bytes de {rows} de {of} {of:fila|filas}, según lo que predice los números; las correcciones se codifican igual:",
  "compress.maxError": "error máximo",
  "compress.autoencoder": "autoencoder",
  "compress.pca": "PCA",
  "compress.rounded": "sin modelo",
  "compress.stated": "lo indicado",
  "compress.plain": "las mismas filas como {what}, {plain} bytes: {sizes}",
  "compress.csv": "CSV",
  "compress.bytes": "números sin más",
  "decompress.done": "{rows} {rows:fila|filas}: {path}",
  "decompress.lines": "líneas que no son filas, devueltas a su sitio: {n}",
  "decompress.linesLost":
    "{n} {n:línea de la fuente no era una fila; está en el fichero, pero solo sale|líneas de la fuente no eran filas; están en el fichero, pero solo salen} en CSV con comas",
  "denoise.about":
    "limpia datos con un modelo: rellena huecos, sustituye valores atípicos, reconstruye imágenes y series",
  "option.denoised":
    "fichero que se escribe (su extensión decide el formato), o una carpeta para imágenes",
  "option.outliers":
    "tablas: sustituye también las celdas a más de n desviaciones robustas de lo que espera el modelo, por ejemplo 6",
  "option.all": "tablas: sustituye cada celda por lo que reconstruye el modelo",
  "option.fill":
    "tablas: cómo se rellenan los huecos: autoencoder, pca, nearest (filas próximas), median (mediana) o interpolation, entre los valores anterior y posterior en el tiempo (si no se indica: en cada columna, lo que mejor rellena celdas ocultas)",
  "option.rounds":
    "tablas: veces que se rellena y reconstruye (si no se indica: lo que mejor rellena celdas ocultas)",
  "option.changes": "tablas: un fichero para la lista de celdas cambiadas",
  "option.check": "tablas: oculta celdas conocidas y compara formas de rellenarlas",
  "option.gapsOnly": "series: conserva los valores que hay",
  "option.cleanData":
    "lo que DATOS debería ser: cuánto se acercan los números rellenados y sustituidos",
  "denoise.none": "no se cambió ninguna celda",
  "denoise.column": "{column}: {changes}",
  "denoise.filled": "huecos rellenados: {n}",
  "denoise.replaced": "celdas sustituidas: {n}",
  "denoise.left": "huecos que quedan, porque no se conoce ningún valor para ellos: {n}",
  "denoise.columnBy": "{column}: {changes} ({by})",
  "denoise.trial": "celdas ocultas de estos datos se rellenaron con {ways}",
  "denoise.chosen":
    "celdas ocultas de estos datos se rellenaron, cada columna de la forma que mejor la rellena, con {figures}",
  "denoise.alone": "una sola forma para todas las columnas: {ways}",
  "denoise.rmse": "RMSE de {value} desviaciones",
  "denoise.accuracy": "{value} de las categorías acertadas",
  "denoise.check":
    "{hidden} {hidden:celda|celdas} de {rows} {rows:fila|filas} {hidden:se ocultó y rellenó|se ocultaron y rellenaron}:",
  "denoise.autoencoder": "autoencoder",
  "denoise.PCA": "PCA",
  "denoise.nearest": "5 filas más próximas",
  "denoise.median": "mediana",
  "denoise.interpolation": "entre los valores anterior y posterior",
  "denoise.best": "la mejor para cada columna",
  "denoise.way": "forma",
  "denoise.rounds": "vueltas",
  "denoise.rmseHead": "RMSE",
  "denoise.accuracyHead": "categorías",
  "denoise.images": "{rows} {rows:imagen|imágenes}: {path}",
  "denoise.tiled":
    "{n} de ellas {n:no es|no son} del tamaño del modelo, {size}: {n:se cortó en teselas y se recompuso|se cortaron en teselas y se recompusieron}",
  "denoise.series": "columnas reconstruidas: {columns}",
  "denoise.psnr":
    "PSNR {before} dB antes, {after} dB después; SSIM {ssimBefore} antes, {ssimAfter} después",
  "denoise.filledError":
    "{cells} {cells:número rellenado|números rellenados}: a {model} desviaciones de los datos limpios (RMSE), las medianas a {median}",
  "denoise.replacedError":
    "{cells} {cells:número sustituido|números sustituidos}: a {before} desviaciones de los datos limpios antes (RMSE), a {after} después",
  "denoise.noError": "no cambió ningún número que tenga uno limpio con que compararlo",
  "generate.about": "crea filas, imágenes o secuencias nuevas, o lo que hay entre dos",
  "option.rowsNew": "cuántas (10)",
  "option.generated":
    "fichero que se escribe; de imágenes una cuadrícula (.png), una carpeta, o .npy, .npz, idx",
  "option.dataLike": "datos como los del entrenamiento: para códigos, ruido, --between y --quality",
  "option.generateNoise":
    "ruido en torno a los números decodificados: none, likelihood (de un modelo variacional), residual (lo que el modelo deja sin explicar en --data)",
  "option.noClip": "los números pueden salir del rango que tenían en el entrenamiento",
  "option.fromData":
    "toma los códigos de los de --data aunque la clase tenga distribución a priori",
  "option.between": "dos filas o imágenes de --data, como en 3,17: lo que hay entre ellas",
  "option.steps": "cuántas de una a otra (8)",
  "option.quality":
    "compara con --data: copias, distancias, columnas, correlaciones, cuánto se distinguen",
  "option.generationReport":
    "página HTML sobre lo nuevo junto a lo real de --data (de 1 000 filas o 200 imágenes, si --rows no dice otra cosa)",
  "option.seedNew": "la misma semilla da las mismas filas (42)",
  "generate.prior":
    "generado: {counted}, de la distribución a priori del modelo de tipo {kind}{noise}",
  "generate.mixture":
    "generado: {counted}, de una mezcla de gaussianas ajustada a los códigos de {data} (componentes: {components}){noise}",
  "generate.between": "generado: {counted}, en la recta entre los códigos de {from} y {to}",
  "generate.noiseLikelihood": ", con el ruido de su verosimilitud en los números",
  "generate.noiseResidual": ", con tanto ruido en los números como el modelo deja sin explicar",
  "generate.noiseNone": "",
  "generate.auc":
    "distinguidas de las reales por 15 vecinos más próximos: ROC AUC {auc} (0.5: nada)",
  "generate.nearest":
    "distancia a lo real más próximo: {generated}, de otros casos reales {real} (medianas)",
  "generate.copies": "más cerca que 1 de cada 100 filas reales: {copies}, copias exactas: {exact}",
  "generate.columns": "columnas que más difieren (0 iguales, 1 distintas): {columns}",
  "generate.correlation": "diferencia media de las correlaciones: {value}",
};
