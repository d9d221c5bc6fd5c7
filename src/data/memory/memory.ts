import { EspejoError, mistake } from "../../errors.ts";
import { checkArgument, checkOptions } from "../../options.ts";
import { z } from "../../schema.ts";
import { isMark, type Marks, marksOf } from "../cells/marks.ts";
import { zoneOf } from "../cells/zones.ts";
import { columnNotes, makeColumn, type Top } from "../columns/columns.ts";
import {
  detectedDates,
  doubtNotes,
  isMixed,
  offsetNotes,
  writtenDates,
  writtenNotes,
} from "../columns/date-notes.ts";
import { knownStyles, numberContext, ownStyles, styleNotes } from "../columns/number-styles.ts";
import { planColumns } from "../columns/plan.ts";
import { worthSequence } from "../columns/roles.ts";
import { understanding, withShape } from "../columns/shape.ts";
import { checkTime, checkZone, clocksOfZone } from "../columns/time-options.ts";
import type { Candidate } from "../columns/typed.ts";
import { findColumn } from "../terms/find.ts";
import { refuseWritten } from "../terms/idle-options.ts";
import { type Note, note } from "../terms/notes.ts";
import { memoryOptions } from "../terms/open-options.ts";
import {
  type Batch,
  type BatchRequest,
  batchRowsOf,
  type Detected,
  marksKnown,
  type OpenOptions,
  type Table,
} from "../terms/table.ts";
import {
  isDate,
  kindOf,
  type MemoryColumn,
  type MemoryValue,
  memoryColumn,
  memoryFacts,
  memorySequence,
  memoryTop,
  refuseNested,
  textOf,
  type UnreadCell,
} from "./memory-column.ts";
import { countMemory, guessMemory, memoryClock, memoryOrder, wordsAmong } from "./memory-dates.ts";
import { settleUnread } from "./memory-unread.ts";

/** What is told of columns in memory: roles, types, missing marks, the model they must match. */
export type MemoryOptions = Pick<
  OpenOptions,
  | "label"
  | "features"
  | "ignore"
  | "id"
  | "weight"
  | "time"
  | "types"
  | "dates"
  | "zone"
  | "missing"
  | "notMissing"
  | "numbers"
  | "decimal"
  | "thousands"
  | "strict"
  | "expect"
  | "prior"
  | "priorDates"
>;

const detected: Detected = {
  format: "memory",
  delimiter: "",
  quote: "",
  decimal: ".",
  thousands: "none",
  encoding: "utf-8",
  dates: null,
  missing: [],
  header: true,
  skipped: [],
};

const isObject = (row: unknown): boolean => typeof row === "object" && row !== null;
const rowsOfObjects = z.custom<unknown>(
  (rows) => Array.isArray(rows) && Array.from(rows).every(isObject),
  "a list of objects, one for each row",
);
const cellsPart = z.custom<unknown>(
  (cells) => Array.isArray(cells) || (ArrayBuffer.isView(cells) && !(cells instanceof DataView)),
  "a list or a typed array",
);

/** A table of objects, one a row; the columns are all keys, in order of appearance. */
export function tableFromRows(
  rows: readonly Readonly<Record<string, MemoryValue>>[],
  options: MemoryOptions = {},
): Table {
  checkArgument("tableFromRows: the rows", rowsOfObjects, rows);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]));
  return tableFromColumns(columns, options);
}

