/** What the command line says of scores, in English. */
export const enScores = {
  "option.score":
    "how the model scores: squared (the loss), absolute, standardised, mahalanobis, probability (variational kinds)",
} as const satisfies Record<string, string>;
