import { askedShape, knownShape } from "../cells/asked-dates.ts";
import { dateShape, unevenness, widerShape } from "../cells/date-shapes.ts";
import { type DateReading, type DateShape, daysOfCell } from "../cells/dates.ts";
import { layoutFields } from "../cells/layout-days.ts";
import { layoutOf } from "../cells/layouts.ts";
import { isWordMark, type Marks } from "../cells/marks.ts";
import { fullHour, oneOffset, placeOf } from "../cells/offsets.ts";
import { areZoned, type WrittenCounts, type WrittenDates } from "../columns/date-notes.ts";
import {
  centuryNotes,
  datedColumns,
  findOrder,
  guessOrder,
  refuseDoubts,
} from "../columns/date-order.ts";
import { type Facts, noFacts } from "../columns/facts.ts";
import {
  type Candidate,
  candidateOf,
  datedByName,
  guessText,
  type NumberContext,
} from "../columns/typed.ts";
import type { Note } from "../terms/notes.ts";
import {
  type ColumnType,
  type DateOrder,
  datesBefore,
  type NumberStyle,
  type OpenOptions,
  type Role,
} from "../terms/table.ts";
import { kindOf, type MemoryValue, textOf } from "./memory-column.ts";

/** What is known of a column in memory before its values are looked at. */
export interface KnownColumn {
  readonly name: string;
  readonly type: ColumnType | undefined;
  readonly role: Role | undefined;
  /** Layouts of its dates, from a model. */
  readonly layouts: readonly string[] | undefined;
  /** How its numbers are written that are text, where that is stated or a model knows it. */
  readonly style: NumberStyle | undefined;
}

const headCells = 1000;
// Days of no calendar: what is greater counts something smaller than days.
const mostDays = 3e6;

/** What the values of a column are: as stated, or as they look; texts may be dates, as those of files. */
export function guessMemory(
  { name, type, role, layouts = [], style }: KnownColumn,
  values: ArrayLike<MemoryValue>,
  marks: Marks,
  context: NumberContext,
): Candidate {
  const cells = () => filledCells(values, marks);
  if (type === "date") {
    const kind = kindOf(values, marks);
    const known = layouts.length > 0 ? knownShape(layouts, cells()) : undefined;
    if (known) return dated(known);
    const counts = kind === "number" && cells().every((cell) => Math.abs(Number(cell)) > mostDays);
    return kind === "text" || counts ? dated(askedShape(cells())) : { kind: "date", native: true };
  }
  const kind = kindOf(values, marks);
  if (style && kind === "text" && (type ?? "number") === "number")
    return { kind: "number", native: false, style };
  if (type === "number" && kind !== "text") return { kind: type, native: true };
  if (type !== undefined) return candidateOf(type, null, cells(), context);
  if (kind === "date") return { kind, native: true };
  if (kind === "number")
    return tried(
      datedByName({ kind, native: true }, name, cells().slice(0, headCells), role),
      cells(),
    );
  const guessed = guessText(cells().slice(0, headCells), context);
  if (guessed.kind === "number") return tried(datedByName(guessed, name, cells(), role), cells());
  const texts = Array.from(values).every((value) => value == null || typeof value === "string");
  if (!texts || guessed.kind === "unknown") return { kind: "text" };
  return guessed.kind === "text" && (guessed.codes || guessed.truth)
    ? guessed
    : guessTexts(name, cells(), role);
}

/** A guess from the first values, held against all. */
function tried(candidate: Candidate, cells: readonly string[]): Candidate {
  if (candidate.kind !== "date" || !candidate.shape || !candidate.otherwise) return candidate;
  const { shape, otherwise } = candidate;
  return unreadCells(shape, cells).length > otherwise.most * cells.length
    ? otherwise.candidate
    : candidate;
}

const dated = (shape: DateShape): Candidate => ({ kind: "date", native: false, shape });

/** The values that say something, as texts. */
const filledCells = (values: ArrayLike<MemoryValue>, marks: Marks): readonly string[] =>
  Array.from(values, (value) => textOf(value, marks)).filter((cell) => cell !== "");

function guessTexts(name: string, cells: readonly string[], role: Role | undefined): Candidate {
  const filled = cells.filter((cell) => !isWordMark(cell));
  const shape = dateShape(filled.slice(0, headCells));
  if (shape === undefined) return tried(datedByName({ kind: "text" }, name, filled, role), filled);
  if (!("layouts" in shape)) return { kind: "text", doubt: shape };
  const unread = unreadCells(shape, filled);
  const wider = unread.length > 0 ? widerShape(shape, unread) : undefined;
  const left = wider ? unreadCells(wider, filled) : unread;
  return left.length > 0.1 * cells.length ? { kind: "text" } : dated(wider ?? shape);
}

const unreadCells = (shape: DateShape, cells: readonly string[]): readonly string[] =>
  cells.filter((cell) =>
    (["dmy", "mdy"] as const).every((order) =>
      Number.isNaN(daysOfCell(cell, shape, { order, zone: null })),
    ),
  );

