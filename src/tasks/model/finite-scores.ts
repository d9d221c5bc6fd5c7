import type { Values } from "../../engine/engine.ts";
import { EspejoError } from "../../errors.ts";

/** Which rows of which model were computed. */
interface Scored {
  /** Of the model, as a person named it. */
  readonly path: string;
  /** Rows before the first of them. */
  readonly start: number;
}

/**
 * The values of the outputs that were asked for, of rows whose scores are all finite: one that is not says nothing, and would
 * pass for normal. Verdicts are given with their scores only. Throws `score_not_finite`.
 */
export async function finitely<Output extends string>(
  outputs: readonly Output[],
  compute: (outputs: readonly Output[]) => Promise<Values>,
  { path, start }: Scored,
): Promise<Values> {
  const score = "score" as Output;
  const lacks = outputs.includes("is_anomaly" as Output) && !outputs.includes(score);
  const values = await compute(lacks ? [...outputs, score] : outputs);
  const scores = (values.score?.data ?? []) as Float32Array;
  const bad = scores.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw scoreNotFinite(path, start + bad + 1, scores[bad]!);
  if (!lacks) return values;
  const { score: _, ...asked } = values;
  return asked;
}

/** The error for a score of a row, counted from 1, that is infinite or no number. */
export const scoreNotFinite = (path: string, row: number, value: number): EspejoError =>
  new EspejoError("score_not_finite", { path, row, value: String(value) });
