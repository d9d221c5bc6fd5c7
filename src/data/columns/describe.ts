import { EspejoError } from "../../errors.ts";
import { isMark, isWordMark, type Marks } from "../cells/marks.ts";
import { numberParser, parseNumber, styleOfExample, tableMarks } from "../cells/numbers.ts";
import { signOf, withoutSign } from "../cells/sign.ts";
import type { Database } from "../native/database.ts";
import { findColumn } from "../terms/find.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Source } from "../terms/source.ts";
import {
  type Column,
  type Detected,
  datesBefore,
  type NumberStyle,
  type OpenOptions,
} from "../terms/table.ts";
import { columnNotes, makeColumn, type Top } from "./columns.ts";
import { dateNotes, detectedDates, doubtNotes } from "./date-notes.ts";
import type { Described } from "./facts.ts";
import { planColumns } from "./plan.ts";
import { worthSequence } from "./roles.ts";
import { type Settled, settleColumns } from "./settle.ts";
import { checkTime, checkZone } from "./time-options.ts";
import type { NumberContext, Reading } from "./typed.ts";
import { checkSequences, countDistinct, countValues, type Sequence } from "./values.ts";

/** A source whose columns are known. */
export interface DescribedTable {
  readonly columns: readonly Column[];
  readonly readings: readonly Reading[];
  /** Marks of missing cells in force. */
  readonly marks: Marks;
  readonly detected: Detected;
  readonly rows: number;
  readonly notes: readonly Note[];
}

// A column with more values than this has no list of the commonest.
const countedValues = 10_000;
// Different values of tables with up to so many cells are always counted, not estimated.
const countedCells = 200_000;

const ofText = ["delimiter", "encoding"] as const;
const ofLines = [...ofText, "header", "footer"] as const;
const ofArrays = ["array", "labelArray"] as const;

/** Options that a format has no use for. */
const idleOf: Readonly<Record<Detected["format"], readonly (keyof OpenOptions)[]>> = {
  csv: ["sheet", "query", ...ofArrays],
  xlsx: [...ofText, "query", ...ofArrays],
  ods: [...ofText, "query", ...ofArrays],
  parquet: [...ofLines, "sheet", "query", ...ofArrays],
  json: [...ofLines, "sheet", "query", ...ofArrays],
  postgres: [...ofLines, "sheet", ...ofArrays],
  arff: [...ofLines, "sheet", "query", ...ofArrays],
  npy: [...ofLines, "sheet", "query", ...ofArrays],
  npz: [...ofLines, "sheet", "query"],
  idx: [...ofLines, "sheet", "query", ...ofArrays],
  memory: [],
};

/** Decides types and roles from the whole of a source; every cell is of its column's type, or this throws. */
export async function describeColumns(
  source: Source,
  options: OpenOptions,
  database: Database,
): Promise<DescribedTable> {
  const notes: Note[] = [...source.notes];
  const { path, names: written, detected: read } = source;
  refuseIdle(source, options, idleOf[read.format]);
  const plan = planColumns({ path, names: written, header: read.header }, options, notes);
  const context = numberContext(source, options, notes);
  const styles = knownStyles(plan.names, path, options);
  const estimated = await settleColumns(database, source, plan, context, styles, options, notes);
  const labels = written.flatMap((_, i) => (plan.roles.get(i)?.role === "label" ? [i] : []));
  const tops = await topValues(database, source, estimated, labels, plan.matched);
  const settled = await counted(database, source, estimated, tops, plan.matched, options);
  const { rows, facts } = settled;
  const sequences = plan.matched ? new Map() : await sequencesOf(database, source, settled);

  const columns = plan.names.map((name, i): Column => {
    const { candidate } = settled.columns[i]!;
    const evidence = { name, rows, candidate, top: tops.get(i), sequence: sequences.get(i) };
    return makeColumn(plan, i, evidence, facts[i], source.head[i]!);
  });
  const candidates = settled.columns.map(({ candidate }) => candidate);
  checkTime(path, columns);
  checkZone(path, options.zone, candidates, source.natives);
  if (!plan.matched) {
    notes.push(...columnNotes(columns, tops));
    notes.push(...styleNotes(source, columns, settled, context.table));
    notes.push(...doubtNotes(plan.names, candidates));
  }
  const numbers = ownStyles(columns, settled, context.table);
  const asText = settled.written.filter(({ i }) => columns[i]!.type === "date");
  notes.push(...(await dateNotes(database, source, asText, settled.zone, datesBefore(options))));
  const dates = detectedDates(asText, settled.order, settled.zone);
  const { decimal, thousands } = context.table;
  const detected: Detected = {
    ...{ ...read, decimal, thousands, numbers, ...dates, missing: settled.missing },
    ...(options.notMissing?.length ? { notMissing: options.notMissing } : {}),
  };
  const readings = settled.columns.map(({ reading }) => reading);
  return { columns, readings, marks: settled.marks, detected, rows, notes };
}

