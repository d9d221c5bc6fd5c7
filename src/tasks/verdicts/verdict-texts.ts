/** What a job comes to, in English: sentences without their end, `es-verdicts.ts` has the Spanish ones. */
export const verdictTexts = {
  // do the scores tell anomalies
  separates:
    "the scores tell anomalies from normal rows: ROC AUC {auc} (95 % interval {low} to {high})",
  not_separates:
    "the scores do not separate them: ROC AUC {auc} (95 % interval {low} to {high}, and 0.5 is guessing); a classifier trained on the label may",
  separates_unknown:
    "{anomalies} {anomalies:anomaly is|anomalies are} too few to tell whether the scores separate them: ROC AUC {auc} (95 % interval {low} to {high})",
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
} as const satisfies Record<string, string>;

export type VerdictCode = keyof typeof verdictTexts;
