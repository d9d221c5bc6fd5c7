/** What a job comes to, in English: sentences without their end, `es-verdicts.ts` has the Spanish ones. */
export const verdictTexts = {
  // do the scores tell anomalies
  separates:
    "the scores tell anomalies from normal rows: ROC AUC {auc} (95 % interval {low} to {high})",
  not_separates:
    "the scores do not separate anomalies from normal rows: ROC AUC {auc} (95 % interval {low} to {high}, and 0.5 is guessing); a classifier trained on the label may",
  separates_unknown:
    "{anomalies} {anomalies:anomaly is|anomalies are} too few to tell whether the scores separate them from normal rows: ROC AUC {auc} (95 % interval {low} to {high})",
  // which method is kept
  kept_better:
    "{method} is kept: on the {rows} rows that calibrate its average precision is {precision}, that of {other} {otherPrecision}, which is more than chance",
  kept_usual:
    "{method} is kept, as usual: none is better than it by more than chance (average precision on the {rows} rows that calibrate: {figures})",
  kept_few:
    "{method} is kept, as usual: {anomalies} {anomalies:anomaly|anomalies} among the rows that calibrate are too few to choose by",
  kept_stated: "{method} is kept, as stated",
  // what most alarms are
  flagged_label: "{count} of {flagged} flagged rows are {value} ({column})",
  flagged_value:
    "{count} of {flagged} flagged rows have {column} = {value}, and {percent} % of the others",
  // what a budget of alerts comes to
  budget_rows:
    "a budget of {budget} among {calibrated}, as many as calibrated, flags {flagged} of {rows} here",
  budget_period: "a budget of {budget} a {per} flags {flagged} here: {rate} a {per} over {span}",
  budget_undated:
    "a budget of {budget} a {per} flags {flagged} of {rows} here; how many a {per} that is cannot be told, since no column has their dates",
  // rows in time
  rows_newest:
    "these rows are not independent: of those that did not train the newest fifth by {column} scores otherwise (ROC AUC {auc} against the others, 95 % interval {low} to {high}); figures of a random split flatter, --split time gives those of newer rows",
  rows_alike:
    "these rows are not independent: those that follow each other by {column} score alike (rank correlation {correlation}); figures of a random split flatter, --split time gives those of newer rows",
  windows_overlap:
    "windows that judge overlap with windows that train: figures of a random split flatter, --split time gives those of newer windows",
  threshold_newer:
    "the threshold was chosen on newer rows than those that trained, and does not suit both: it flags {chosen} of the newer and {others} of the older; --split random chooses it on rows of all times, --threshold takes another",
  index_time: "your index is mostly time: its correlation with {column} is {correlation}",
  latent_time: "{name} is mostly time: its correlation with {column} is {correlation}",
  // generation and compression
  generated_apart:
    "do not share what was generated as if it were real: it is told apart from what is real (ROC AUC {auc}, and 0.5 is not at all)",
  generated_copies:
    "do not share what was generated: {percent} % of it is nearer to something real than 1 in 100 real cases are to each other, and may give it away",
  model_needless:
    "no model is needed: Brotli alone is smaller ({brotli} bytes against {model}), and loses nothing",
} as const satisfies Record<string, string>;

export type VerdictCode = keyof typeof verdictTexts;
