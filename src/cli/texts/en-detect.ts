/** What `espejo detect` says, in English. */
export const enDetect = {
  "detect.about": "from data to ranked anomalies with reasons, in one command",
  "detect.remark":
    "Without --kind tables get the ensemble, or with a label what is better than it (docs/detection.md); images and\nsequences a convolutional autoencoder.",
  "option.outputRanked":
    "file of anomalies to write, the most abnormal first; its ending chooses the format: csv, parquet, json or ndjson",
  "option.sortScores": "the highest scores first, with the number of their row",
  "option.topScores": "only the n highest scores, with the number of their row",
  "option.top": "the n highest scores instead of those above the threshold",
  "option.save": "model file to keep, which scores new rows",
  "option.cleanRows": "the rows that train are all normal",
  "option.private":
    "keep no rows of the data in the model file (the ensemble does otherwise), nor what each key of a panel was like",
  "option.keep":
    "what is kept: ensemble, basic or pca (by default the ensemble, or with a label what is better than it by more than chance)",
  "option.alone": "do not train the other methods to compare: nothing is chosen",
  "detect.learn": "1. train on {train} rows",
  "detect.learnNormal": "1. train on {train} normal rows ({column} = {normal})",
  "detect.learnMarked": "1. train on {train} rows, without the {confirmed} confirmed anomalies",
  "detect.learnClean": "1. train on {train} rows, all taken to be normal",
  "detect.measure": "2. measure the errors of {rows} rows that did not train",
  "detect.threshold": "3. threshold {threshold}: {rule} on {rows} of them",
  "detect.judge": "4. judge the {test} rows that test",
  "detect.judgeMarked":
    "4. judge the {test} rows that test: those that are confirmed against those that are not",
  "detect.judgeNone": "4. no label: nothing tells how many of the anomalies are found",
  "detect.method": "method",
  "detect.auc": "ROC AUC",
  "detect.ap": "average precision",
  "detect.shared": "same highest {among}",
  "detect.name.ensemble": "ensemble",
  "detect.name.basic": "plain autoencoder",
  "detect.name.pca": "PCA",
  "detect.plainWins": "here {name} does better than the {kind}: {ap} against {own}",
  "detect.rule": "rule",
  "detect.level": "threshold",
  "detect.alarms": "flagged of {rows}",
  "detect.precision": "precision",
  "detect.recall": "recall",
  "detect.cannot": "too few rows",
  "detect.row": "{rank}. {row}  score {score}  {reasons}",
  "detect.item": "{rank}. {name}  score {score}  {reason}",
  "detect.more": "... {count} more: -o names a file for them",
  "resumed.detect": "{path} is a run of espejo detect, and goes on as one",
  "detect.banks":
    "the model file holds up to {rows} rows of the data, to tell what is like them; --private keeps none",
} as const satisfies Record<string, string>;
