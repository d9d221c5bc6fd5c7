import type { Cells } from "../../data/terms/arrays.ts";
import type { Values } from "../../engine/engine.ts";
import type { ArrayMetadata } from "./metadata.ts";

/** The type of `x`, and of what is rebuilt of it. */
export type Precision = "float32" | "float64";

/** What `espejo.requires` says of files whose `x` is double. */
export const doubleSequences = "float64-sequences";

/** What it says of files that learnt from images whose values are no bytes: `espejo.source.range` tells what becomes 0..255. */
export const imageRange = "image-range";

/** Sequences are centred and scaled in double, as tables are; the levels of pixels are told apart in single precision. */
export const precisionFor = (content: ArrayMetadata["source"]["content"]): Precision =>
  content === "sequences" ? "float64" : "float32";

/** That of a file: single where it is from before sequences were double, or holds a network from elsewhere. */
export const precisionOf = ({ requires = [] }: Pick<ArrayMetadata, "requires">): Precision =>
  requires.includes(doubleSequences) ? "float64" : "float32";

/** The entries that tell what a reader of a model of such rows must know. */
export function schemaOf(
  { content, range }: ArrayMetadata["source"],
  precision: Precision = precisionFor(content),
): Pick<ArrayMetadata, "schema" | "requires"> {
  const requires = [
    ...(precision === "float64" ? [doubleSequences] : []),
    ...(range ? [imageRange] : []),
  ];
  return requires.length > 0 ? { schema: 2, requires } : { schema: 1 };
}

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
