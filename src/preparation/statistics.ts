import type { Batch } from "../data/terms/table.ts";
import { random } from "../random.ts";
import { type AlikeColumns, alikeColumns, mostCompared } from "./alike-columns.ts";
import { type GroupProfiles, GroupSummaries } from "./group-profiles.ts";
import {
  type NumberFacts,
  type NumberProfile,
  numberProfile,
  numericPlan,
} from "./number-facts.ts";
import { NumberSummaries } from "./number-summaries.ts";
import type { CategoryPlan, FeatureColumn, Preparation, Scaling } from "./plan.ts";
import { placesOfCategory } from "./plan.ts";
import { RowSample } from "./row-sample.ts";

export interface PreparationOptions {
  readonly scaling?: Scaling;
  /** Columns to take the logarithm of. */
  readonly log?: readonly string[];
  readonly marks?: readonly number[];
  /** Columns that name the group of a row, which are the text of the batches. */
  readonly groups?: readonly string[];
  readonly seed?: number;
}

/** Statistics of the rows that train, gathered batch by batch in bounded memory. */
export interface Statistics {
  /** Takes the rows of a batch for which `keep` holds; numeric [rows, p] and categories [rows, q]. */
  add(batch: Batch, keep: (row: number) => boolean): void;
  /** The preparation that follows from them. */
  preparation(): Preparation;
  /** What scoring compares new data with. */
  profile(): TrainingProfile;
}

/** What the training rows were like. */
export interface TrainingProfile {
  readonly rows: number;
  readonly numeric: readonly NumberProfile[];
  readonly categories: readonly {
    readonly missing: number;
    /** The values that were there, commonest first; beyond 1,000 they are not kept. */
    readonly values: readonly string[];
    /** How often each was there; absent in files from before it was kept. */
    readonly counts?: readonly number[];
  }[];
  /** How often columns have the same cells; absent in files from before it was kept, and for very many columns. */
  readonly alike?: AlikeColumns;
  /** What its groups were like where rows have some; absent where they have none, and in files from before it was kept. */
  readonly groups?: GroupProfiles;
}

/** All that was counted of the rows that train, whoever counted it. */
export interface Counted {
  readonly rows: number;
  readonly numbers: readonly NumberFacts[];
  /** How often each value of each category was there, "" for missing ones. */
  readonly categories: readonly ReadonlyMap<string, number>[];
  /** Some of the rows, in which columns are compared with each other; null where they are too many. */
  readonly sample: RowSample | null;
  readonly groups?: GroupProfiles | undefined;
}

/** The preparation that follows from what was counted. */
export function preparationOf(
  numeric: readonly FeatureColumn[],
  categories: readonly FeatureColumn[],
  counted: Counted,
  { scaling = "standard", log = [], marks = [] }: PreparationOptions = {},
): Preparation {
  return {
    numeric: numeric.map((column, j) =>
      numericPlan(column, counted.numbers[j]!, { log: log.includes(column.name), scaling }),
    ),
    categories: categories.map(({ name }, j) => categoryPlan(name, counted.categories[j]!)),
    marks,
  };
}

/** What scoring compares new data with, from what was counted. */
export function profileOf(numeric: readonly FeatureColumn[], counted: Counted): TrainingProfile {
  const { rows, numbers, categories, sample, groups } = counted;
  return {
    rows,
    numeric: numeric.map((column, j) => numberProfile(column, numbers[j]!)),
    categories: categories.map((count) => {
      const values = byCount(count).slice(0, keptValues);
      return {
        ...{ missing: count.get("") ?? 0, values },
        counts: values.map((value) => count.get(value)!),
      };
    }),
    ...(sample && { alike: alikeColumns(sample, numeric.length, categories.length) }),
    ...(groups && { groups }),
  };
}

/** A sample of rows for comparing columns with each other; null where these are too many. */
export const sampleToCompare = (
  numeric: number,
  categories: number,
  seed: number,
): RowSample | null =>
  numeric + categories <= mostCompared
    ? new RowSample(numeric, categories, rowsCompared, random(seed, 10))
    : null;

export function gatherStatistics(
  numeric: readonly FeatureColumn[],
  categories: readonly FeatureColumn[],
  options: PreparationOptions = {},
): Statistics {
  const { log = [], marks = [], groups, seed = 42 } = options;
  const numbers = new NumberSummaries(numeric, log, random(seed, 4));
  const counts = categories.map(() => new Map<string, number>());
  const marked = new Set(marks);
  const sample = sampleToCompare(numeric.length, categories.length, seed);
  const grouped = groups && new GroupSummaries(groups, numeric.length, random(seed, 12));
  let rows = 0;
  const counted = (): Counted => ({
    rows,
    numbers: numeric.map((_, j) => numbers.facts(j)),
    ...{ categories: counts, sample, groups: grouped?.profiles() },
  });
  return {
    add(batch, keep) {
      const { start, rows: count, numeric: cells, categories: texts } = batch;
      for (let i = 0; i < count; i++) {
        if (!keep(start + i)) continue;
        rows++;
        numbers.add(cells, i * numeric.length, marked);
        sample?.add(batch, i);
        if (grouped) {
          const key = batch.text.map((column) => column[i]!);
          grouped.add({ numeric: cells, at: i * numeric.length, key }, marked);
        }
        for (let j = 0; j < counts.length; j++) {
          const value = texts[i * counts.length + j]!;
          counts[j]!.set(value, (counts[j]!.get(value) ?? 0) + 1);
        }
      }
    },
    preparation: () => preparationOf(numeric, categories, counted(), options),
    profile: () => profileOf(numeric, counted()),
  };
}

/** Values of a category that the profile names. */
export const keptValues = 1000;

/** Rows in which columns are compared with each other. */
const rowsCompared = 1000;

/** The values of a category, the commonest first, without the empty one that stands for missing. */
const byCount = (counts: ReadonlyMap<string, number>): string[] =>
  [...counts]
    .filter(([value]) => value !== "")
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([value]) => value);

function categoryPlan(name: string, counts: ReadonlyMap<string, number>): CategoryPlan {
  const values = byCount(counts).slice(0, placesOfCategory);
  return { name, values, fill: 0, flag: counts.has("") && values.length > 0 };
}
