import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import type { TrainTableOptions } from "../lesson/train-table-options.ts";
import type { Run } from "../runs/run.ts";
import type { Scores } from "../score/scores.ts";
import { type TrainedTable, train } from "../train/train.ts";
import type { Method } from "../verdicts/verdict.ts";

/** Every way that a detection compares where no kind is stated, the usual one first. */
export const methods: readonly Method[] = ["ensemble", "basic", "pca"];

/** A method that learnt from the rows that train, and scored the others. */
export interface Candidate {
  readonly method: Method;
  readonly trained: TrainedTable;
}

/** Trains a method on a table. */
export async function trainMethod(
  method: Method,
  table: Table,
  options: TrainTableOptions,
): Promise<Candidate> {
  const own = { ensemble: { kind: "ensemble" }, basic: { kind: "basic" }, pca: { pca: true } };
  return { method, trained: await train(table, { ...options, ...own[method] }) };
}

/**
 * Trains methods on the rows of a training, without a word; PCA is left out where there are too many columns for it.
 * The seed makes the same split, so that all have scores of the same rows. A run keeps each of them, beside the first.
 */
export async function trainOthers(
  wanted: readonly Method[],
  first: TrainedTable,
  table: Table,
  options: TrainTableOptions,
  run: Run | null,
): Promise<readonly Candidate[]> {
  const { onModel, onEpoch, onProgress, onFingerprint, onNote, ...more } = options;
  const { checkpointPath, resume, livePath, ...same } = more;
  const others: Candidate[] = [];
  for (const method of wanted) {
    try {
      const kept = method === "pca" ? undefined : await run?.keeps(method);
      const other = await trainMethod(method, table, { ...same, ...kept });
      checkSameRows(other.trained.held, first.held);
      others.push(other);
    } catch (error) {
      if (!(error instanceof EspejoError && error.code === "pca_columns")) throw error;
    }
  }
  return others;
}

/** Whether a person ended a training before its time. */
export const isInterrupted = ({ fitted }: Pick<TrainedTable, "fitted">): boolean =>
  fitted.stopped === "asked";

/** Does work with what holds sessions of the engine, and lets these go where it fails. */
export async function orGone(
  held: { dispose(): Promise<void> },
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    await held.dispose();
    throw error;
  }
}

/** Frees what a training holds. */
export async function disposeTrained({ model, fitted }: TrainedTable): Promise<void> {
  await fitted.dispose();
  await model.dispose();
}

/** Throws where scores are of other rows than those of another method. */
function checkSameRows(scores: Scores, { rows }: Scores): void {
  if (scores.rows.length !== rows.length || scores.rows.some((row, i) => row !== rows[i]))
    throw new Error("a method was judged on other rows than the one beside it");
}
