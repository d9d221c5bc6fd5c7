import type { Arrays, ArraysDetected, Cells } from "../../data/terms/arrays.ts";
import type { ArrayModel } from "../model/array-model.ts";
import { channelMeans } from "./channel-means.ts";
import { errorBeyond } from "./error-beyond.ts";

/** Where an image is rebuilt worst: pixels counted from 0, both ends of each side among them. */
export interface ImageReason {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  /** Its share of the error of the image. */
  readonly share: number;
}

/** What of a sequence is rebuilt worst. */
export interface SequenceReason {
  /** The number of the feature that adds most, from 0, and its share of the error of the sequence. */
  readonly feature: number;
  readonly share: number;
  /** The step at which it is worst, from 0, with what it was there and what was expected, in its own units. */
  readonly step: number;
  readonly actual: number;
  readonly expected: number;
}

/** What of an image or a sequence is rebuilt worst. */
export type ArrayReason = ImageReason | SequenceReason;

/** What is worst in some rows of a batch; null where nothing was observed or all is rebuilt exactly. */
export async function explainArrays(
  model: ArrayModel,
  x: Cells,
  wanted: readonly number[],
): Promise<readonly (ArrayReason | null)[]> {
  if (wanted.length === 0) return [];
  const { shape, metadata } = model;
  const cells = shape.reduce((n, size) => n * size, 1);
  const own =
    x instanceof Float64Array
      ? new Float64Array(wanted.length * cells)
      : new Float32Array(wanted.length * cells);
  wanted.forEach((row, i) => {
    own.set(x.subarray(row * cells, (row + 1) * cells), i * cells);
  });
  const result = await model.run(["error", "reconstruction"], own, wanted.length);
  return wanted.map((_, i) => {
    const of = (values: unknown): Cells =>
      (values as Cells).subarray(i * cells, (i + 1) * cells) as Cells;
    const original = of(own);
    return worstOf(metadata.source, {
      ...{ original, rebuilt: of(result.reconstruction!.data) },
      error: errorBeyond(metadata, original, of(result.error!.data)),
    });
  });
}

/** What is worst in some rows of a source, by their numbers. */
export async function explainRows(
  model: ArrayModel,
  arrays: Arrays,
  rows: readonly number[],
): Promise<ReadonlyMap<number, ArrayReason>> {
  const wanted = new Set(rows);
  const found = new Map<number, ArrayReason>();
  if (wanted.size === 0) return found;
  for await (const { start, rows: count, x } of model.batches(arrays)) {
    const own = Array.from({ length: count }, (_, i) => i).filter((i) => wanted.has(start + i));
    (await explainArrays(model, x, own)).forEach((reason, i) => {
      if (reason) found.set(start + own[i]!, reason);
    });
  }
  return found;
}

/** What is worst of a row: its cells, what was rebuilt of them, and their errors beyond exact rebuilding (`errorBeyond`). */
export function worstOf(
  { content, shape }: Pick<ArraysDetected, "content" | "shape">,
  { original, rebuilt, error }: Readonly<Record<"original" | "rebuilt" | "error", Cells>>,
): ArrayReason | null {
  return content === "images"
    ? worstPlace(channelMeans(error, shape), shape[0]!, shape[1]!)
    : worstFeature(error, original, rebuilt, shape.at(-1)!);
}

/** The window of a quarter of each side that holds most of the error, by sums over rectangles (Crow 1984). */
export function worstPlace(
  error: ArrayLike<number>,
  height: number,
  width: number,
): ImageReason | null {
  const sums = new Float64Array((height + 1) * (width + 1));
  const at = (row: number, column: number): number => row * (width + 1) + column;
  for (let i = 0; i < height; i++)
    for (let j = 0; j < width; j++)
      sums[at(i + 1, j + 1)] =
        error[i * width + j]! + sums[at(i, j + 1)]! + sums[at(i + 1, j)]! - sums[at(i, j)]!;
  const total = sums[at(height, width)]!;
  if (!(total > 0)) return null;
  const [h, w] = [Math.ceil(height / 4), Math.ceil(width / 4)];
  let best = { top: 0, left: 0, sum: -1 };
  for (let top = 0; top + h <= height; top++)
    for (let left = 0; left + w <= width; left++) {
      const sum =
        sums[at(top + h, left + w)]! -
        sums[at(top, left + w)]! -
        sums[at(top + h, left)]! +
        sums[at(top, left)]!;
      if (sum > best.sum) best = { top, left, sum };
    }
  const { top, left, sum } = best;
  return { top, bottom: top + h - 1, left, right: left + w - 1, share: sum / total };
}

function worstFeature(
  error: Cells,
  actual: Cells,
  expected: Cells,
  features: number,
): SequenceReason | null {
  const sums = new Float64Array(features);
  for (let k = 0; k < error.length; k++) sums[k % features]! += error[k]!;
  const total = sums.reduce((sum, each) => sum + each, 0);
  if (!(total > 0)) return null;
  const feature = sums.indexOf(Math.max(...sums));
  let worst = feature;
  for (let k = feature; k < error.length; k += features) if (error[k]! > error[worst]!) worst = k;
  return {
    ...{ feature, share: sums[feature]! / total, step: Math.floor(worst / features) },
    ...{ actual: actual[worst]!, expected: expected[worst]! },
  };
}