/** Styles of columns that differ from that of most, by name: what a model keeps to read new data alike. */
function ownStyles(
  columns: readonly Column[],
  { columns: described }: Settled,
  table: NumberStyle,
): Record<string, NumberStyle> {
  return Object.fromEntries(
    columns.flatMap(({ name }, i) => {
      const { candidate } = described[i]!;
      if (candidate.kind !== "number" || candidate.native || !candidate.style) return [];
      const { style } = candidate;
      const same = Object.keys(style).length === 2 && style.decimal === table.decimal;
      return same && style.thousands === table.thousands ? [] : [[name, style]];
    }),
  );
}

/** How columns are read whose numbers have a style of their own. */
function styleNotes(
  source: Source,
  columns: readonly Column[],
  { columns: described }: Settled,
  table: NumberStyle,
): readonly Note[] {
  return columns.flatMap(({ name, type }, i) => {
    const { candidate } = described[i]!;
    if (type !== "number" || candidate.kind !== "number" || !candidate.style) return [];
    const { style } = candidate;
    const parse = numberParser(style);
    const cells = source.head[i]!.map((cell) => cell.trim()).filter(
      (cell) => !isMark(cell) && !isWordMark(cell),
    );
    const plain = numberParser({ decimal: style.decimal, thousands: style.thousands });
    const told = (
      value: string | undefined,
      code: "number_sign" | "number_accounting" | "number_flags" | "number_marks",
      more = {},
    ) =>
      value === undefined
        ? []
        : [note(code, { column: name, value, number: parse(value), ...more })];
    const { sign, accounting, flags, decimal, thousands } = style;
    const odd = cells.filter((cell) => Number.isNaN(plain(cell)));
    const bare = sign === undefined ? [] : cells.filter((cell) => !cell.includes(sign));
    return [
      ...(sign === undefined ? [] : told(odd[0] ?? cells[0], "number_sign", { sign })),
      ...(bare.length === 0
        ? []
        : [
            note("sign_absent", { column: name, sign: sign!, count: bare.length, value: bare[0]! }),
          ]),
      ...(accounting
        ? told(
            odd.find((cell) => parse(cell) < 0),
            "number_accounting",
          )
        : []),
      ...(flags
        ? told(
            odd.find((cell) => /[A-Za-z]$/.test(cell)),
            "number_flags",
          )
        : []),
      ...(decimal === table.decimal && thousands === table.thousands
        ? []
        : told(widest(cells), "number_marks")),
    ];
  });
}

/** Throws `option_idle` where an option is stated that cannot be obeyed. */
function refuseIdle(
  { path, detected }: Source,
  options: OpenOptions,
  names: readonly (keyof OpenOptions)[],
): void {
  const idle = names.find((name) => options[name] !== undefined);
  if (idle === undefined) return;
  throw new EspejoError("option_idle", { path, option: idle, format: detected.format });
}

/** The cell that shows most of how its column is written. */
const widest = (cells: readonly string[]): string | undefined =>
  cells.reduce<string | undefined>(
    (most, cell) => (most === undefined || markCount(cell) > markCount(most) ? cell : most),
    undefined,
  );
