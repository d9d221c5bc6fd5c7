import type { Cells } from "../../data/terms/arrays.ts";
import type { VariationalOptions } from "../../models/variational.ts";
import type { ArrayMetadata } from "../model/metadata.ts";

/**
 * What cells of a row add to its score beyond what they would if they were rebuilt exactly, 0 where nothing was observed:
 * the cross-entropy of a grey pixel is never 0.
 */
export function errorBeyond(metadata: ArrayMetadata, original: Cells, error: Cells): Cells {
  const least = leastError(metadata);
  return error.map((each, k) =>
    Number.isNaN(original[k]!) ? 0 : Math.max(0, each - least(original[k]!)),
  );
}

/** The error that even an exact reconstruction of a cell has, by the formula of the score. */
function leastError(metadata: ArrayMetadata): (cell: number) => number {
  const { kind, architecture, training, source } = metadata;
  const { score = "squared" } = training.options;
  if (source.content !== "images" || (score !== "squared" && score !== "probability"))
    return () => 0;
  if (kind.split("+").includes("robust")) {
    const { variance = 1 } = (architecture.variational ?? {}) as VariationalOptions;
    const density = score === "probability" ? Math.log(2 * Math.PI * variance) / 2 : 0;
    return () => density;
  }
  // cross-entropy is never below the entropy
  const part = (p: number): number => (p > 0 ? -p * Math.log(p) : 0);
  return (pixel) => part(pixel / 255) + part(1 - pixel / 255);
}
