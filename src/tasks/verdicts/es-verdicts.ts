import type { VerdictCode } from "./verdict-texts.ts";

/** What a job comes to, in Spanish. */
export const esVerdicts: Readonly<Record<VerdictCode, string>> = {
  separates:
    "las puntuaciones distinguen las anomalías de las filas normales: ROC AUC {auc} (intervalo del 95 %: de {low} a {high})",
  not_separates:
    "las puntuaciones no separan las anomalías de las filas normales: ROC AUC {auc} (intervalo del 95 %: de {low} a {high}, y 0.5 es adivinar); quizá lo haga un clasificador entrenado con la etiqueta",
  separates_unknown:
    "{anomalies} {anomalies:anomalía es muy poco|anomalías son muy pocas} para saber si las puntuaciones las separan de las filas normales: ROC AUC {auc} (intervalo del 95 %: de {low} a {high})",
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
  budget_rows:
    "un presupuesto de {budget} entre {calibrated}, tantas como calibraron, marca aquí {flagged} de {rows}",
  budget_period:
    "un presupuesto de {budget} por {per} marca aquí {flagged}: {rate} por {per} a lo largo de {span}",
  budget_undated:
    "un presupuesto de {budget} por {per} marca aquí {flagged} de {rows}; no se puede decir cuántas son por {per}, pues ninguna columna tiene sus fechas",
  rows_newest:
    "estas filas no son independientes: de las que no entrenaron, la quinta parte más reciente según {column} puntúa de otro modo (ROC AUC {auc} frente a las demás, intervalo del 95 %: de {low} a {high}); las cifras de un reparto al azar favorecen al modelo, --split time da las de filas más recientes",
  rows_alike:
    "estas filas no son independientes: las que se siguen según {column} puntúan parecido (correlación de rangos {correlation}); las cifras de un reparto al azar favorecen al modelo, --split time da las de filas más recientes",
  windows_overlap:
    "hay ventanas que juzgan y se solapan con ventanas que entrenan: las cifras de un reparto al azar favorecen al modelo, --split time da las de ventanas más recientes",
  threshold_newer:
    "el umbral se eligió en filas más recientes que las que entrenaron y no sirve para ambas: marca el {chosen} de las recientes y el {others} de las anteriores; --split random lo elige en filas de todos los tiempos, --threshold indica otro",
  index_time: "su índice es sobre todo tiempo: su correlación con {column} es {correlation}",
  latent_time: "{name} es sobre todo tiempo: su correlación con {column} es {correlation}",
  generated_apart:
    "no comparta lo generado como si fuera real: se distingue de lo real (ROC AUC {auc}, y 0.5 sería no distinguirlo en nada)",
  generated_copies:
    "no comparta lo generado: el {percent} % está más cerca de un caso real de lo que lo están entre sí 1 de cada 100 reales, y podría delatarlo",
  model_needless:
    "no hace falta un modelo: Brotli por sí solo ocupa menos ({brotli} bytes frente a {model}) y no pierde nada",
};
