import type { Answer, Found } from "./found.ts";
import { predictionsOf } from "./predictions.ts";

/** `{"predictions": [...]}`, an object for each row (MLflow's scoring protocol). */
export const encodeMlflow = ({ scored }: Found): Answer => ({
  body: JSON.stringify({ predictions: predictionsOf(scored) }),
  headers: { "content-type": "application/json" },
});
