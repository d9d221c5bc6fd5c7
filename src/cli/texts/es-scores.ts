import type { enScores } from "./en-scores.ts";

/** What the command line says of scores, in Spanish. */
export const esScores: Readonly<Record<keyof typeof enScores, string>> = {
  "option.score":
    "cómo puntúa el modelo: squared (la pérdida), absolute, standardised, mahalanobis, probability (variacionales)",
  "threshold.stamps": "umbral de los instantes {threshold} ({rule})",
  "model.score": "puntuación: {score}",
  "option.perStamp":
    "secuencias: una línea por fila de la tabla, su error medio en las ventanas que la cubren",
  "score.yes": "sí",
  "option.errorMaps":
    "imágenes: carpeta para PNG con entrada, reconstrucción y error, uno junto a otro",
  "option.scoreRun":
    "guardar todas las filas ordenadas, con motivos y deriva, en una carpeta para `espejo runs` (si no se indica, una nueva en scores)",
  "score.kept": "guardado en {path}; para verlo de nuevo: espejo runs {path}",
  "score.maps": "{count:guardado|guardados} {count} {count:mapa|mapas} de error en {path}",
};
