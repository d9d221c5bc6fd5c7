import { permutation, random, range, shuffled } from "../random.ts";
import { placesOf } from "./pick.ts";

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
  const partOf = new Uint8Array(rows);
  const order = permutation(rows, random(seed, 5));
  const judges = Math.min(Math.max(Math.round(rows * judging), rows > 1 ? 1 : 0), rows - 1);
  for (let i = 0; i < judges; i++) partOf[order[i]!] = parts.validate;
  return withCounts(partOf);
}

/**
 * With labels (0 normal, 1 anomaly, 2 none): 60 % to train, 20 % to calibrate, 20 % to test, class by class. Of the training part only the
 * normal rows are used, a tenth of them to judge when to stop; rows without a label are left out.
 */
export function splitLabelled(classes: Uint8Array, seed: number): Split {
  const partOf = new Uint8Array(classes.length).fill(parts.out);
  for (const kind of [0, 1]) {
    const members = shuffled(
      placesOf(range(classes.length), (row) => classes[row] === kind),
      random(seed, 6, kind),
    );
    const train = Math.round(members.length * 0.6);
    const calibrate = Math.round(members.length * 0.2);
    const judges = Math.round(train * judging);
    members.forEach((row, i) => {
      if (i >= train + calibrate) partOf[row] = parts.test;
      else if (i >= train) partOf[row] = parts.calibrate;
      else if (kind === 0) partOf[row] = i < judges ? parts.validate : parts.train;
    });
  }
  return withCounts(partOf);
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
