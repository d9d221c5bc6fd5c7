import type { Cells } from "../../data/terms/arrays.ts";
import type { Values } from "../../engine/engine.ts";
import type { ArrayMetadata } from "./metadata.ts";

/** The type of `x`, and of what is rebuilt of it. */
export type Precision = "float32" | "float64";

/** What `espejo.requires` says of files whose `x` is double. */
export const doubleSequences = "float64-sequences";

/** Sequences are centred and scaled in double, as tables are; the levels of pixels are told apart in single precision. */
export const precisionFor = (content: ArrayMetadata["source"]["content"]): Precision =>
  content === "sequences" ? "float64" : "float32";

/** That of a file: single where it is from before sequences were double, or holds a network from elsewhere. */
export const precisionOf = ({ requires = [] }: Pick<ArrayMetadata, "requires">): Precision =>
  requires.includes(doubleSequences) ? "float64" : "float32";

/** Numbers as a graph takes them; themselves where they are so already. */
export function inPrecision(precision: Precision, x: ArrayLike<number>): Cells {
  const Wanted = precision === "float64" ? Float64Array : Float32Array;
  return x instanceof Wanted ? x : Wanted.from(x);
}

/** Rows [rows, ...shape] as the graph takes them. */
export const arrayFeeds = (
  precision: Precision,
  x: ArrayLike<number>,
  rows: number,
  shape: readonly number[],
): Values => ({
  x: { dtype: precision, shape: [rows, ...shape], data: inPrecision(precision, x) },
});
