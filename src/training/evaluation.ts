import type { Program, Values } from "../engine/engine.ts";
import { Buffers } from "./buffers.ts";
import { addFigures, numbersOf } from "./figures.ts";
import type { EvaluationProgram } from "./judging.ts";
import { noiseStreams } from "./noise.ts";
import type { RowSource } from "./rows.ts";
import type { RowShapes } from "./sketch.ts";
import type { Vectors } from "./state.ts";

/** Rows of one call of the engine: quick, yet in cache; layers of images and sequences hold much per row. */
export const chunkRowsOf = (row: readonly number[]): number => (row.length > 1 ? 256 : 4096);

export interface Judged {
  readonly program: Pick<EvaluationProgram, "noise" | "figures">;
  readonly rows: RowShapes;
  /** Vectors of parameters and statistics by group. */
  readonly vectors: Vectors;
  readonly seed: number;
}

/** Means of all figures over the rows of a source, one number for each cell of each figure. */
export async function evaluateRows(
  evaluator: Program,
  { program, rows, vectors, seed }: Judged,
  source: RowSource,
): Promise<readonly number[]> {
  const { noise, figures } = program;
  const most = Math.min(chunkRowsOf(rows.x), source.rows);
  const feeding = { rows, noise, noiseStream: noiseStreams.evaluation, seed };
  const buffers = new Buffers(feeding, most, false);
  const state = Object.entries(vectors).map(
    ([name, data]) => [name, { dtype: "float32", shape: [data.length], data }] as const,
  );
  await source.start(-1, 0);
  const sums = new Float64Array(numbersOf(figures));
  for (let done = 0, chunk = 0; done < source.rows; chunk++) {
    const size = Math.min(most, source.rows - done);
    const feeds = await buffers.fill(source, 1, size, chunk, () => ({}));
    const given = Object.entries(feeds).map(
      ([name, value]) => [name, { ...value, shape: value.shape.slice(1) }] as const,
    );
    const result = await evaluator.run(Object.fromEntries([...given, ...state]) as Values);
    addFigures(sums, figures, result, size);
    done += size;
  }
  return Array.from(sums, (sum) => sum / source.rows);
}
