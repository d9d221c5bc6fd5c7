import { type Note, note } from "../../data/terms/notes.ts";
import { RowSample } from "../../preparation/row-sample.ts";
import { random } from "../../random.ts";
import type { RawRows } from "../model/raw-rows.ts";
import type { TableModel } from "../model/table-model.ts";
import { driftNotes, falseAlarmsOf, looksForTwins, rowsToKeep } from "./drift-notes.ts";
import { GroupDrift } from "./group-drift.ts";
import { RepeatedKey } from "./repeated-key.ts";
import { TwinColumns } from "./twin-columns.ts";

/** Tells how new rows differ from those that trained. */
export interface Drift {
  add(batch: RawRows): void;
  /** What a person should know; empty when nothing has drifted. */
  notes(): readonly Note[];
}

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
export function watchDrift(model: TableModel, { text = [] }: Watched = {}): Drift {
  const { metadata, numericColumns, categoryColumns } = model;
  const { profile, source } = metadata;
  const [p, q] = [numericColumns.length, categoryColumns.length];
  const known = categoryColumns.map((_, j) => new Set(profile.categories[j]!.values));
  const numbers = numericColumns.map(() => ({
    ...{ missing: 0, outside: 0 },
    ...{ minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY },
  }));
  const texts = categoryColumns.map(() => ({ missing: 0, unseen: 0, first: "", varied: false }));
  const sample = new RowSample(p, q, rowsToKeep(model), random(42, 11));
  const twins = looksForTwins(model) && ([new TwinColumns(p), new TwinColumns(q)] as const);
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
      const told = driftNotes(model, {
        rows,
        numbers: numbers.map((tally, j) => ({ ...tally, sample: sample.numbers(j) })),
        texts: texts.map(({ first, varied, ...tally }, j) => {
          const only = !varied && first !== "" && { only: first };
          return { ...tally, ...only, sample: sample.texts(j) };
        }),
        ...(twins && { twins: [twins[0].pairs(), twins[1].pairs()] }),
      });
      // a network that came without data has nothing to compare with
      if (profile.rows === 0 || rows === 0) return [];
      const moved = told.filter(({ code }) => movedCodes.has(code));
      const names = new Set(moved.map(({ parameters }) => String(parameters.column)));
      const key = repeated?.result();
      return [
        ...told,
        ...(key ? [note("drift_groups_unknown", { key })] : []),
        ...(groups?.notes(falseAlarmsOf(model), names) ?? []),
      ];
    },
  };
}
