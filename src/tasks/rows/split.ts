import { type Random, random } from "../../random.ts";

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

/**
 * Without labels: nine of ten rows train, the tenth both judges when to stop and calibrates the threshold.
 */
export function splitUnlabelled(rows: number, seed: number): Split {
  const judges = Math.min(Math.max(Math.round(rows * judging), rows > 1 ? 1 : 0), rows - 1);
  const deal = dealer([rows - judges, judges], random(seed, 5));
  const partOf = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) partOf[row] = deal() === 0 ? parts.train : parts.validate;
  return withCounts(partOf);
}

/**
 * Without labels, for what is compared: eight of ten rows train, one judges when to stop, and one tests,
 * which has no say in anything.
 */
export function splitInThree(rows: number, seed: number): Split {
  const tenth = Math.min(Math.max(Math.round(rows * judging), 1), Math.floor(rows / 3));
  const deal = dealer([rows - 2 * tenth, tenth, tenth], random(seed, 7));
  const partOf = new Uint8Array(rows);
  const dealt = [parts.train, parts.validate, parts.test];
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
 * normal rows are used, a tenth of them to judge when to stop; rows without a label are left out.
 */
export function splitLabelled(classes: Uint8Array, seed: number): Split {
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

function withCounts(partOf: Uint8Array): Split {
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
