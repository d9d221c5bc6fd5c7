import { type Note, note } from "../../data/terms/notes.ts";
import type { ColumnPlan, DatesRead } from "../../data/terms/table.ts";
import { countIn, placeOf } from "../../metrics/bins.ts";
import {
  cumulativeDistance,
  cumulativeLimit,
  logAllFrom,
  logOutside,
  logUnseen,
  totalVariation,
  totalVariationLimit,
} from "../../metrics/drift.ts";
import { quantiles } from "../../metrics/statistics.ts";
import { keptValues, type TrainingProfile } from "../../preparation/statistics.ts";
import { factorsOf } from "./factors.ts";
import { textsOf } from "./reasons.ts";
import { shownValues } from "./shown-values.ts";

/** Shares of cells from which on a difference is worth a line, however many rows show it. */
const worth = { unseen: 0.01, range: 0.02, missing: 0.05, distance: 0.1 };

/** What is known where a column is judged. */
export interface Judging {
  readonly column: ColumnPlan;
  readonly source: DatesRead;
  /** Rows of the file, and those that trained. */
  readonly rows: number;
  readonly trained: number;
  /** How probable a false alarm of one test may be. */
  readonly alpha: number;
}

/** What a file has in a column of numbers. */
export interface NumbersSeen {
  readonly missing: number;
  readonly outside: number;
  readonly minimum: number;
  readonly maximum: number;
  /** A sample of the cells, NaN where one is missing. */
  readonly sample: Float64Array;
}

/** What a file has in a column of categories. */
export interface TextsSeen {
  readonly missing: number;
  readonly unseen: number;
  /** The only value that there is; absent where there are several, or none. */
  readonly only?: string;
  /** A sample of the cells, "" where one is missing. */
  readonly sample: readonly string[];
}

type Numbers = TrainingProfile["numeric"][number];
type Texts = TrainingProfile["categories"][number];

const percent = (n: number): string => (100 * n).toFixed(1);

/** What a person should know of a column of numbers: what happened to its values, and what to its gaps. */
export function numberDrift(before: Numbers, now: NumbersSeen, judging: Judging): Note[] {
  const values = (): readonly Note[] => {
    const constant = constantNumber(before, now, judging);
    if (constant) return [constant];
    const moved = movedNumbers(before, now, judging);
    if (moved?.code === "drift_scale") return [moved];
    const outside = outsideNote(before, now, judging);
    return outside ? [outside] : moved ? [moved] : [];
  };
  return [...values(), ...missingNote(before, now, judging)];
}

/** What a person should know of a column of categories. */
export function categoryDrift(before: Texts, now: TextsSeen, judging: Judging): Note[] {
  const constant = constantText(before, now, judging);
  const unseen = unseenNote(before, now, judging);
  const shares = sharesNote(before, now, judging);
  const told = constant ?? unseen ?? shares;
  return [...(told ? [told] : []), ...missingNote(before, now, judging)];
}

function missingNote(
  { missing: before }: { readonly missing: number },
  { missing }: { readonly missing: number },
  { column: { name: column }, rows, trained, alpha }: Judging,
): Note[] {
  if (before === 0) return missing > 0 ? [note("missing_new", { column, missing, rows })] : [];
  const [now, then] = [missing / rows, before / trained];
  return now - then > Math.max(worth.missing, cumulativeLimit(rows, trained, alpha))
    ? [note("drift_missing", { column, share: percent(now), before: percent(then) })]
    : [];
}

function outsideNote(
  { minimum, maximum, missing }: Numbers,
  { outside, missing: gone }: NumbersSeen,
  { column, source, rows, trained, alpha }: Judging,
): Note | null {
  const share = outside / Math.max(rows, 1);
  const chance = logOutside(rows - gone, trained - missing, outside);
  if (share <= worth.range || chance > Math.log(alpha)) return null;
  const [low, high] = textsOf(source, minimum, maximum, column);
  return note("drift_range", {
    ...{ column: column.name, share: percent(share), minimum: low, maximum: high },
  });
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);

function constantNumber(before: Numbers, now: NumbersSeen, judging: Judging): Note | null {
  const { bins } = before;
  if (!bins || now.minimum !== now.maximum) return null;
  const trained = sumOf(bins.counts);
  const others = trained - bins.counts[placeOf(bins.edges, now.minimum)]!;
  const value = shownValues(judging.source, judging.column, before)(now.minimum);
  return constantNote(value, others, trained, judging.rows - now.missing, judging);
}

