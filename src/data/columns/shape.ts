import { type Note, note } from "../terms/notes.ts";
import type { TableShape } from "../terms/shape.ts";
import type { Batch, BatchRequest, Column, Table } from "../terms/table.ts";
import { type HeadColumn, HeadNumbers } from "./head-numbers.ts";
import { isStated } from "./key-candidates.ts";
import { type KeyFound, KeyWatch } from "./keys.ts";
import { likelyLabels } from "./likely-label.ts";
import { type NumberMark, numberMarks } from "./number-marks.ts";
import { spreadsOf } from "./spreads.ts";

/** What needs to see rows to tell what a table is. */
export interface RowWatch {
  readonly request: BatchRequest;
  /** Takes the next rows; false once it has seen enough. */
  add(batch: Batch): boolean;
}

/** A table that is understood: the roles of its columns follow from what it is. */
export interface Understood {
  readonly columns: readonly Column[];
  readonly shape: TableShape;
  readonly notes: readonly Note[];
}

/** Categories with more values make many inputs of one kind. */
const manyCategories = 50;
/** Steps of which fewer are the usual one are called uneven. */
const even = 0.99;

/** Tells what a table is from its columns, once the watches that ask for some have seen the rows they ask for. */
export function understanding(
  { columns, rows, detected }: Pick<Table, "columns" | "rows" | "detected">,
  remembered = forgetful,
) {
  const keys = remembered(new KeyWatch(columns, rows));
  const numbers = remembered(new HeadNumbers(columns));
  const asks = ({ request }: RowWatch): boolean =>
    request.numeric.length + (request.text?.length ?? 0) > 0;
  return {
    watches: [keys, numbers].filter(asks) as readonly RowWatch[],
    result(): Understood {
      const { panel, series } = keys.result();
      const found = panel ?? series;
      const placed = columns.map((column) => withRole(column, found));
      const learnt = new Set(placed.filter(({ input }) => input).map(({ name }) => name));
      const seen = numbers.columns.filter(({ name }) => learnt.has(name));
      const marks = unsettledMarks(seen, detected);
      const { tails, zeros } = spreadsOf(numbers.columns, new Set(marks.map(({ mark }) => mark)));
      const features = placed.filter(({ role }) => role === "feature");
      const feature = (name: string): boolean => features.some((each) => each.name === name);
      const shape: TableShape = {
        kind: panel ? "panel" : series ? "series" : "rows",
        ...{ key: found?.key ?? [], alias: found?.alias ?? [], time: found?.time ?? null },
        clock: found?.clock ?? null,
        ...{ keys: found?.keys ?? 0, times: found?.times ?? 0 },
        step: found && found.stamps.share > 0 ? found.stamps.step : null,
        even: found ? found.stamps.share >= even : false,
        labels: likelyLabels(placed, rows, found !== null),
        // what grows with time is not read alike
        tails: found && !panel ? [] : tails.filter(feature),
        zeros: zeros.filter(([column]) => feature(column)),
        categories: features.flatMap(({ name, input, profile }) =>
          input === "categories" && profile.distinct > manyCategories
            ? [[name, profile.distinct] as const]
            : [],
        ),
      };
      return { columns: placed, shape, notes: [...markNotes(marks), ...shapeNotes(placed, shape)] };
    },
  };
}

/** Gives a watch that has seen the same rows, read alike, in the place of one that has seen none. */
type Remembered = <Watch extends RowWatch>(watch: Watch) => Watch;
const forgetful: Remembered = (watch) => watch;

/**
 * A table with what it is: reads the columns that may tell it once more. With `recall` no row is read again for a
 * question that was asked before of columns that were read alike.
 */
export async function understood(table: Table, recall?: Map<string, unknown>): Promise<Table> {
  const keyOf = ({ request }: RowWatch): string => {
    const names = [...request.numeric, ...(request.text ?? [])];
    const asked = table.columns.filter(({ name }) => names.includes(name));
    const read = asked.map(({ name, type, profile }) => ({ name, type, profile }));
    return `shape ${JSON.stringify([request, read, table.detected])}`;
  };
  const known = new Set<RowWatch>();
  const remembered: Remembered = (watch) => {
    const found = recall?.get(keyOf(watch)) as typeof watch | undefined;
    if (found) known.add(found);
    return found ?? watch;
  };
  const { watches, result } = understanding(table, remembered);
  for (const watch of watches) {
    if (known.has(watch)) continue;
    for await (const batch of table.batches(watch.request)) if (!watch.add(batch)) break;
    recall?.set(keyOf(watch), watch);
  }
  return withShape(table, result());
}

