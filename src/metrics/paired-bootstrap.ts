import { mistake } from "../errors.ts";
import { checkArguments, checkOptions, optionParts } from "../options.ts";
import { random } from "../random.ts";
import { z } from "../schema.ts";
import { parts } from "./arguments.ts";
import type { Labels, Numbers } from "./counts.ts";
import { averagePrecision } from "./ranking.ts";

/** How the average precision of two rankings of the same rows differs. */
export interface PrecisionDifference {
  readonly first: number;
  readonly second: number;
  /**
   * The share of resamples in which the first is not ahead, counted so that it is never 0: how often chance would
   * bring as much. Small where the first is better.
   */
  readonly pValue: number;
}

/** Options of a paired bootstrap; all have defaults. */
export interface BootstrapOptions {
  /** How often rows are drawn anew (999). */
  readonly draws?: number;
  readonly seed?: number;
  /** Ends where the first was not ahead so often: then the share is of the draws until there (Besag and Clifford 1991). */
  readonly enough?: number;
}

const bootstrapOptions: z.ZodMiniObject = z.object({
  draws: z.exactOptional(optionParts.whole(1)),
  seed: z.exactOptional(z.int()),
  enough: z.exactOptional(optionParts.whole(1)),
});

/**
 * A paired bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, 8.6) of the difference in
 * average precision: anomalies and other rows are drawn with replacement, each as many as there are, and both
 * rankings are judged on the same drawn rows. The same seed gives the same draws. Throws `argument_wrong` for
 * labels of one class.
 */
export function comparePrecision(
  first: Numbers,
  second: Numbers,
  labels: Labels,
  options: BootstrapOptions = {},
): PrecisionDifference {
  checkArguments("comparePrecision", { labels: [labels, parts.labels] });
  checkOptions("comparePrecision", bootstrapOptions, options);
  const { draws = 999, seed = 42, enough = draws } = options;
  const known = [averagePrecision(first, labels), averagePrecision(second, labels)] as const;
  const classes = [0, 1].map((kind) =>
    Uint32Array.from(Array.from(labels, (_, i) => i).filter((i) => (labels[i] ? 1 : 0) === kind)),
  );
  if (classes.some(({ length }) => length === 0))
    throw mistake("comparePrecision: rows of both classes are needed");
  const rankings = [first, second].map(levelsOf);
  const source = random(seed, 61);
  const times = new Uint16Array(labels.length);
  let behind = 0;
  for (let draw = 1; draw <= draws; draw++) {
    times.fill(0);
    for (const rows of classes)
      for (let i = 0; i < rows.length; i++) times[rows[source.below(rows.length)]!]!++;
    const [a, b] = rankings.map((ranking) => drawnPrecision(ranking, labels, times));
    if (a! <= b!) behind++;
    if (behind >= enough) return { first: known[0], second: known[1], pValue: behind / draw };
  }
  return { first: known[0], second: known[1], pValue: (behind + 1) / (draws + 1) };
}

/** Rows by their scores, the highest first, and whether each begins a level of equal scores. */
interface Levels {
  readonly order: Uint32Array;
  readonly begins: Uint8Array;
}

function levelsOf(scores: Numbers): Levels {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i);
  order.sort((a, b) => scores[b]! - scores[a]!);
  const begins = Uint8Array.from(order, (row, i) =>
    i === 0 || scores[row] !== scores[order[i - 1]!] ? 1 : 0,
  );
  return { order, begins };
}

/** Average precision where each row is there some number of times. */
function drawnPrecision({ order, begins }: Levels, labels: Labels, times: Uint16Array): number {
  let [hits, all, sum, gained] = [0, 0, 0, 0];
  for (let i = 0; i < order.length; i++) {
    if (begins[i] === 1 && gained > 0) {
      sum += (gained * hits) / all;
      gained = 0;
    }
    const row = order[i]!;
    const count = times[row]!;
    all += count;
    if (labels[row]) {
      hits += count;
      gained += count;
    }
  }
  if (gained > 0) sum += (gained * hits) / all;
  return sum / hits;
}
