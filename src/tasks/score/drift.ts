import { type Note, note } from "../../data/terms/notes.ts";
import { logAllFrom } from "../../metrics/drift.ts";
import { mostCompared } from "../../preparation/alike-columns.ts";
import { RowSample } from "../../preparation/row-sample.ts";
import { random } from "../../random.ts";
import type { RawRows } from "../model/raw-rows.ts";
import type { TableModel } from "../model/table-model.ts";
import { categoryDrift, numberDrift } from "./column-drift.ts";
import { GroupDrift } from "./group-drift.ts";
import { RepeatedKey } from "./repeated-key.ts";
import { TwinColumns } from "./twin-columns.ts";

/** Tells how new rows differ from those that trained. */
export interface Drift {
  add(batch: RawRows): void;
  /** What a person should know; empty when nothing has drifted. */
  notes(): readonly Note[];
}

/** How often a file that is like the training rows may raise an alarm, over all columns and tests. */
const falseAlarms = 0.001;
/** Tests of a column: its range or new values, gaps, constancy, distribution, and whether it copies another. */
const testsOfColumn = 5;

/** Rows that are kept to see how columns are distributed, and cells of all columns together. */
const kept = { least: 500, most: 10_000, cells: 2_000_000 };

/** What is known of the rows that are watched. */
export interface Watched {
  /** The columns that batches have as text: those that name rows. */
  readonly text?: readonly string[];
}

/** What tells that the values of a column, all groups together, are not what they were. */
const movedCodes: ReadonlySet<string> = new Set(
  "drift_range drift_shift drift_scale drift_constant drift_copy".split(" "),
);

/** Watches the rows that a model scores. */
export function watchDrift(
  { metadata, numericColumns, categoryColumns }: TableModel,
  { text = [] }: Watched = {},
): Drift {
  const { profile, source } = metadata;
  const [p, q] = [numericColumns.length, categoryColumns.length];
  const known = categoryColumns.map((_, j) => new Set(profile.categories[j]!.values));
  const numbers = numericColumns.map(() => ({
    ...{ missing: 0, outside: 0 },
    ...{ minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY },
  }));
  const texts = categoryColumns.map(() => ({ missing: 0, unseen: 0, first: "", varied: false }));
  const fitting = Math.floor(kept.cells / Math.max(1, p + q));
  const most = Math.min(kept.most, Math.max(kept.least, fitting));
  const sample = new RowSample(p, q, most, random(42, 11));
  const compared = profile.alike && p + q <= mostCompared;
  const twins = compared && ([new TwinColumns(p), new TwinColumns(q)] as const);
  const groups =
    profile.groups &&
    new GroupDrift(
      profile.groups,
      numericColumns.map((column, j) => [column, profile.numeric[j]!]),
      source,
      text,
    );
  // a file from before groups were kept, or a private one, of rows that have their time
  const ids = metadata.columns?.some(({ role }) => role === "time")
    ? text.filter((name) => metadata.columns.find((each) => each.name === name)?.role === "id")
    : [];
  const repeated = groups ? undefined : new RepeatedKey(ids);
  // of a model with groups, one half of the false alarms is theirs
  const ofColumns = groups ? falseAlarms / 2 : falseAlarms;
  let rows = 0;
  return {
    add(batch) {
      const { rows: count, numeric, categories } = batch;
      rows += count;
      groups?.add(count, numeric, batch.text ?? []);
      repeated?.add(batch.text ?? []);
      for (let i = 0; i < count; i++) sample.add(batch, i);
      if (twins) {
        twins[0].add(numeric, count, p);
        twins[1].add(categories, count, q);
      }
      numbers.forEach((tally, j) => {
        const { minimum, maximum } = profile.numeric[j]!;
        for (let i = j; i < numeric.length; i += p) {
          const value = numeric[i]!;
          if (Number.isNaN(value)) {
            tally.missing++;
            continue;
          }
          if (value < minimum || value > maximum) tally.outside++;
          if (value < tally.minimum) tally.minimum = value;
          if (value > tally.maximum) tally.maximum = value;
        }
      });
      texts.forEach((tally, j) => {
        for (let i = j; i < categories.length; i += q) {
          const value = categories[i]!;
          if (value === "") {
            tally.missing++;
            continue;
          }
          if (!known[j]!.has(value)) tally.unseen++;
          if (tally.first === "") tally.first = value;
          else if (value !== tally.first) tally.varied = true;
        }
      });
    },
    notes() {
      // a network that came without data has nothing to compare with
      if (profile.rows === 0 || rows === 0) return [];
      const alpha = ofColumns / (testsOfColumn * (p + q));
      const common = { source, rows, trained: profile.rows, alpha };
      const found = [
        ...numericColumns.map((column, j) => {
          const now = { ...numbers[j]!, sample: sample.numbers(j) };
          return numberDrift(profile.numeric[j]!, now, { ...common, column });
        }),
        ...categoryColumns.map((column, j) => {
          const { first, varied, ...tally } = texts[j]!;
          const only = !varied && first !== "" && { only: first };
          const now = { ...tally, ...only, sample: sample.texts(j) };
          return categoryDrift(profile.categories[j]!, now, { ...common, column });
        }),
      ];
      const varies = (j: number): boolean =>
        j < p ? numbers[j]!.minimum < numbers[j]!.maximum : texts[j - p]!.varied;
      for (const [i, j, share] of twins ? copies(twins.map((each) => each.pairs())) : []) {
        if (!varies(i)) continue;
        // the copy is the one that is unlike what it was
        const [copy, other] = found[i]!.length > found[j]!.length ? [i, j] : [j, i];
        const names = { column: nameOf(copy), other: nameOf(other) };
        found[copy] = [note("drift_copy", { ...names, share: Math.floor(100 * share) })];
      }
      const told = found.flat();
      const moved = told.filter(({ code }) => movedCodes.has(code));
      const names = new Set(moved.map(({ parameters }) => String(parameters.column)));
      const key = profile.rows > 0 && repeated?.result();
      if (key) told.push(note("drift_groups_unknown", { key }));
      return [...told, ...(groups?.notes(falseAlarms / 2, names) ?? [])];
    },
  };

  function nameOf(j: number): string {
    return (j < p ? numericColumns[j]! : categoryColumns[j - p]!).name;
  }

  /** Pairs of columns that are equal here, and the share of training rows in which they were not at least. */
  function copies([numeric, categories]: (readonly (readonly [number, number])[])[]) {
    const alike = profile.alike!;
    const equalOf = new Map(alike.pairs.map(([i, j, equal]) => [`${i} ${j}`, equal]));
    const pairs = [...numeric!, ...categories!.map(([i, j]) => [p + i, p + j] as const)];
    const alpha = ofColumns / testsOfColumn / Math.max(1, (p * (p - 1) + q * (q - 1)) / 2);
    return pairs.flatMap(([i, j]) => {
      const different = alike.rows - (equalOf.get(`${i} ${j}`) ?? Math.floor(alike.rows / 2));
      const byChance = logAllFrom(alike.rows, rows, different) > Math.log(alpha);
      return byChance ? [] : [[i, j, different / alike.rows] as const];
    });
  }
}
