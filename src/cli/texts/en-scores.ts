/** What the command line says of scores, in English. */
export const enScores = {
  "option.score":
    "how the model scores: squared (the loss), absolute, standardised, mahalanobis, probability (variational kinds)",
  "threshold.stamps": "threshold of time stamps {threshold} ({rule})",
  "model.score": "score: {score}",
  "option.perStamp":
    "sequences: a line for each row of the table, its mean error over the windows that cover it",
  "score.yes": "yes",
  "option.errorMaps": "images: a folder for PNGs of input, reconstruction and error side by side",
  "option.scoreRun":
    "keep the ranking of all rows, with reasons and drift, in a folder for `espejo runs` (default: a new one in scores)",
  "score.kept": "kept in {path}; to see it again: espejo runs {path}",
  "score.maps": "saved {count} error {count:map|maps} in {path}",
} as const satisfies Record<string, string>;
