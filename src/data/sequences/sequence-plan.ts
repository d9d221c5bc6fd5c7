import { EspejoError } from "../../errors.ts";
import type { ArraysOptions } from "../terms/arrays.ts";
import { findColumn, missingColumn } from "../terms/find.ts";
import { isUnfair } from "../terms/judgements.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Column, Table } from "../terms/table.ts";

/** Which columns of a table are what, when its rows are steps of series. */
export interface SequencePlan {
  readonly features: readonly string[];
  /** A column of numbers or dates. */
  readonly time: string | null;
  readonly group: string | null;
  readonly label: string | null;
  /** Columns that hold no numbers, and are no part of the sequences. */
  readonly others: readonly string[];
}

export function planSequences(table: Table, options: ArraysOptions, notes: Note[]): SequencePlan {
  const { columns, path } = table;
  const { like } = options;
  const names = columns.map(({ name }) => name);
  const columnOf = (name: string): Column => columns[findColumn(names, name, path)]!;
  const groupName = options.group ?? like?.group ?? undefined;
  const group = groupName === undefined ? null : columnOf(groupName).name;
  const label = columns.find(({ role }) => role === "label")?.name ?? null;
  const time = timeColumn(columns, columnOf, options, group, notes);
  const free = (column: Column): boolean =>
    column.name !== group && column.name !== label && column.name !== time;
  const features = like?.features
    ? like.features.map((name) => {
        if (names.includes(name)) return name;
        const used = [...like.features!, time, group].filter((each) => each !== null);
        throw missingColumn(path, name, names, used);
      })
    : columns
        .filter((c) => c.role === "feature" && c.type === "number" && free(c) && !isUnfair(c))
        .map((c) => c.name);
  if (features.length === 0) throw new EspejoError("no_features", { path });
  const passed = columns.filter((c) => c.role === "feature" && c.type !== "number" && free(c));
  if (!like?.features)
    for (const column of columns.filter((c) => free(c) && isUnfair(c)))
      notes.push(note("judgement_left_out", { column: column.name }));
  const others = like ? [] : passed.map(({ name }) => name);
  return { features, time, group, label, others };
}

function timeColumn(
  columns: readonly Column[],
  columnOf: (name: string) => Column,
  { time, like }: ArraysOptions,
  group: string | null,
  notes: Note[],
): SequencePlan["time"] {
  const stated = time ?? like?.time ?? undefined;
  if (stated !== undefined) {
    return columnOf(stated).name;
  }
  const dates = columns.filter((c) => c.type === "date" && c.role !== "ignore" && c.name !== group);
  const found =
    columns.find(({ role }) => role === "time") ?? (dates.length === 1 ? dates[0] : undefined);
  if (!found) return null;
  notes.push(note("sequence_time", { column: found.name }));
  return found.name;
}
