import type { Arrays } from "../../data/terms/arrays.ts";
import type { Pca } from "../../metrics/pca.ts";
import { reconstructionErrors } from "../../metrics/projection.ts";
import type { ArrayModel } from "../model/array-model.ts";
import type { Scores } from "./scores.ts";

/** Scores the rows for which `keep` holds, by the model and, where there is one, by PCA. */
export async function scoreArrays(
  model: ArrayModel,
  arrays: Arrays,
  pca: Pca | null,
  keep: (row: number) => boolean,
): Promise<Scores> {
  const rows: number[] = [];
  const scores: number[] = [];
  const pcaScores: number[] = [];
  for await (const batch of model.batches(arrays)) {
    const kept = Array.from({ length: batch.rows }, (_, i) => i).filter((i) =>
      keep(batch.start + i),
    );
    if (kept.length === 0) continue;
    const outputs = pca ? (["score", "prepared"] as const) : (["score"] as const);
    const result = await model.run(outputs, batch.x, batch.rows, batch.start);
    const score = result.score!.data as Float32Array;
    const cells = pca && (result.prepared!.data as Float32Array);
    const errors = pca && reconstructionErrors(pca, cells!.map(zeroForNaN));
    for (const i of kept) {
      rows.push(batch.start + i);
      scores.push(score[i]!);
      if (errors) pcaScores.push(errors[i]!);
    }
  }
  return {
    rows: Uint32Array.from(rows),
    model: Float32Array.from(scores),
    pca: pca && Float32Array.from(pcaScores),
  };
}

const zeroForNaN = (value: number): number => (Number.isNaN(value) ? 0 : value);
