import type { Table } from "../../data/terms/table.ts";
import { evaluationOf } from "../evaluate/judge.ts";
import type { TrainTableOptions } from "../lesson/train-table-options.ts";
import type { Scores } from "../score/scores.ts";
import { type TrainedTable, train } from "../train/train.ts";
import { rankingOf } from "./ranking.ts";

/** A simpler method on the rows that did not train. */
export interface Beside {
  readonly name: "basic" | "pca";
  /** Where a label is known. */
  readonly rocAuc: number | null;
  readonly averagePrecision: number | null;
  /** Of as many of the highest scores as `among`, those that the detector ranks there too. */
  readonly shared: number;
  readonly among: number;
}

/** The plain autoencoder and PCA on the same rows as a detector. */
export async function methodsBeside(
  trained: TrainedTable,
  table: Table,
  options: TrainTableOptions,
): Promise<readonly Beside[]> {
  const { held, split, labels, evaluation, threshold } = trained;
  const among = Math.min(held.rows.length, Math.max(10, Math.round(held.rows.length / 100)));
  const shared = (scores: Float32Array): number => {
    const own = new Set(highest(held.model, among));
    return highest(scores, among).filter((place) => own.has(place)).length;
  };
  const found: Beside[] = [];
  if (trained.network.kind !== "basic") {
    const { onModel, onEpoch, onProgress, onFingerprint, checkpointPath, resume, ...same } =
      options;
    const plain = await train(table, { ...same, kind: "basic" });
    await plain.model.dispose();
    await plain.fitted.dispose();
    const judged = labels && evaluationOf(sameRows(plain.held, held), split, labels, threshold);
    found.push({
      name: "basic",
      rocAuc: judged?.rocAuc ?? null,
      averagePrecision: judged?.averagePrecision ?? null,
      ...{ shared: shared(plain.held.model), among },
    });
  }
  if (held.pca)
    found.push({
      name: "pca",
      rocAuc: evaluation?.pca?.rocAuc ?? null,
      averagePrecision: evaluation?.pca?.averagePrecision ?? null,
      ...{ shared: shared(held.pca), among },
    });
  return found;
}

/** The seed makes the same split, so that both have scores of the same rows. */
function sameRows(scores: Scores, { rows }: Scores): Scores {
  if (scores.rows.length !== rows.length || scores.rows.some((row, i) => row !== rows[i]))
    throw new Error("the plain autoencoder was judged on other rows");
  return scores;
}

/** Places of the highest scores. */
const highest = (scores: Float32Array, most: number): number[] => [
  ...rankingOf(scores).subarray(0, most),
];