const markCount = (cell: string): number => cell.match(/[.,' ]/g)?.length ?? 0;

/** Styles that are stated by an example, or that a model knows. */
function knownStyles(
  names: readonly string[],
  path: string,
  { numbers = {}, prior, decimal, thousands }: OpenOptions,
): ReadonlyMap<number, NumberStyle> {
  const styles = new Map<number, NumberStyle>();
  if (!decimal && !thousands)
    for (const [name, style] of Object.entries(prior?.numbers ?? {}))
      if (names.includes(name)) styles.set(names.indexOf(name), style);
  for (const [column, example] of Object.entries(numbers)) {
    const style = styleOfExample(example);
    if (!style) throw new EspejoError("number_example", { column, example });
    styles.set(findColumn(names, column, path), style);
  }
  return styles;
}

function numberContext(source: Source, options: OpenOptions, notes: Note[]): NumberContext {
  const { decimal, thousands, prior } = { prior: undefined, ...options };
  const { delimiter } = source.detected;
  const stated = { decimal, thousands };
  const texts = source.head.filter((_, i) =>
    /^(VARCHAR|JSON)$/.test(source.natives[i] ?? "VARCHAR"),
  );
  if (texts.length === 0) refuseIdle(source, options, ["decimal", "thousands", "dates", "numbers"]);
  const cells = texts.map((column) => {
    const filled = column
      .map((cell) => cell.trim())
      .filter((cell) => !isMark(cell) && !isWordMark(cell));
    const sign = signOf(filled);
    return filled.map((cell) => withoutSign(cell.replace(/^\((.*)\)$/, "$1"), sign));
  });
  const found = tableMarks(cells, delimiter, stated);
  const style = { decimal: found.decimal, thousands: found.thousands };
  if (found.ambiguous !== undefined) {
    if (prior && !decimal && !thousands)
      return {
        table: { decimal: prior.decimal, thousands: prior.thousands },
        ...{ delimiter, stated },
      };
    const number = parseNumber(found.ambiguous, style);
    notes.push(
      note(style.decimal === "." ? "decimal_ambiguous" : "comma_ambiguous", {
        value: found.ambiguous,
        number,
      }),
    );
  } else if (style.decimal === ",") {
    notes.push(note("decimal_comma"));
  }
  return { table: style, delimiter, stated };
}

async function topValues(
  database: Database,
  source: Source,
  { columns, facts }: Settled,
  labels: readonly number[],
  matched: boolean,
): Promise<Map<number, Top>> {
  const counted = columns.flatMap(({ reading }, i) =>
    !matched &&
    (reading.value === null || labels.includes(i)) &&
    facts[i] &&
    facts[i].distinct <= countedValues &&
    columns[i]!.candidate.kind !== "nested"
      ? [i]
      : [],
  );
  const values = await countValues(
    database,
    source,
    counted.map((i) => columns[i]!),
    (i) => facts[i]!.distinct,
  );
  return new Map(counted.map((i, k) => [i, values[k]!]));
}

/** With different values counted, not estimated, if they are listed, the table is small, or that was asked for. */
async function counted(
  database: Database,
  source: Source,
  settled: Settled,
  tops: ReadonlyMap<number, Top>,
  matched: boolean,
  { exact = false }: OpenOptions,
): Promise<Settled> {
  if (matched) return settled;
  const { columns, rows } = settled;
  const small = exact || rows * columns.length <= countedCells;
  const asked = columns.flatMap(({ candidate }, i) =>
    small && settled.facts[i] && !tops.has(i) && candidate.kind !== "nested" ? [i] : [],
  );
  const counts = await countDistinct(
    database,
    source,
    asked.map((i) => columns[i]!),
    rows,
    (i) => settled.facts[i]!.distinct,
  );
  const found = new Map(asked.map((i, k) => [i, counts[k]!]));
  const facts = settled.facts.map((fact, i) => {
    const distinct = tops.get(i)?.length ?? found.get(i);
    return fact && distinct !== undefined ? { ...fact, distinct } : fact;
  });
  return { ...settled, facts };
}

async function sequencesOf(
  database: Database,
  source: Source,
  { columns, facts, rows }: Settled,
): Promise<Map<number, Sequence>> {
  const worth = columns.flatMap(({ candidate }, i) =>
    worthSequence({ name: source.names[i]!, rows, candidate, facts: facts[i]! }) ? [i] : [],
  );
  const asked: Described[] = worth.map((i) => columns[i]!);
  const found = await checkSequences(database, source, asked);
  return new Map(worth.map((i, k) => [i, found[k]!]));
}
