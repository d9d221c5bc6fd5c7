import type { enJobs } from "./en-jobs.ts";

/** Lo que dicen `compress`, `denoise` y `generate`, en español. */
export const esJobs: Readonly<Record<keyof typeof enJobs, string>> = {
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
  "compress.done": "{rows} filas en {bytes} bytes, {share} bytes por fila: {path}",
  "compress.exact": "todos los números vuelven exactos; se descomprimió todo de nuevo y se comparó",
  "compress.within":
    "todos los números vuelven dentro de su error máximo; se descomprimió todo de nuevo y se comparó (el más próximo a su límite: {column}, {greatest} de {allowed})",
  "compress.coded":
    "el código del modelo está en el fichero: para descomprimirlo, guarde {model} ({bytes} bytes)",
  "compress.uncoded":
    "el autocodificador no gana aquí: su código cuesta más de lo que ahorra, así que se dejó fuera, y no hace falta modelo para descomprimir",
  "compress.measured":
    "bytes de {rows} de {of} filas, según lo que predice los números; las correcciones se codifican igual:",
  "compress.maxError": "error máximo",
  "compress.autoencoder": "autocodificador",
  "compress.pca": "PCA",
  "compress.rounded": "sin modelo",
  "compress.stated": "lo indicado",
  "compress.plain": "las mismas filas como {what}, {plain} bytes: {sizes}",
  "compress.csv": "CSV",
  "compress.bytes": "números sin más",
  "decompress.done": "{rows} filas: {path}",
  "decompress.lines": "líneas que no son filas, devueltas a su sitio: {n}",
  "decompress.linesLost":
    "{n} líneas de la fuente no eran filas; están en el fichero, pero solo salen en CSV con comas",
  "denoise.about":
    "limpia datos con un modelo: rellena huecos, sustituye valores atípicos, reconstruye imágenes y series",
  "option.denoised":
    "fichero que se escribe (su terminación decide el formato), o una carpeta para imágenes",
  "option.outliers":
    "tablas: sustituye también las celdas a más de n desviaciones robustas de lo que espera el modelo, por ejemplo 6",
  "option.all": "tablas: sustituye cada celda por lo que reconstruye el modelo",
  "option.rounds":
    "tablas: veces que se rellena y reconstruye (si no se indica: lo que mejor rellena celdas ocultas)",
  "option.changes": "tablas: un fichero para la lista de celdas cambiadas",
  "option.check": "tablas: oculta celdas conocidas y compara formas de rellenarlas",
  "option.gapsOnly": "series: conserva los valores que hay",
  "option.cleanData": "lo que DATOS debería ser: cuánto se acerca antes y después",
  "denoise.none": "no se cambió ninguna celda",
  "denoise.column": "{column}: {changes}",
  "denoise.filled": "{n} huecos rellenados",
  "denoise.replaced": "{n} celdas sustituidas",
  "denoise.left": "{n} huecos que quedan, para los que el modelo no conoce valor",
  "denoise.trial":
    "celdas ocultas de estos datos se rellenaron con {model} tras {rounds} vueltas, medianas: {median}",
  "denoise.worse":
    "las medianas rellenan estos huecos mejor que este modelo; uno que aprendió a rellenar huecos suele ser mejor que ambos: espejo train ... --kind denoising --corruption masking:0.2",
  "denoise.rmse": "RMSE de {value} desviaciones",
  "denoise.accuracy": "{value} de las categorías acertadas",
  "denoise.check": "{hidden} celdas de {rows} filas se ocultaron y rellenaron:",
  "denoise.autoencoder": "autocodificador",
  "denoise.PCA": "PCA",
  "denoise.nearest": "5 filas más próximas",
  "denoise.median": "mediana",
  "denoise.way": "forma",
  "denoise.rounds": "vueltas",
  "denoise.rmseHead": "RMSE",
  "denoise.accuracyHead": "categorías",
  "denoise.images": "{rows} imágenes: {path}",
  "denoise.tiled":
    "{n} de ellas no son del tamaño del modelo, {size}: se cortaron en teselas y se recompusieron",
  "denoise.series": "{rows} filas, {columns} columnas reconstruidas: {path}",
  "denoise.psnr":
    "PSNR {before} dB antes, {after} dB después; SSIM {ssimBefore} antes, {ssimAfter} después",
  "denoise.error": "RMSE respecto a los datos limpios: {before} antes, {after} después",
};
