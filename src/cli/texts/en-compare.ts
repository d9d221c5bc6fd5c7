/** What `espejo compare` and `espejo tune` say, in English. */
export const enCompare = {
  "compare.about":
    "several autoencoders and the baselines that they should beat, on the same rows with repeated seeds",
  "option.budget":
    "time that all may take together, such as 45s, 2m or 1h (compare: 45s, tune: 60s)",
  "option.seeds": "how often each is repeated, with another split and other weights (3)",
  "option.outputRuns":
    "file of all runs to write, one line each; its ending chooses the format: csv, parquet, json or ndjson",
  "compare.rowsLabelled":
    "{train} normal rows train, {validate} judge when to stop, {calibrate} choose, {test} test; {base} of these are anomalies",
  "compare.rows": "{train} rows train, {validate} judge when to stop, {test} test",
  "compare.run": "seed {seed}  {name}  {figure}  {seconds} s",
  "compare.autoencoder": "autoencoder",
  "compare.baseline": "baseline",
  "compare.method": "method",
  "compare.code": "code",
  "compare.auc": "ROC AUC",
  "compare.ap": "average precision",
  "compare.error": "error",
  "compare.seeds": "seeds",
  "compare.seconds": "seconds",
  "compare.cut.budget": "cut by the budget",
  "compare.cut.interrupted": "interrupted",
  "compare.none": "no time left for it",
  "compare.noneInterrupted": "not begun",
  "compare.name.linear": "linear",
  "compare.name.small": "basic, half the code",
  "compare.name.large": "basic, twice the code",
  "compare.name.pca": "PCA",
  "compare.name.isolationForest": "isolation forest",
  "compare.name.neighbours": "5 nearest neighbours",
  "compare.name.mean": "the mean",
  "compare.better":
    "{autoencoder} is ahead of {baseline} by {difference} ± {error} ({figure}, {seeds} seeds): here an autoencoder pays",
  "compare.worse":
    "{autoencoder} is behind {baseline} by {difference} ± {error} ({figure}, {seeds} seeds): here {baseline} is the better tool",
  "compare.evenAhead":
    "{autoencoder} is ahead of {baseline} by {difference} ± {error} ({figure}, {seeds} seeds), which may be chance: {baseline} is the simpler tool",
  "compare.evenBehind":
    "{autoencoder} is behind {baseline} by {difference} ± {error} ({figure}, {seeds} seeds), which may be chance: {baseline} is the simpler tool",
  "compare.once":
    "{autoencoder} against {baseline}: {difference} ({figure}) with one seed alone, which may be chance; more --seeds and a larger --budget repeat it",
  "compare.chosenBy":
    "each side is represented by the one that did best on rows that do not test; ± is the standard error of that mean, wide since seeds share rows (Nadeau and Bengio 2003)",
  "compare.sameCode": "compared with codes of size {latent}: a bigger code always rebuilds better",
  "compare.ended": "{seconds} s of a budget of {budget} s",
  "compare.endedInterrupted": "interrupted after {seconds} s of a budget of {budget} s",
  "tune.about":
    "search kind, sizes, noise, learning rate and so on within a budget, and train the winner",
  "option.outputTuned": "model file to write (model.onnx)",
  "option.trials": "candidates to begin with at most (81)",
  "tune.objective":
    "searched for average precision on {rows} rows that choose; the {test} rows that test have no say",
  "tune.objectiveError":
    "searched for the least error on {rows} rows, with a code of size {latent} for all, since a bigger one always rebuilds better (--latent states another); the {test} rows that test have no say",
  "tune.trial": "candidate {number}  {epochs} {epochs:epoch|epochs}  {merit}  {seconds} s",
  "tune.failed": "came to nothing",
  "tune.rungs":
    "{candidates} {candidates:candidate|candidates}, epochs {rungs}: the best third of each goes on; {seconds} s",
  "tune.rank": "rank",
  "tune.candidate": "candidate",
  "tune.epochs": "epochs",
  "tune.settings": "settings",
  "tune.usual": "the usual network",
  "tune.proof": "on the rows that test, trained fully:",
  "tune.winner": "winner",
  "tune.pca": "PCA, code {latent}",
  "tune.pcaAhead":
    "PCA is better than both by {difference} or more: for these rows it is the better and simpler tool",
  "tune.same": "the usual network won: the search found nothing better",
  "tune.gain": "the winner is {difference} better than the usual network",
  "tune.loss":
    "the winner is {difference} worse than the usual network on rows that had no say: the search found chance, train without it",
  "tune.repeat": "to repeat: {command}",
} as const satisfies Record<string, string>;