/** A table of arrays or typed arrays by name, all of one length. The arrays are read once, here. */
export function tableFromColumns(
  data: Readonly<Record<string, ArrayLike<MemoryValue>>>,
  options: MemoryOptions = {},
): Table {
  checkArgument("tableFromColumns: the columns", z.record(z.string(), cellsPart), data);
  checkOptions("a table in memory", memoryOptions, options);
  const path = "rows";
  const names = Object.keys(data);
  const rows = names.length > 0 ? data[names[0]!]!.length : 0;
  for (const name of names) {
    if (data[name]!.length !== rows) {
      throw mistake(
        `tableFromColumns: "${name}" has ${data[name]!.length} rows, "${names[0]}" ${rows}`,
      );
    }
  }
  if (rows === 0) throw new EspejoError("file_no_rows", { path });
  const notes: Note[] = [];
  const plan = planColumns({ path, names, header: true }, options, notes);
  const { missing, notMissing } = marksKnown(options);
  const stated = [...missing];
  let marks: Marks = marksOf(stated, notMissing);
  const values = names.map((name) => data[name]!);
  names.forEach((name, i) => {
    refuseNested(name, values[i]!, path);
  });
  if (!values.some((column) => kindOf(column, marks) === "text"))
    refuseWritten(path, detected.format, options);
  const texts = values
    .filter((column) => kindOf(column, marks) === "text")
    .map((column) =>
      Array.from({ length: Math.min(1000, rows) }, (_, i) => textOf(column[i], marks)),
    );
  const context = numberContext(texts, "", options, notes);
  const { styles } = knownStyles(
    {
      names,
      path,
      head: (i) => (kindOf(values[i]!, marks) === "text" ? examples(values[i]!) : []),
    },
    options,
    notes,
  );
  const candidates = names.map((name, i): Candidate => {
    const layouts = options.prior?.layouts?.[name];
    const known = { name, type: plan.types.get(i), role: plan.roles.get(i)?.role, layouts };
    if (plan.matched && !known.role) return { kind: kindOf(values[i]!, marks), native: true };
    return guessMemory({ ...known, style: styles.get(i) }, values[i]!, marks, context);
  });
  for (const { value, count, column } of wordsAmong(names, candidates, values, marks)) {
    notes.push(note("marks_found", { mark: value, column, count }));
    stated.push(value);
  }
  marks = marksOf(stated, notMissing);
  const { order, notes: orders } = memoryOrder(path, names, candidates, values, marks, options);
  notes.push(...orders);
  const place = options.zone ?? options.prior?.zone;
  const zone = place === undefined ? null : zoneOf(place);
  const reading = { order, zone, stated: options.dates !== undefined };
  const held = names.map((name, i) => {
    const column = memoryColumn(name, values[i]!, candidates[i]!, marks, path, reading);
    if (column.unread.length === 0) return column;
    const typed = plan.types.has(i) || styles.has(i);
    const role = plan.roles.get(i)?.role;
    const used = plan.types.has(i) || (role !== "ignore" && role !== "label" && role !== "id");
    const settled = settleUnread(path, name, column, { typed, used, strict: options.strict });
    if (settled === "text") {
      const [{ value }] = column.unread as [UnreadCell];
      candidates[i] = { kind: "text", mixed: { bad: column.unread.length, value } };
      return memoryColumn(name, values[i]!, candidates[i]!, marks, path, reading);
    }
    if (settled) notes.push(settled);
    return column;
  });
  const tops = new Map<number, Top>();
  const columns = held.map((column, i) => {
    const facts = memoryFacts(column);
    const top = column.texts && !column.numbers ? memoryTop(column.texts) : undefined;
    if (top) tops.set(i, top);
    const basis = { name: names[i]!, rows, candidate: column.candidate };
    const sequence = worthSequence({ ...basis, facts }) ? memorySequence(column) : undefined;
    const known = !plan.matched || plan.roles.has(i);
    return makeColumn(
      plan,
      i,
      { ...basis, top, sequence },
      known ? facts : undefined,
      examples(data[names[i]!]!),
    );
  });
  checkTime(path, columns);
  const heads = names.map((name) => examples(data[name]!));
  const natives = names.map(() => null);
  checkZone(path, options.zone, candidates, natives);
  if (!plan.matched)
    notes.push(
      ...columnNotes(columns, tops),
      ...styleNotes(columns, candidates, heads, context.table),
      ...doubtNotes(names, candidates),
    );
  const asText = writtenDates(names, candidates, reading).filter(
    ({ i }) => columns[i]!.type === "date",
  );
  const clocks = new Map(clocksOfZone(names, candidates, natives, zone));
  for (const column of asText) {
    const counts = isMixed(column) ? countMemory(values[column.i]!, column, marks) : undefined;
    const head = examples(values[column.i]!);
    if (!options.prior) notes.push(...writtenNotes(column, head, counts, zone));
    else if (counts)
      notes.push(...offsetNotes(column, options.prior.layouts?.[column.name], counts));
    const clock = counts && memoryClock(values[column.i]!, column, counts, marks);
    if (clock) clocks.set(column.name, clock);
  }
  const find = (name: string): MemoryColumn => held[findColumn(names, name, path)]!;
  const table: Table = {
    path,
    columns,
    rows,
    detected: {
      ...{ ...detected, ...detectedDates(asText, order, zone, clocks), missing: stated },
      ...{ decimal: context.table.decimal, thousands: context.table.thousands },
      numbers: ownStyles(names, candidates, context.table),
      ...(notMissing.length > 0 && { notMissing }),
    },
    notes,
    dispose: async () => {},
    async *batches(request, { size = batchRowsOf(request) } = {}) {
      yield* batchesOf(request, size);
    },
  };
  function* batchesOf(request: BatchRequest, size: number): Generator<Batch> {
    const numeric = request.numeric.map((name) => {
      const { numbers } = find(name);
      if (!numbers) throw mistake(`batches: column "${name}" holds no numbers`);
      return numbers;
    });
    const unread = unreadNames(request.numeric, find, rows);
    const categories = request.categories.map((name) => textsOf(find(name)));
    const text = (request.text ?? []).map((name) => textsOf(find(name)));
    for (let start = 0; start < rows; start += size) {
      const batch = slice(start, Math.min(size, rows - start), numeric, categories, text);
      yield unread ? { ...batch, unread: unread.slice(start, start + batch.rows) } : batch;
    }
  }
  if (plan.matched) return table;
  const { watches, result } = understanding(table);
  for (const watch of watches)
    for (const batch of batchesOf(watch.request, batchRowsOf(watch.request)))
      if (!watch.add(batch)) break;
  return withShape(table, result());
}

