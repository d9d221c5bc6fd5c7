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
};
