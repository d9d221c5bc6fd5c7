/** What `compress`, `denoise` and `generate` say, in English. */
export const enJobs = {
  "compress.about": "packs data with a model, every number within a stated error",
  "decompress.about": "unpacks what compress packed",
  "argument.espc": "a file that espejo compress wrote",
  "option.espc": "file to write, such as data.espc",
  "option.decompressed":
    "file to write: csv, parquet, json or ndjson of a table; npy, npz, idx or a folder of images of arrays",
  "option.maxError":
    "greatest error: of a table a share of each column's standard deviation (0.01), or column=error in its units, as in 0.01,income=5; of images and sequences in their units (1)",
  "option.lossless": "every number exactly: --max-error 0",
  "option.rates": "also measure other greatest errors",
  "compress.done": "{rows} rows in {bytes} bytes, {share} bytes a row: {path}",
  "compress.exact": "every number comes back exactly; all was unpacked again and compared",
  "compress.within":
    "every number comes back within its greatest error; all was unpacked again and compared (nearest to its limit: {column}, {greatest} of {allowed})",
  "compress.coded":
    "the code of the model is in the file: to unpack it, keep {model} ({bytes} bytes)",
  "compress.uncoded":
    "the autoencoder does not win here: its code costs more than it saves, so it was left out, and no model is needed to unpack",
  "compress.measured":
    "bytes of {rows} of {of} rows, by what predicts the numbers; all corrections are coded alike:",
  "compress.maxError": "greatest error",
  "compress.autoencoder": "autoencoder",
  "compress.pca": "PCA",
  "compress.rounded": "no model",
  "compress.stated": "as stated",
  "compress.plain": "the same rows as {what}, {plain} bytes: {sizes}",
  "compress.csv": "CSV",
  "compress.bytes": "plain numbers",
  "decompress.done": "{rows} rows: {path}",
  "decompress.lines": "lines that are no rows were put back where they were: {n}",
  "decompress.linesLost":
    "{n} lines of the source were no rows; they are in the file, but go out only as CSV with commas",
} as const satisfies Record<string, string>;
