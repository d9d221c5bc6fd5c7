import type { VerdictCode } from "./verdict-texts.ts";

/** What a job comes to, in Spanish. */
export const esVerdicts: Readonly<Record<VerdictCode, string>> = {
  separates:
    "las puntuaciones distinguen las anomalías de las filas normales: ROC AUC {auc} (intervalo del 95 %: de {low} a {high})",
  not_separates:
    "las puntuaciones no las separan: ROC AUC {auc} (intervalo del 95 %: de {low} a {high}, y 0.5 es adivinar); quizá lo haga un clasificador entrenado con la etiqueta",
  separates_unknown:
    "{anomalies} {anomalies:anomalía es muy poco|anomalías son muy pocas} para saber si las puntuaciones las separan: ROC AUC {auc} (intervalo del 95 %: de {low} a {high})",
  kept_better:
    "se conserva {method}: en las {rows} filas que calibran su precisión media es {precision} y la de {other} {otherPrecision}, más de lo que daría el azar",
  kept_usual:
    "se conserva {method}, como de costumbre: ninguno lo supera en más de lo que daría el azar (precisión media en las {rows} filas que calibran: {figures})",
  kept_few:
    "se conserva {method}, como de costumbre: con {anomalies} {anomalies:anomalía|anomalías} entre las filas que calibran no se puede elegir",
  kept_stated: "se conserva {method}, como se indicó",
  flagged_label: "{count} de {flagged} filas marcadas son {value} ({column})",
  flagged_value:
    "{count} de {flagged} filas marcadas tienen {column} = {value}, y el {percent} % de las demás",
};
