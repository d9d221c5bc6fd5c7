import type { Table } from "../../data/terms/table.ts";
import type { TrainTableOptions } from "../lesson/train-table-options.ts";
import { rankingOf } from "../ranking/order.ts";
import type { Run } from "../runs/run.ts";
import type { TrainedTable } from "../train/train.ts";
import type { Method } from "../verdicts/verdict.ts";
import { type Candidate, disposeTrained, isInterrupted, trainOthers } from "./methods.ts";

/** Another method on the rows that did not train. */
export interface Beside {
  readonly name: Method;
  /** Where a label is known. */
  readonly rocAuc: number | null;
  readonly averagePrecision: number | null;
  /** Of as many of the highest scores as `among`, those that the detector ranks there too. */
  readonly shared: number;
  readonly among: number;
}

/** What others come to beside the one that is kept. */
export const besideOf = ({ held }: TrainedTable, others: readonly Candidate[]): readonly Beside[] =>
  others.map(({ method, trained: { held: own, evaluation } }) =>
    besideLine(method, held.model, own.model, evaluation),
  );

/** The plain autoencoder and PCA beside a detector of a stated kind. */
export async function besideKind(
  trained: TrainedTable,
  table: Table,
  options: TrainTableOptions,
  run: Run | null,
): Promise<{ readonly beside: readonly Beside[]; readonly interrupted: boolean }> {
  const { held, evaluation, network } = trained;
  const plain = network.kind === "basic" ? [] : ["basic" as const];
  const others = await trainOthers(plain, trained, table, options, run);
  const found = [...besideOf(trained, others)];
  for (const other of others) await disposeTrained(other.trained);
  if (held.pca) found.push(besideLine("pca", held.model, held.pca, evaluation?.pca ?? null));
  return { beside: found, interrupted: others.some((each) => isInterrupted(each.trained)) };
}

function besideLine(
  name: Method,
  own: Float32Array,
  scores: Float32Array,
  judged: { readonly rocAuc: number; readonly averagePrecision: number } | null,
): Beside {
  const among = Math.min(own.length, Math.max(10, Math.round(own.length / 100)));
  const highest = new Set(rankingOf(own).subarray(0, among));
  return {
    name,
    rocAuc: judged?.rocAuc ?? null,
    averagePrecision: judged?.averagePrecision ?? null,
    shared: rankingOf(scores)
      .subarray(0, among)
      .filter((place) => highest.has(place)).length,
    among,
  };
}
