import { type Verdict, verdict } from "./verdict.ts";

/** How well generated rows pass for real ones, and how many are nearly copies. */
interface Likeness {
  readonly auc: number;
  readonly nearest: { readonly copies: number };
}

/** The area from which new rows are plainly not like real ones. */
const toldApart = 0.8;
/** The share of rows nearer to a real one than 1 in 100 real rows are: five times that. */
const manyCopies = 0.05;

/** Why generated rows should not be shared: they are told apart from real ones, or copy them. */
export function sharingOf({ auc, nearest: { copies } }: Likeness): readonly Verdict[] {
  return [
    ...(auc >= toldApart ? [verdict("generated_apart", { auc })] : []),
    ...(copies > manyCopies
      ? [verdict("generated_copies", { percent: (100 * copies).toFixed(1) })]
      : []),
  ];
}