function constantText({ values, counts }: Texts, now: TextsSeen, judging: Judging): Note | null {
  const { only, missing } = now;
  if (!counts || only === undefined) return null;
  const trained = sumOf(counts);
  const others = trained - (counts[values.indexOf(only)] ?? 0);
  return constantNote(only, others, trained, judging.rows - missing, judging);
}

/** All cells are one value, and in training some were not: that these all fell to training may be chance. */
function constantNote(
  value: string,
  others: number,
  trained: number,
  rows: number,
  { column, alpha }: Judging,
): Note | null {
  if (logAllFrom(trained, rows, others) > Math.log(alpha)) return null;
  return note("drift_constant", {
    ...{ column: column.name, value, share: percent(others / trained) },
  });
}

/** That the values are distributed otherwise, and where all of them are multiplied by one factor, by which. */
function movedNumbers(
  before: Numbers,
  { sample }: NumbersSeen,
  { column, source, alpha }: Judging,
): Note | null {
  const { bins, deciles } = before;
  if (!bins) return null;
  const values = sample.filter((value) => !Number.isNaN(value));
  const trained = sumOf(bins.counts);
  if (values.length === 0 || trained === 0) return null;
  const limit = Math.max(worth.distance, cumulativeLimit(values.length, trained, alpha));
  const distance = (factor: number): number =>
    cumulativeDistance(
      countIn(bins.edges, factor === 1 ? values : values.map((value) => value / factor)),
      bins.counts,
    );
  if (distance(1) < limit) return null;
  const own = quantiles(values, [0.1, 0.5, 0.9]);
  const write = shownValues(source, column, before);
  if (column.type === "number") {
    const [factor, left] = factorsOf(own, deciles)
      .map((each) => [each, distance(each)] as const)
      .sort(([, a], [, b]) => a - b)[0] ?? [1, 1];
    if (left < limit && left < distance(1) / 2) {
      const [now, then] = own[1] !== 0 ? [own[1]!, deciles[1]!] : [own[2]!, deciles[2]!];
      const times = String(Number(factor.toPrecision(3)));
      return note("drift_scale", {
        ...{ column: column.name, factor: times, now: write(now), before: write(then) },
      });
    }
  }
  return note("drift_shift", {
    column: column.name,
    ...{ low: write(own[0]!), high: write(own[2]!) },
    ...{ lowBefore: write(deciles[0]!), highBefore: write(deciles[2]!) },
  });
}

function unseenNote(before: Texts, { unseen, missing }: TextsSeen, judging: Judging): Note | null {
  const { column, rows, trained, alpha } = judging;
  const { values, counts } = before;
  const share = unseen / Math.max(rows, 1);
  // beyond the values that are kept, what is unknown here need not have been so in training
  if (share <= worth.unseen || values.length >= keptValues) return null;
  const once = counts?.filter((count) => count === 1).length ?? 0;
  const [n, m] = [rows - missing, trained - before.missing];
  if (logUnseen(n, m, unseen, once) > Math.log(alpha)) return null;
  return note("drift_unseen", { column: column.name, share: percent(share) });
}

/** Values that training saw less often are one: how often each comes again, their own count does not tell. */
const seldom = 5;

/** That the shares of the values are other ones, and of the value of which that is truest. */
function sharesNote({ values, counts }: Texts, now: TextsSeen, judging: Judging): Note | null {
  if (!counts || values.length >= keptValues) return null;
  // counts fall; behind those of the common values stand all others, unseen ones among them
  const common = counts.filter((count) => count >= seldom).length;
  const place = new Map(values.slice(0, common).map((value, k) => [value, k]));
  const before = [...counts.slice(0, common), sumOf(counts.slice(common))];
  const own = before.map(() => 0);
  for (const value of now.sample) if (value !== "") own[place.get(value) ?? common]!++;
  const [n, m] = [sumOf(own), sumOf(before)];
  if (n === 0 || m === 0 || common === 0) return null;
  // by Good and Turing, the others come again more often by the rows of the rarest of the common values
  const rarest = (seldom * counts.filter((count) => count === seldom).length) / m;
  const limit = rarest + totalVariationLimit(own, before, judging.alpha);
  if (totalVariation(own, before) < Math.max(worth.distance, limit)) return null;
  const gap = (k: number): number => Math.abs(own[k]! / n - before[k]! / m);
  const most = values.slice(0, common).reduce((best, _, k) => (gap(k) > gap(best) ? k : best), 0);
  return note("drift_shares", {
    ...{ column: judging.column.name, value: values[most]! },
    ...{ share: percent(own[most]! / n), before: percent(before[most]! / m) },
  });
}
