import type { Content } from "../../models/kinds.ts";
import { type Preparation, widthOf } from "../../preparation/plan.ts";

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

/** How long a run is. */
export interface RunLength {
  /** Rows of a step. */
  readonly batchSize: number;
  /** Epochs at most. */
  readonly epochs: number;
  /** Epochs without improvement after which it stops; 0 for none. */
  readonly patience: number;
}

/** Epochs at most; more where they would be fewer steps than these, since few rows make short epochs. */
const usualLength: Readonly<Record<Content, { readonly epochs: number; readonly steps: number }>> =
  {
    tables: { epochs: 200, steps: 4000 },
    images: { epochs: 30, steps: 1000 },
    sequences: { epochs: 100, steps: 2000 },
  };
/** Epochs without improvement after which a run stops; more where they would be fewer steps than these. */
const usualPatience = { epochs: 5, steps: 100 };

/** How long a run on so many rows is, where it is not stated. */
export function runLength(rows: number, content: Content, given: Partial<RunLength>): RunLength {
  const { batchSize = usualBatchSize(rows, content) } = given;
  const batches = Math.ceil(rows / batchSize);
  const least = ({ epochs, steps }: { epochs: number; steps: number }): number =>
    Math.max(epochs, Math.ceil(steps / batches));
  const { epochs = least(usualLength[content]), patience = least(usualPatience) } = given;
  return { batchSize, epochs, patience };
}

/**
 * 32 rows a step, more where rows are many: a step then costs less per row and an epoch still has many. 128
 * images, where there are thousands.
 */
function usualBatchSize(rows: number, content: Content): number {
  if (content === "images") return rows < 5000 ? 32 : 128;
  if (rows <= 10_000) return 32;
  if (rows <= 40_000) return 64;
  if (rows <= 160_000) return 128;
  return rows <= 640_000 ? 256 : 512;
}
