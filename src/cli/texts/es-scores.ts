import type { enScores } from "./en-scores.ts";

/** What the command line says of scores, in Spanish. */
export const esScores: Readonly<Record<keyof typeof enScores, string>> = {
  "option.score":
    "cómo puntúa el modelo: squared (la pérdida), absolute, standardised, mahalanobis, probability (variacionales)",
};
