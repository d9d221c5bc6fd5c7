import type { V1Context } from "../decode/v1.ts";
import type { Answer, Found } from "./found.ts";
import { shortNumber } from "./numbers.ts";
import { predictionsOf } from "./predictions.ts";

/** Rows as they came go back row by row, columns as columns; `:explain` adds the reasons of all. */
export function encodeV1({ decoded, scored }: Found): Answer {
  const { columnar, explain } = decoded.context as unknown as V1Context;
  const { reasons, ...judged } = scored;
  const explanations = explain && { explanations: reasons };
  const told = columnar
    ? {
        outputs: {
          score: Array.from(scored.score, shortNumber),
          is_anomaly: Array.from(scored.isAnomaly, (flag) => flag === 1),
        },
      }
    : { predictions: predictionsOf(judged) };
  return {
    body: JSON.stringify({ ...told, ...explanations }),
    headers: { "content-type": "application/json; charset=utf-8" },
  };
}
