import { type Note, note } from "../../data/terms/notes.ts";
import { mistake } from "../../errors.ts";
import type { Preparation } from "../../preparation/plan.ts";
import type { TrainingProfile } from "../../preparation/statistics.ts";
import type { Golden } from "./metadata.ts";
import type { RawRows } from "./raw-rows.ts";

/** How far, in shares, the score of an example row may lie from the one that the file keeps with it. */
const tolerance = 1e-3;

/** A note when example rows no longer get the scores that a model file keeps with them, or null. */
export function goldenNote(
  kept: readonly (number | null)[],
  scores: readonly number[],
): Note | null {
  // what is not finite is kept as null, and has to come out so
  const differences = kept.map((score, i) =>
    score === null || !Number.isFinite(scores[i])
      ? score === null && !Number.isFinite(scores[i])
        ? 0
        : 1
      : Math.abs(score - scores[i]!) / Math.max(1e-3, Math.abs(score)),
  );
  const difference = differences.reduce((most, each) => Math.max(most, each), 0);
  return difference > tolerance
    ? note("golden_differs", { difference: `${(100 * difference).toPrecision(2)} %` })
    : null;
}

/** Rows made from the deciles of the columns and the commonest categories, and one of missing cells. */
export function goldenRows(
  profile: TrainingProfile,
  preparation: Preparation,
): Omit<Golden, "scores"> {
  const places = [0, 1, 2];
  const { categories } = preparation;
  return {
    numeric: [
      ...places.map((i) => profile.numeric.map(({ deciles }) => deciles[i]!)),
      profile.numeric.map(() => null),
    ],
    categories: [
      ...places.map((i) => categories.map(({ values }) => values[i] ?? values[0] ?? "")),
      categories.map(() => ""),
    ],
  };
}

/** The example rows as a model takes them. */
export function rowsOfGolden(
  { numeric, categories }: Omit<Golden, "scores">,
  columns: number,
): RawRows {
  const cells = Float64Array.from(numeric.flat(), (value) => value ?? Number.NaN);
  if (cells.length !== numeric.length * columns)
    throw mistake(`golden rows need ${columns} numbers each`);
  return { rows: numeric.length, numeric: cells, categories: categories.flat() };
}
