import type { Preparation } from "../../preparation/plan.ts";
import type { TrainingProfile } from "../../preparation/statistics.ts";
import type { Golden } from "./metadata.ts";
import type { RawRows } from "./raw-rows.ts";

/** Example rows that a model file carries, to tell whether an engine computes what it should. */
export const golden = { tolerance: 1e-3 };

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
    throw new RangeError(`golden rows need ${columns} numbers each`);
  return { rows: numeric.length, numeric: cells, categories: categories.flat() };
}
