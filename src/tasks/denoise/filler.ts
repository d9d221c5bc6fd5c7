import type { Block } from "../compress/block.ts";

/** Ways of filling gaps. */
export const ways = ["autoencoder", "PCA", "nearest", "median", "interpolation"] as const;
/** A way of filling gaps. */
export type Way = (typeof ways)[number];

/** Some rows of a table, with gaps. */
export interface GappedRows {
  readonly block: Block;
  /** Which row of the table each is, from 0. */
  readonly rows: readonly number[];
}

/** A way of filling gaps, ready for rows. */
export interface Filler {
  readonly way: Way;
  /** Of filling and rebuilding; null for what needs none. */
  readonly rounds: number | null;
  /**
   * The rows with their gaps filled, NaN and "" where this way knows nothing: once for each of `apart`, which says how
   * many steps of time rows of the same series must at least be away to be used; Infinity: none of them is.
   */
  fill(gapped: GappedRows, apart: readonly number[]): Promise<readonly Block[]>;
}
