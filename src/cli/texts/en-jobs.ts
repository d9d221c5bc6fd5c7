/** What `compress`, `denoise` and `generate` say, in English. */
export const enJobs = {
  "label.about":
    "write the rows of a table with a column that says what a person who looked at them found",
  "label.remark":
    'The column says anomaly, normal or nothing. espejo detect takes it as --label; with --normal normal --normal "" rows that\nnobody looked at are normal.',
  "label.done":
    "column {column}: {anomalies} {anomalies:anomaly|anomalies}, {normals} normal, {empty} empty",
  "option.labelColumn": "what the column is called (label, or label_2 where there is one)",
  "threshold.about": "give a model another threshold, stated or chosen on rows, without training",
  "option.newThreshold":
    "a number, or a rule that chooses one on the data: quantile:0.99, contamination:0.05, budget:50, recall:0.8, ... as for train",
  "option.newModel": "model file to write; it may be the same",
  "threshold.change": "threshold {before} ({beforeRule}) becomes {after} ({afterRule})",
  "threshold.first": "the model had no threshold; now it is {after} ({afterRule})",
  "threshold.chosen":
    "chosen on {rows} {rows:row|rows} of these data, which are others than those that trained",
  "threshold.chosenHeld":
    "these data trained the model: chosen on {rows} {rows:row|rows} of them that did not",
  "threshold.stampsStay": "the threshold of time stamps stays {threshold} ({rule})",
  "threshold.marked":
    "of {rows} marked {rows:row|rows}, {confirmed} confirmed, {found} confirmed and {alarms} false {alarms:alarm|alarms} lie above it",
  "threshold.markedReach":
    "marked rows are those that a ranking showed, no sample of all: below {lowest}, the lowest of them, nobody looked",
  "threshold.flagged": "of {rows} {rows:row|rows} it flags {after}; before, {before}",
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
  "compress.done": "{rows} {rows:row|rows} in {bytes} bytes, {share} bytes a row: {path}",
  "compress.exact": "every number comes back exactly; all was unpacked again and compared",
  "compress.within":
    "every number comes back within its greatest error; all was unpacked again and compared (nearest to its limit: {column}, {greatest} of {allowed})",
  "compress.coded":
    "the code of the model is in the file: to unpack it, keep {model} ({bytes} bytes)",
  "compress.uncoded":
    "the autoencoder does not win here: its code costs more than it saves, so it was left out, and no model is needed to unpack",
  "compress.measured":
    "bytes of {rows} of {of} {of:row|rows}, by what predicts the numbers; all corrections are coded alike:",
  "compress.maxError": "greatest error",
  "compress.autoencoder": "autoencoder",
  "compress.pca": "PCA",
  "compress.rounded": "no model",
  "compress.stated": "as stated",
  "compress.plain": "the same rows as {what}, {plain} bytes: {sizes}",
  "compress.csv": "CSV",
  "compress.bytes": "plain numbers",
  "decompress.done": "{rows} {rows:row|rows}: {path}",
  "decompress.lines": "lines that are no rows were put back where they were: {n}",
  "decompress.linesLost":
    "{n} {n:line of the source was no row; it is in the file, but goes|lines of the source were no rows; they are in the file, but go} out only as CSV with commas",
  "denoise.about":
    "cleans data with a model: fills gaps, replaces outliers, rebuilds images and series",
  "option.denoised": "file to write (its ending chooses the format), or a folder for images",
  "option.outliers":
    "tables: also replace cells more than n robust deviations from what the model expects, such as 6",
  "option.all": "tables: replace every cell by what the model rebuilds",
  "option.fill":
    "tables: how gaps are filled: autoencoder, pca, nearest, median or interpolation, between the values before and after in time (default: for each column what fills hidden cells best)",
  "option.rounds": "tables: times to fill and rebuild (default: what fills hidden cells best)",
  "option.changes": "tables: a file for the list of changed cells",
  "option.check": "tables: hide known cells and compare ways to fill them",
  "option.gapsOnly": "series: keep the values that are there",
  "option.cleanData": "what DATA should be: how near filled and replaced numbers come",
  "denoise.none": "no cell was changed",
  "denoise.column": "{column}: {changes}",
  "denoise.filled": "gaps filled: {n}",
  "denoise.replaced": "cells replaced: {n}",
  "denoise.left": "gaps left, for which no value is known: {n}",
  "denoise.columnBy": "{column}: {changes} ({by})",
  "denoise.trial": "hidden cells of these data were filled by {ways}",
  "denoise.chosen":
    "hidden cells of these data were filled, column by column in the way that fills it best, with {figures}",
  "denoise.alone": "one way for all columns: {ways}",
  "denoise.rmse": "RMSE {value} deviations",
  "denoise.accuracy": "{value} of categories right",
  "denoise.check":
    "{hidden} {hidden:cell|cells} of {rows} {rows:row|rows} {hidden:was|were} hidden and filled:",
  "denoise.autoencoder": "autoencoder",
  "denoise.PCA": "PCA",
  "denoise.nearest": "5 nearest rows",
  "denoise.median": "median",
  "denoise.interpolation": "between the values before and after",
  "denoise.best": "the best for each column",
  "denoise.way": "way",
  "denoise.rounds": "rounds",
  "denoise.rmseHead": "RMSE",
  "denoise.accuracyHead": "categories",
  "denoise.images": "{rows} {rows:image|images}: {path}",
  "denoise.tiled":
    "{n} of them {n:is|are} not of the size of the model, {size}: {n:it was|they were} cut into tiles and put together",
  "denoise.series": "columns rebuilt: {columns}",
  "denoise.psnr":
    "PSNR {before} dB before, {after} dB after; SSIM {ssimBefore} before, {ssimAfter} after",
  "denoise.filledError":
    "{cells} filled {cells:number|numbers}: {model} deviations from the clean data (RMSE), medians {median}",
  "denoise.replacedError":
    "{cells} replaced {cells:number|numbers}: {before} deviations from the clean data before (RMSE), {after} after",
  "denoise.noError": "no number was changed that has a clean one to compare with",
  "generate.about": "makes new rows, images or sequences, or what lies between two",
  "option.rowsNew": "how many (10)",
  "option.generated": "file to write; of images a grid (.png), a folder, or .npy, .npz, idx",
  "option.dataLike": "data like those of the training: for codes, noise, --between and --quality",
  "option.generateNoise":
    "noise around decoded numbers: none, likelihood (of a variational model), residual (what the model leaves unexplained in --data)",
  "option.noClip": "numbers may leave the range that they had in training",
  "option.fromData": "draw codes from those of --data even where the kind has a prior",
  "option.between": "two rows or images of --data, as in 3,17: what lies between them",
  "option.steps": "how many from one to the other (8)",
  "option.quality":
    "compare with --data: copies, distances, columns, correlations, how well they can be told apart",
  "option.generationReport":
    "HTML page on the new ones beside real ones of --data (of 1,000 rows or 200 images unless --rows says)",
  "option.seedNew": "the same seed gives the same rows (42)",
  "generate.prior": "new: {counted}, from the prior of the {kind} model{noise}",
  "generate.mixture":
    "new: {counted}, from a mixture of Gaussians fitted to the codes of {data} (components: {components}){noise}",
  "generate.between": "new: {counted}, on the straight line between the codes of {from} and {to}",
  "generate.noiseLikelihood": ", with the noise of its likelihood around numbers",
  "generate.noiseResidual": ", with as much noise around numbers as the model leaves unexplained",
  "generate.noiseNone": "",
  "generate.auc":
    "told apart from real ones by 15 nearest neighbours: ROC AUC {auc} (0.5: not at all)",
  "generate.nearest":
    "distance to the nearest real one: {generated}, of other real ones {real} (medians)",
  "generate.copies": "nearer than 1 in 100 real rows: {copies}, exact copies: {exact}",
  "generate.columns": "columns that differ most (0 alike, 1 apart): {columns}",
  "generate.correlation": "mean difference of correlations: {value}",
} as const satisfies Record<string, string>;
