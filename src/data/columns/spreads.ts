import { quantiles } from "../../metrics/statistics.ts";
import type { HeadColumn } from "./head-numbers.ts";

/** What the numbers of a table are like where that asks for something. */
export interface Spreads {
  /** Columns with a heavy upper tail, for `--log`. */
  readonly tails: readonly string[];
  /** Columns most of whose numbers are 0, with the share of them. */
  readonly zeros: readonly (readonly [column: string, share: number])[];
}

const fewestRows = 50;
const fewValues = 20;
/** From the median to the 99th percent in quartile ranges: 1.7 of a normal, 3.6 of an exponential distribution. */
const heavyTail = 6;
/** The 99th percent is so many times the median at least; log(1 + x) changes little of smaller numbers. */
const farOut = 10;
const worthLog = 20;
const mostlyZero = 0.5;

/**
 * What the numbers of the first rows are like, without `marks` that may stand for "missing". Of amounts most of which are 0
 * they stay: there the greatest may be a cap as well, and a logarithm brings it near the others either way.
 */
export function spreadsOf(columns: readonly HeadColumn[], marks: ReadonlySet<number>): Spreads {
  const tails: string[] = [];
  const zeros: [string, number][] = [];
  for (const { name, distinct, values: all } of columns) {
    if (distinct <= fewValues) continue;
    if (all.length < fewestRows) continue;
    const filled = all.filter((value) => value !== 0);
    const share = 1 - filled.length / all.length;
    if (share >= mostlyZero) zeros.push([name, share]);
    const spread = share >= mostlyZero ? filled : all.filter((value) => !marks.has(value));
    if (spread.length < fewestRows) continue;
    const [low, middle, high, far] = quantiles(spread, [0.25, 0.5, 0.75, 0.99]) as number[];
    const great = far! >= worthLog && far! >= farOut * middle!;
    if (great && far! - middle! >= heavyTail * (high! - low!)) tails.push(name);
  }
  return { tails, zeros };
}
