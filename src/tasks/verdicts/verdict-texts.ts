/** What a job comes to, in English: sentences without their end, `es-verdicts.ts` has the Spanish ones. */
export const verdictTexts = {
  // do the scores tell anomalies
  separates:
    "the scores tell anomalies from normal rows: ROC AUC {auc} (95 % interval {low} to {high})",
  not_separates:
    "the scores do not separate them: ROC AUC {auc} (95 % interval {low} to {high}, and 0.5 is guessing); a classifier trained on the label may",
  separates_unknown:
    "{anomalies} {anomalies:anomaly is|anomalies are} too few to tell whether the scores separate them: ROC AUC {auc} (95 % interval {low} to {high})",
} as const satisfies Record<string, string>;

export type VerdictCode = keyof typeof verdictTexts;