/** A table with what was understood of it; what was said before of columns whose role changed no longer holds. */
export function withShape(table: Table, { columns, shape, notes }: Understood): Table {
  const changed = new Set(
    columns.filter((column, i) => column !== table.columns[i]).map(({ name }) => name),
  );
  const holds = ({ code, parameters }: Note): boolean =>
    code !== "left_out" || !changed.has(String(parameters.column));
  const before = table.notes.filter(holds);
  return { ...table, columns, shape, notes: marksFirst([...before, ...notes]) };
}

/** Numbers that may be marks, but for those that a person said mean something. */
const unsettledMarks = (
  columns: readonly HeadColumn[],
  { notMissing }: Table["detected"],
): readonly NumberMark[] =>
  numberMarks(columns).filter(({ mark }) => !notMissing?.includes(String(mark)));

/** Notes with those of numbers that may be marks before all others. */
function marksFirst(notes: readonly Note[]): readonly Note[] {
  const ofMark = ({ code }: Note): boolean => code.startsWith("number_mark_");
  return [...notes.filter(ofMark), ...notes.filter((each) => !ofMark(each))];
}

/** A table that is cut into windows, whose shape nobody asks for, with what its numbers may mean. */
export async function suspected(table: Table): Promise<Table> {
  const numbers = new HeadNumbers(table.columns);
  if (numbers.request.numeric.length === 0) return table;
  for await (const batch of table.batches(numbers.request)) if (!numbers.add(batch)) break;
  const notes = markNotes(unsettledMarks(numbers.columns, table.detected));
  return { ...table, notes: marksFirst([...table.notes, ...notes]) };
}

/** What a person should know of numbers that may stand for "missing". */
const markNotes = (marks: readonly NumberMark[]): Note[] =>
  marks.map(({ mark, columns, count, values, others }) => {
    const share = ((100 * count) / values).toFixed(1);
    const told = { mark: String(mark), columns, share };
    return others.length > 0
      ? note("number_mark_mixed", { ...told, others })
      : note("number_mark_likely", told);
  });

/** A column with the role that it has in a panel or in series; what a person stated stays. */
function withRole(column: Column, found: KeyFound | null): Column {
  if (isStated(column) || !found) return column;
  const { name } = column;
  if (found.key.includes(name) || found.alias.includes(name))
    return { ...column, role: "id", input: null, why: note("why_key", { time: found.time }) };
  if (name === found.time && column.role !== "time")
    return { ...column, role: "time", input: null, why: note("why_key_time") };
  return column;
}

/** What a person should know of the kind of a table. */
function shapeNotes(columns: readonly Column[], shape: TableShape): Note[] {
  const { kind, key, alias, time, keys, times, zeros, categories, tails } = shape;
  const dates = columns.filter(
    (column) => column.role === "feature" && column.type === "date" && !isStated(column),
  );
  return [
    ...(kind === "panel"
      ? [note("shape_panel", { key: [...key, ...alias], keys, time: time!, times })]
      : []),
    ...(kind === "series" && key.length > 0
      ? [note("shape_series", { key: [...key, ...alias], keys, time: time!, times })]
      : []),
    ...(kind === "series" && key.length === 0
      ? columns
          .filter(({ why }) => why.code === "why_key_time")
          .map(({ name, why }) => note("left_out", { column: name, why }))
      : []),
    ...(kind === "series" && !shape.even ? [note("shape_uneven", { time: time! })] : []),
    ...dates.map(({ name }) => note("date_learnt", { column: name })),
    ...(tails.length > 0 ? [note("tails", { columns: tails })] : []),
    ...zeros.map(([column, share]) => note("zeros", { column, share: (100 * share).toFixed(0) })),
    ...categories.map(([column, distinct]) => note("many_categories", { column, distinct })),
  ];
}