/** For each row the names of columns whose cell could not be read; undefined where all could. */
function unreadNames(
  numeric: readonly string[],
  find: (name: string) => MemoryColumn,
  rows: number,
): readonly string[] | undefined {
  if (!numeric.some((name) => find(name).unread.length > 0)) return undefined;
  const names = new Array<string>(rows).fill("");
  for (const name of numeric)
    for (const { row } of find(name).unread)
      names[row] = names[row] === "" ? name : `${names[row]}, ${name}`;
  return names;
}

function slice(
  start: number,
  rows: number,
  numeric: readonly Float64Array[],
  categories: readonly (readonly string[])[],
  text: readonly (readonly string[])[],
): Batch {
  const p = numeric.length;
  const numbers = new Float64Array(rows * p);
  numeric.forEach((column, j) => {
    for (let i = 0; i < rows; i++) numbers[i * p + j] = column[start + i]!;
  });
  const words: string[] = [];
  for (let i = 0; i < rows; i++) for (const column of categories) words.push(column[start + i]!);
  const texts = text.map((column) => column.slice(start, start + rows));
  return { start, rows, numeric: numbers, categories: words, text: texts };
}

function textsOf({ texts, numbers }: MemoryColumn): readonly string[] {
  return texts ?? Array.from(numbers!, (value) => (Number.isNaN(value) ? "" : String(value)));
}

function examples(values: ArrayLike<MemoryValue>): string[] {
  const head = Array.from({ length: Math.min(200, values.length) }, (_, i) => values[i]);
  return head
    .map((value) => (isDate(value) ? value.toISOString() : String(value ?? "")))
    .filter((v) => !isMark(v));
}
