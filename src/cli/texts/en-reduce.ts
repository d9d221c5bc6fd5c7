/** What `espejo reduce` says, in English. */
export const enReduce = {
  "reduce.about":
    "learn a code of few dimensions, beside PCA: how many are needed, what they mean, what they keep",
  "option.latentAuto":
    "size of the code: a number, or auto (the default): where the error of a ladder of sizes bends",
  "option.sizes": "sizes of the code to try, such as 1,2,4,8 (1, 2, 3, 4, 6, 8, 12 ... up to 64)",
  "option.outputCodes":
    "file of the codes to write, one line a row; its ending chooses the format: csv, parquet, json or ndjson",
  "option.save": "model file to write",
  "option.map":
    "map of the codes to write: a picture (.svg, .png), or two coordinates a row with its class (.csv, .parquet, .json, .ndjson)",
  "reduce.sized": "code size {latent}: error {autoencoder}, PCA {pca}",
  "reduce.rows":
    "{train} rows train, {validate} judge when to stop, {test} test: the figures are theirs",
  "reduce.table":
    "mean squared error per column, in standardised units ({mean} for the mean alone):",
  "reduce.tableCells": "mean squared error per cell, as scaled ({mean} for the mean alone):",
  "reduce.code": "code size",
  "reduce.autoencoder": "autoencoder",
  "reduce.pca": "PCA",
  "reduce.explained": "PCA explains",
  "reduce.chosen": "chosen",
  "reduce.elbow":
    "code size {latent}: up to here each further variable removes more than 1/{cells} of the error, an average cell's share, beyond it less (the elbow by Kneedle; for PCA, Kaiser's rule)",
  "reduce.elbowLast":
    "code size {latent}: the largest that was tried, and still each further variable removed more than 1/{cells} of the error, an average cell's share; --sizes tries larger ones",
  "reduce.flat":
    "code size {latent}, the usual one: the errors fall evenly, so that no size stands out; these columns share little",
  "reduce.unlearnt":
    "code size {latent}, the usual one: no autoencoder did better than the mean; let them train for longer (--epochs), with another --learning-rate or --kind",
  "reduce.stated": "code size {latent}, as asked",
  "reduce.better":
    "the autoencoder's error is {percent} % lower than that of PCA with as many variables, more than chance would give; it rebuilds {share} % of the rows better",
  "reduce.worse":
    "PCA's error is {percent} % lower than that of the autoencoder, more than chance would give; it rebuilds {share} % of the rows better: for these rows PCA is the better and simpler tool",
  "reduce.betterInFew":
    "the autoencoder's error is {percent} % lower than that of PCA with as many variables, more than chance would give, though PCA rebuilds {others} % of the rows better: the gain lies in rows that PCA rebuilds badly",
  "reduce.worseInFew":
    "PCA's error is {percent} % lower than that of the autoencoder, more than chance would give, though the autoencoder rebuilds {others} % of the rows better: it loses by rows that it rebuilds badly",
  "reduce.mostBetter":
    "the autoencoder rebuilds {share} % of the rows better than PCA with as many variables; the difference in mean error ({percent} %) rests on few rows and may be chance",
  "reduce.mostWorse":
    "PCA rebuilds {share} % of the rows better than the autoencoder, though the difference in mean error ({percent} %) may be chance: PCA is the simpler tool",
  "reduce.even":
    "the difference between autoencoder and PCA ({percent} %) is within what chance would give: PCA is the simpler tool",
  "reduce.noPca": "rows of {cells} cells are too wide for PCA beside it",
  "reduce.neighbours":
    "neighbours ({k} nearest of {rows} rows)   trustworthiness  {trust}   continuity  {continuity}",
  "reduce.classes":
    "class of {rows} rows by their {k} nearest training rows: autoencoder {autoencoder}, PCA {pca}, all columns {columns}, commonest class {commonest}",
  "reduce.beside": "{autoencoder} (PCA {pca})",
  "reduce.training": "training on all rows with code size {latent}",
  "reduce.influence":
    "what a latent variable moves, in deviations of the column per deviation of the variable (share of all movement):",
  "reduce.latent": "{name} ({share} %): {columns}",
  "reduce.mapLine":
    "map of {rows} rows: {axes}, {share} % of the variance of the codes; saved {path}",
  "reduce.mapDrawn": "saved {path}. {reading}",
  "reduce.mapLatent": "the latent variables",
  "reduce.mapComponents": "the two principal components of the code",
} as const satisfies Record<string, string>;
