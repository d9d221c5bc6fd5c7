import { random } from "../../random.ts";
import type { MarkedRows } from "./marks.ts";
import { dealer, inUnits, parts, type Split, splitUnlabelled, withCounts } from "./split.ts";
import type { SplitUnits } from "./split-units.ts";

/** Shares of the rows that judge when to stop, calibrate and test. */
const tenth = 0.1;

/**
 * Without a label column, by marks: confirmed anomalies never train, false alarms always do. Where anomalies are judged by
 * (`judges`) one half of them calibrates and the other tests, each beside a tenth of the other rows; else they are in no
 * part, and other rows are dealt as without marks.
 */
export function splitMarked(
  rows: number,
  { confirmed, falseAlarms }: MarkedRows,
  judges: boolean,
  seed: number,
  units: SplitUnits | null = null,
): Split {
  const { partOf } = judges ? dealtInFour(rows, seed, units) : splitUnlabelled(rows, seed, units);
  for (const row of falseAlarms) partOf[row] = parts.train;
  const half = Math.floor(confirmed.length / 2);
  const deal = dealer([half, confirmed.length - half], random(seed, 11));
  for (const row of confirmed)
    partOf[row] = judges ? [parts.calibrate, parts.test][deal()]! : parts.out;
  return withCounts(partOf);
}

function dealtInFour(rows: number, seed: number, units: SplitUnits | null): Split {
  const each = Math.min(Math.max(Math.round(rows * tenth), 1), Math.floor(rows / 4));
  const shares = [rows - 3 * each, each, each, each];
  const dealt = [parts.train, parts.validate, parts.calibrate, parts.test];
  if (units) return inUnits(units, shares, dealt, seed);
  const deal = dealer(shares, random(seed, 13));
  return withCounts(Uint8Array.from({ length: rows }, () => dealt[deal()]!));
}
