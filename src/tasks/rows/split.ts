import { permutation, type Random, random } from "../../random.ts";
import { hashBounds, shareOfHash } from "./row-hash.ts";
import type { SplitUnits } from "./split-units.ts";

/** What each row of a table is used for. */
export const parts = { train: 0, validate: 1, calibrate: 2, test: 3, out: 4 } as const;
export type Part = keyof typeof parts;

/** The part of each row, and how many rows each part has. */
export interface Split {
  readonly partOf: Uint8Array;
  readonly counts: Readonly<Record<Part, number>>;
}

/** Shares of the training rows that judge when to stop. */
const judging = 0.1;

/** How many rows go to which parts. */
export interface Shares {
  readonly shares: readonly number[];
  readonly dealt: readonly number[];
}

/** Of so many rows without labels. */
export function unlabelledShares(rows: number): Shares {
  const judges = Math.min(Math.max(Math.round(rows * judging), rows > 1 ? 1 : 0), rows - 1);
  return { shares: [rows - judges, judges], dealt: [parts.train, parts.validate] };
}

/** Of so many rows with a label, where classes are not dealt one by one. */
export function labelledShares(labelled: number): Shares {
  const [train, calibrate] = [Math.round(labelled * 0.6), Math.round(labelled * 0.2)];
  const judges = Math.round(train * judging);
  return {
    shares: [train - judges, judges, calibrate, labelled - train - calibrate],
    dealt: [parts.train, parts.validate, parts.calibrate, parts.test],
  };
}

/**
 * Without labels: nine of ten rows train, the tenth both judges when to stop and calibrates the threshold; with
 * `units` the newest tenth, or some of the keys or hashes.
 */
export function splitUnlabelled(
  rows: number,
  seed: number,
  units: SplitUnits | null = null,
): Split {
  const { shares, dealt } = unlabelledShares(rows);
  if (units) return inUnits(units, shares, dealt, seed);
  const deal = dealer(shares, random(seed, 5));
  const partOf = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) partOf[row] = deal() === 0 ? parts.train : parts.validate;
  return withCounts(partOf);
}

/**
 * Without labels, for what is compared: eight of ten rows train, one judges when to stop, and one tests,
 * which has no say in anything.
 */
export function splitInThree(rows: number, seed: number, units: SplitUnits | null = null): Split {
  const tenth = Math.min(Math.max(Math.round(rows * judging), 1), Math.floor(rows / 3));
  const shares = [rows - 2 * tenth, tenth, tenth];
  const dealt = [parts.train, parts.validate, parts.test];
  if (units) return inUnits(units, shares, dealt, seed);
  const deal = dealer(shares, random(seed, 7));
  const partOf = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) partOf[row] = dealt[deal()]!;
  return withCounts(partOf);
}

/** A split of so many rows at most: the others, drawn from the seed, are left out of all parts alike. */
export function thinned(split: Split, most: number, seed: number): Split {
  const used = split.partOf.length - split.counts.out;
  if (used <= most) return split;
  const deal = dealer([most, used - most], random(seed, 8));
  const partOf = split.partOf.map((part) =>
    part !== parts.out && deal() === 1 ? parts.out : part,
  );
  return withCounts(partOf);
}

/**
 * With labels (0 normal, 1 anomaly, 2 none): 60 % to train, 20 % to calibrate, 20 % to test, class by class. Of the training part only the
 * normal rows are used, a tenth of them to judge when to stop; rows without a label are left out. With `units` the
 * classes are not dealt one by one: the oldest 60 % train, the newest 20 % test, or the rows of 60 % and 20 % of the keys.
 */
export function splitLabelled(
  classes: Uint8Array,
  seed: number,
  units: SplitUnits | null = null,
): Split {
  if (units) return labelledUnits(classes, units, seed);
  const partOf = new Uint8Array(classes.length).fill(parts.out);
  const deals = [0, 1].map((kind) => {
    const members = classes.reduce((count, each) => count + (each === kind ? 1 : 0), 0);
    const train = Math.round(members * 0.6);
    const calibrate = Math.round(members * 0.2);
    const judges = Math.round(train * judging);
    const shares = [train - judges, judges, calibrate, members - train - calibrate];
    return dealer(shares, random(seed, 6, kind));
  });
  classes.forEach((kind, row) => {
    const part = deals[kind]?.();
    const learns = part === parts.train || part === parts.validate;
    if (part !== undefined && !(learns && kind === 1)) partOf[row] = part;
  });
  return withCounts(partOf);
}

