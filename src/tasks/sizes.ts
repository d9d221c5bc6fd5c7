import type { Content } from "../models/kinds.ts";
import { type Preparation, widthOf } from "../preparation/plan.ts";

/** Sizes of a network for tables. */
export interface Sizes {
  readonly hidden: readonly number[];
  readonly latentDim: number;
}

/** Half of the prepared width between, a quarter of it (at least 2) as the code. */
export function defaultSizes(preparation: Preparation): Sizes {
  const width = widthOf(preparation);
  const latentDim = Math.max(Math.min(2, Math.max(width - 1, 1)), Math.round(width / 4));
  return { hidden: [Math.max(latentDim, Math.round(width / 2))], latentDim };
}

/** Epochs at most, where none are stated. */
export const defaultEpochs: Readonly<Record<Content, number>> = {
  tables: 200,
  images: 30,
  sequences: 100,
};

/**
 * 128 images a step; else 32 rows, more where rows are many: a step then costs less per row and an epoch
 * still has many.
 */
export function defaultBatchSize(rows: number, content: Content = "tables"): number {
  if (content === "images") return 128;
  if (rows <= 10_000) return 32;
  if (rows <= 40_000) return 64;
  if (rows <= 160_000) return 128;
  return rows <= 640_000 ? 256 : 512;
}
