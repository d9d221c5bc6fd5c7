import { type Items, percentText } from "../../language.ts";
import { shareInterval } from "../../metrics/binomial.ts";
import { type Verdict, verdict } from "./verdict.ts";

/** How many of some rows a threshold flags. */
export interface Flagged {
  readonly flagged: number;
  readonly rows: number;
}

/** How many times as large, or as small, a share must be to be told. */
const farLarger = 3;
const farSmaller = 5;

/**
 * Whether a threshold that was chosen on the newer rows suits the older ones, on which the model was trained, too: not where
 * it flags at least three times the share of them, or a fifth at most, and their intervals of 99.9 % lie apart (Wilson). A
 * fifth, since a model knows rows that trained better than others. Null where it does, or where either are none.
 */
export function newerThreshold(
  newer: Flagged,
  older: Flagged,
  items: Items = "rows",
): Verdict | null {
  if (newer.rows === 0 || older.rows === 0) return null;
  const [chosen, others] = [newer, older].map(({ flagged, rows }) => shareInterval(flagged, rows));
  const larger = others!.low > chosen!.high && others!.share >= farLarger * chosen!.share;
  const smaller = others!.high < chosen!.low && farSmaller * others!.share <= chosen!.share;
  if (!larger && !smaller) return null;
  return verdict("threshold_newer", {
    ...{ chosen: percentText(chosen!.share), others: percentText(others!.share) },
    ...(items !== "rows" && { items }),
  });
}