/** Words among numbers and dates that can only mean that there is none. */
export function wordsAmong(
  names: readonly string[],
  candidates: readonly Candidate[],
  data: readonly ArrayLike<MemoryValue>[],
  marks: Marks,
): readonly { readonly column: string; readonly value: string; readonly count: number }[] {
  return candidates.flatMap((candidate, i) => {
    const read =
      (candidate.kind === "date" && candidate.shape) ||
      (candidate.kind === "number" && !candidate.native);
    if (!read) return [];
    const counts = new Map<string, number>();
    for (const cell of filledCells(data[i]!, marks))
      if (isWordMark(cell)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    return [...counts].map(([value, count]) => ({ column: names[i]!, value, count }));
  });
}

/** The order of day and month for all columns in memory, as for those of a file; said aloud. */
export function memoryOrder(
  path: string,
  names: readonly string[],
  candidates: readonly Candidate[],
  data: readonly ArrayLike<MemoryValue>[],
  marks: Marks,
  options: OpenOptions,
): { readonly order: DateOrder; readonly notes: readonly Note[] } {
  const assumed = options.dates ?? datesBefore(options)?.dates ?? "mdy";
  const cells = data.map((values, i) =>
    candidates[i]!.kind === "date" ? filledCells(values, marks) : [],
  );
  const facts = candidates.map((candidate, i) => orderFacts(candidate, cells[i]!));
  refuseDoubts(path, names, candidates, options.dates);
  const columns = datedColumns(names, candidates, facts, cells);
  const known = findOrder(path, columns, assumed, options);
  const uneven = (order: DateOrder, { i, shape }: { i: number; shape: DateShape }) =>
    unevenness(cells[i]!.map((cell) => daysOfCell(cell, shape, { order, zone: null })));
  const chosen =
    "open" in known
      ? guessOrder(known.open, assumed, {
          dmy: uneven("dmy", known.open),
          mdy: uneven("mdy", known.open),
        })
      : known;
  return { order: chosen.order, notes: [...centuryNotes(columns), ...chosen.notes] };
}

function orderFacts(candidate: Candidate, cells: readonly string[]): Facts | undefined {
  if (candidate.kind !== "date" || !candidate.shape) return undefined;
  const { shape } = candidate;
  const days = (order: DateOrder) =>
    cells.map((cell) => daysOfCell(cell, shape, { order, zone: null }));
  const [dayFirst, monthFirst] = [days("dmy"), days("mdy")];
  const failed = (found: readonly number[]) => found.filter(Number.isNaN).length;
  const read = [...dayFirst, ...monthFirst].filter((day) => !Number.isNaN(day));
  return {
    ...noFacts,
    cells: cells.length,
    minimum: read.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    maximum: read.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    notDayFirst: failed(dayFirst),
    notMonthFirst: failed(monthFirst),
  };
}

const plain: DateReading = { order: "ymd", zone: null };

/** What a cell with a time says of its offset, "" where that is nothing; null of other cells. */
function offsetSaid(layouts: readonly string[]): (cell: string) => string | null {
  const zoned = layouts.flatMap((name) => layoutOf(name) ?? []).filter((layout) => layout.zoned);
  return (cell) => {
    const x = zoned.map((layout) => layoutFields(cell, layout)).find((fields) => fields?.h);
    return x ? `${x.zn!.toUpperCase()}${x.zs}${x.zh}${x.zm === "" ? "" : ":"}${x.zm}` : null;
  };
}

/** The clock of a column in memory, as `dateNotes` finds that of a file's. */
export function memoryClock(
  values: ArrayLike<MemoryValue>,
  { layouts }: WrittenDates,
  counts: WrittenCounts,
  marks: Marks,
): string | null {
  if (!areZoned(counts)) return null;
  const one = oneOffset(counts.offsets.map(([offset]) => offset));
  if (one !== undefined) return one;
  const saysOf = offsetSaid(layouts);
  const shape: DateShape = { layouts, order: null, timed: true };
  return placeOf(
    filledCells(values, marks).flatMap((cell) => {
      const said = saysOf(cell);
      return said === null ? [] : [[fullHour(daysOfCell(cell, shape, plain)), said] as const];
    }),
  );
}

/** How many values of a column in memory are written in which way. */
export function countMemory(
  values: ArrayLike<MemoryValue>,
  { layouts }: WrittenDates,
  marks: Marks,
): WrittenCounts {
  const cells = filledCells(values, marks);
  const reads = (name: string) => (cell: string) =>
    !Number.isNaN(daysOfCell(cell, { layouts: [name], order: null, timed: false }, plain));
  const offsets = new Map<string, number>();
  const saysOf = offsetSaid(layouts);
  for (const cell of cells) {
    const offset = saysOf(cell);
    if (offset !== null) offsets.set(offset, (offsets.get(offset) ?? 0) + 1);
  }
  return {
    layouts: layouts.map((name) => cells.filter(reads(name)).length),
    offsets: [...offsets].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
  };
}
