/** How rows are dealt to their parts by their hashes, as the workers are told. */
export interface HashDeal {
  /** The hash below which each share ends. */
  readonly bounds: readonly number[];
  /** The part of each share. */
  readonly dealt: readonly number[];
  /** The values of a label that are normal; null without labels. */
  readonly normal: readonly string[] | null;
}
