import type { VerdictCode } from "./verdict-texts.ts";

/** What a job comes to, in Spanish. */
export const esVerdicts: Readonly<Record<VerdictCode, string>> = {
  separates:
    "las puntuaciones distinguen las anomalías de las filas normales: ROC AUC {auc} (intervalo del 95 %: de {low} a {high})",
  not_separates:
    "las puntuaciones no las separan: ROC AUC {auc} (intervalo del 95 %: de {low} a {high}, y 0.5 es adivinar); quizá lo haga un clasificador entrenado con la etiqueta",
  separates_unknown:
    "{anomalies} {anomalies:anomalía es muy poco|anomalías son muy pocas} para saber si las puntuaciones las separan: ROC AUC {auc} (intervalo del 95 %: de {low} a {high})",
};
