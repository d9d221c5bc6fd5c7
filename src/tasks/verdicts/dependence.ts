import type { Items } from "../../language.ts";
import { rocAucInterval } from "../../metrics/auc-interval.ts";
import { correlation } from "../../metrics/correlation.ts";
import { type Verdict, verdict } from "./verdict.ts";

/** Scores of rows that did not train, each with its time, and of what it is where rows have a key. */
export interface TimedScores {
  readonly column: string;
  readonly scores: Float32Array;
  readonly times: Float64Array;
  readonly keys: readonly string[] | null;
  /** What these are, where they are no rows. */
  readonly items?: Items;
}

const newestShare = 0.2;
/** Rows that the newest must be at least, and deviations without a difference that the area must be off. */
const leastRows = 20;
const leastDeviations = 3.5;
/** How far the area must be from 0.5, and the correlation from 0, to matter. */
const leastArea = 0.1;
const leastCorrelation = 0.25;

/**
 * Whether rows, or windows, that a random split kept out of the training are independent of those that trained, by two tests of
 * scores that would not hang on the time if they were: the newest fifth scores like the others (Mann and Whitney),
 * and rows that follow each other in time, of the same key where there is one, score no more alike than others (the
 * correlation of ranks at lag 1). A verdict where one fails by 3.5 deviations and by enough to matter; else null.
 */
export function dependenceOf({
  column,
  scores,
  times,
  keys,
  items = "rows",
}: TimedScores): Verdict | null {
  const named = items === "rows" ? {} : { items };
  const places = Array.from(times.keys()).filter((i) => !Number.isNaN(times[i]!));
  if (places.length < leastRows / newestShare) return null;
  const sorted = Float64Array.from(places, (i) => times[i]!).sort();
  const cut = sorted[Math.floor((1 - newestShare) * (sorted.length - 1))]!;
  const newest = places.map((i) => (times[i]! > cut ? 1 : 0));
  const n = newest.reduce<number>((sum, each) => sum + each, 0);
  const rest = places.length - n;
  if (n >= leastRows && rest >= leastRows) {
    const { auc, low, high } = rocAucInterval(
      places.map((i) => scores[i]!),
      newest,
    );
    const deviation = Math.sqrt((n + rest + 1) / (12 * n * rest));
    if (Math.abs(auc - 0.5) >= Math.max(leastArea, leastDeviations * deviation))
      return verdict("rows_newest", { column, auc, low, high, ...named });
  }
  const rank = ranksOf(places.map((i) => scores[i]!));
  const order = Array.from(places.keys()).sort((a, b) => {
    const [p, q] = [places[a]!, places[b]!];
    const [k, l] = [keys?.[p] ?? "", keys?.[q] ?? ""];
    return k < l ? -1 : k > l ? 1 : times[p]! - times[q]! || p - q;
  });
  const follows = order
    .slice(1)
    .map((place, i) => [order[i]!, place] as const)
    .filter(([a, b]) => (keys?.[places[a]!] ?? "") === (keys?.[places[b]!] ?? ""));
  const alike = correlation(
    follows.map(([a]) => rank[a]!),
    follows.map(([, b]) => rank[b]!),
  );
  return alike >= Math.max(leastCorrelation, leastDeviations / Math.sqrt(follows.length))
    ? verdict("rows_alike", { column, correlation: alike, ...named })
    : null;
}

/** The rank of each value, of equals the first in order. */
function ranksOf(values: readonly number[]): Float64Array {
  const ranks = new Float64Array(values.length);
  Array.from(values.keys())
    .sort((a, b) => values[a]! - values[b]! || a - b)
    .forEach((place, rank) => {
      ranks[place] = rank;
    });
  return ranks;
}