/** The same by time, key or hash: what has no label is in no part, and no anomaly trains. */
function labelledUnits(classes: Uint8Array, units: SplitUnits, seed: number): Split {
  const labelled = classes.reduce((count, kind) => count + (kind === 2 ? 0 : 1), 0);
  const { shares, dealt } = labelledShares(labelled);
  const { partOf } = inUnits(units, shares, dealt, seed, (row) => classes[row] !== 2);
  classes.forEach((kind, row) => {
    const learns = partOf[row] === parts.train || partOf[row] === parts.validate;
    if (learns && kind === 1) partOf[row] = parts.out;
  });
  return withCounts(partOf);
}

/**
 * Deals units out, in order of their time or their keys in an order drawn from the seed: each to the part in which the
 * middle of its rows falls, so that none is parted and every share is nearly filled. A window that reaches into the times
 * of the next part is in none. A hash says by itself which part it is of, and shares are filled as chance has it.
 */
export function inUnits(
  { by, of, until }: SplitUnits,
  shares: readonly number[],
  dealt: readonly number[],
  seed: number,
  taken: (row: number) => boolean = () => true,
): Split {
  if (by === "hash") {
    const bounds = hashBounds(shares);
    return withCounts(
      Uint8Array.from(of, (hash, row) =>
        taken(row) ? dealt[shareOfHash(bounds, hash)]! : parts.out,
      ),
    );
  }
  const sizes = new Map<number, number>();
  of.forEach((unit, row) => {
    if (taken(row)) sizes.set(unit, (sizes.get(unit) ?? 0) + 1);
  });
  const units = [...sizes.keys()].sort((a, b) => a - b);
  const order =
    by === "time"
      ? units
      : Array.from(permutation(units.length, random(seed, 10)), (i) => units[i]!);
  const partOfUnit = new Map<number, number>();
  let before = 0;
  for (const unit of order) {
    const middle = before + sizes.get(unit)! / 2;
    let [share, end] = [0, shares[0]!];
    while (share < shares.length - 1 && middle >= end) end += shares[++share]!;
    partOfUnit.set(unit, dealt[share]!);
    before += sizes.get(unit)!;
  }
  const begins = until ? beginsOfNext(order, partOfUnit) : new Map<number, number>();
  const reaches = (row: number): boolean => {
    const next = begins.get(of[row]!);
    return next !== undefined && until![row]! >= next;
  };
  const partOf = Uint8Array.from(of, (unit, row) =>
    taken(row) && !reaches(row) ? partOfUnit.get(unit)! : parts.out,
  );
  return withCounts(partOf);
}

/** Of each time the first one of the part after its own; the last part has none after it. */
function beginsOfNext(
  times: readonly number[],
  partOf: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> {
  const begins = new Map<number, number>();
  let next: number | undefined;
  for (let i = times.length - 2; i >= 0; i--) {
    if (partOf.get(times[i]!) !== partOf.get(times[i + 1]!)) next = times[i + 1]!;
    if (next !== undefined) begins.set(times[i]!, next);
  }
  return begins;
}

/**
 * Deals rows out one by one: the number of the share that each goes to, every way of dealing equally
 * likely and every share exactly filled (selection sampling, Knuth's algorithm S), without a list of rows.
 */
export function dealer(shares: readonly number[], source: Random): () => number {
  const left = [...shares];
  let rows = left.reduce((a, b) => a + b, 0);
  return () => {
    let ticket = source.below(rows--);
    let share = 0;
    while (ticket >= left[share]!) ticket -= left[share++]!;
    left[share]!--;
    return share;
  };
}

/** Parts of rows with how many rows each has. */
export function withCounts(partOf: Uint8Array): Split {
  const totals = [0, 0, 0, 0, 0];
  for (const part of partOf) totals[part]!++;
  const [train, validate, calibrate, test, out] = totals as [
    number,
    number,
    number,
    number,
    number,
  ];
  return { partOf, counts: { train, validate, calibrate, test, out } };
}
