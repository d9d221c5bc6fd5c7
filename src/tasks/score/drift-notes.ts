import { type Note, note } from "../../data/terms/notes.ts";
import { logAllFrom } from "../../metrics/drift.ts";
import { mostCompared } from "../../preparation/alike-columns.ts";
import type { TableModel } from "../model/table-model.ts";
import { categoryDrift, type NumbersSeen, numberDrift, type TextsSeen } from "./column-drift.ts";

/** How often a file that is like the training rows may raise an alarm, over all columns and tests. */
const falseAlarms = 0.001;
/** Tests of a column: its range or new values, gaps, constancy, distribution, and whether it copies another. */
const testsOfColumn = 5;

/** Rows that are kept to see how columns are distributed, and cells of all columns together. */
const kept = { least: 500, most: 10_000, cells: 2_000_000 };

/** What was seen of rows, whoever went through them. */
export interface RowsSeen {
  readonly rows: number;
  /** In the order of the inputs. */
  readonly numbers: readonly NumbersSeen[];
  readonly texts: readonly TextsSeen[];
  /** Pairs of numeric columns, and of category columns, that are equal in every row; absent where nobody looked. */
  readonly twins?: readonly [numeric: Pairs, categories: Pairs];
}
type Pairs = readonly (readonly [one: number, other: number])[];

/** How many of so many columns' cells are worth keeping to see how these are distributed. */
export function rowsToKeep({ numericColumns, categoryColumns }: ModelColumns): number {
  const columns = Math.max(1, numericColumns.length + categoryColumns.length);
  return Math.min(kept.most, Math.max(kept.least, Math.floor(kept.cells / columns)));
}

/** Whether a model knows how often its columns were equal in training, and has not too many of them. */
export const looksForTwins = ({
  metadata: { profile },
  numericColumns,
  categoryColumns,
}: ModelColumns): boolean =>
  profile.alike !== undefined && numericColumns.length + categoryColumns.length <= mostCompared;

/** What is known of the columns of a model. */
type ModelColumns = Pick<TableModel, "metadata" | "numericColumns" | "categoryColumns">;

/**
 * How often the columns of a file that is like the training rows may raise an alarm; of a model with groups, these may as
 * often.
 */
export const falseAlarmsOf = ({ metadata }: Pick<TableModel, "metadata">): number =>
  metadata.profile.groups ? falseAlarms / 2 : falseAlarms;

/** How rows differ from those that trained, column by column; nothing where there are none of either. */
export function driftNotes(model: ModelColumns, seen: RowsSeen): readonly Note[] {
  const { metadata, numericColumns, categoryColumns } = model;
  const { profile, source } = metadata;
  const { rows, numbers, texts, twins } = seen;
  const [p, q] = [numericColumns.length, categoryColumns.length];
  if (profile.rows === 0 || rows === 0) return [];
  const ofColumns = falseAlarmsOf(model);
  const alpha = ofColumns / (testsOfColumn * (p + q));
  const common = { source, rows, trained: profile.rows, alpha };
  const found = [
    ...numericColumns.map((column, j) =>
      numberDrift(profile.numeric[j]!, numbers[j]!, { ...common, column }),
    ),
    ...categoryColumns.map((column, j) =>
      categoryDrift(profile.categories[j]!, texts[j]!, { ...common, column }),
    ),
  ];
  const varies = (j: number): boolean => {
    if (j < p) return numbers[j]!.minimum < numbers[j]!.maximum;
    const { only, missing } = texts[j - p]!;
    return only === undefined && missing < rows;
  };
  for (const [i, j, share] of twins ? copies(twins) : []) {
    if (!varies(i)) continue;
    // the copy is the one that is unlike what it was
    const [copy, other] = found[i]!.length > found[j]!.length ? [i, j] : [j, i];
    const names = { column: nameOf(copy), other: nameOf(other) };
    found[copy] = [note("drift_copy", { ...names, share: Math.floor(100 * share) })];
  }
  return found.flat();

  function nameOf(j: number): string {
    return (j < p ? numericColumns[j]! : categoryColumns[j - p]!).name;
  }

  /** Pairs of columns that are equal here, and the share of training rows in which they were not at least. */
  function copies([numeric, categories]: readonly [Pairs, Pairs]) {
    const alike = profile.alike!;
    const equalOf = new Map(alike.pairs.map(([i, j, equal]) => [`${i} ${j}`, equal]));
    const pairs = [...numeric, ...categories.map(([i, j]) => [p + i, p + j] as const)];
    const ofPairs = ofColumns / testsOfColumn / Math.max(1, (p * (p - 1) + q * (q - 1)) / 2);
    return pairs.flatMap(([i, j]) => {
      const different = alike.rows - (equalOf.get(`${i} ${j}`) ?? Math.floor(alike.rows / 2));
      const byChance = logAllFrom(alike.rows, rows, different) > Math.log(ofPairs);
      return byChance ? [] : [[i, j, different / alike.rows] as const];
    });
  }
}
