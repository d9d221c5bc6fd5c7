import { isMark, type Marks } from "../cells/marks.ts";
import { detectNumbers, type NumberStyle, parseNumber, plainNumbers } from "../cells/numbers.ts";
import { signOf, withoutSign } from "../cells/sign.ts";
import type { Database } from "../native/database.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Source } from "../terms/source.ts";
import type { Column, Detected, OpenOptions } from "../terms/table.ts";
import { columnNotes, makeColumn, type Top } from "./columns.ts";
import type { Described } from "./facts.ts";
import { planColumns } from "./plan.ts";
import { worthSequence } from "./roles.ts";
import { type Settled, settleColumns } from "./settle.ts";
import type { Reading } from "./typed.ts";
import { checkSequences, countDistinct, countValues, type Sequence } from "./values.ts";

/** A source whose columns are known. */
export interface DescribedTable {
  readonly columns: readonly Column[];
  readonly readings: ReadonlyMap<string, Reading>;
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

/** Decides types and roles from the whole of a source; every cell is of its column's type, or this throws. */
export async function describeColumns(
  source: Source,
  options: OpenOptions,
  database: Database,
): Promise<DescribedTable> {
  const notes: Note[] = [...source.notes];
  const { path, names: written, detected: read } = source;
  const plan = planColumns({ path, names: written, header: read.header }, options, notes);
  const style = numberStyle(source, options, notes);
  const estimated = await settleColumns(database, source, plan, style, options, notes);
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
  if (!plan.matched) {
    notes.push(...columnNotes(columns, tops));
    notes.push(...signNotes(columns, settled, style));
  }
  // dates that a format knows as dates have no order of day and month
  const dated = settled.columns.some(({ candidate: c }) => c.kind === "date" && !c.native);
  const dates = dated ? settled.order : null;
  const detected = { ...read, ...style, dates, missing: settled.missing };
  const readings = new Map(plan.names.map((name, i) => [name, settled.columns[i]!.reading]));
  return { columns, readings, marks: settled.marks, detected, rows, notes };
}

/** How cells with a currency or a percent sign are read. */
function signNotes(
  columns: readonly Column[],
  settled: Settled,
  style: NumberStyle,
): readonly Note[] {
  return columns.flatMap(({ name, type, profile }, i) => {
    const { candidate } = settled.columns[i]!;
    const [value] = profile.examples;
    if (type !== "number" || candidate.kind !== "number" || !candidate.sign || !value) return [];
    const { sign } = candidate;
    const number = parseNumber(withoutSign(value, sign), style);
    return [note("number_sign", { column: name, sign, value, number })];
  });
}

function numberStyle(source: Source, options: OpenOptions, notes: Note[]): NumberStyle {
  if (source.detected.format !== "csv") return plainNumbers;
  const cells = source.head.map((column) => {
    const filled = column.filter((cell) => !isMark(cell));
    const sign = signOf(filled);
    return filled.map((cell) => withoutSign(cell, sign));
  });
  const { decimal, thousands, prior } = { prior: undefined, ...options };
  const found = detectNumbers(cells, source.detected.delimiter, { decimal, thousands });
  const style = { decimal: found.decimal, thousands: found.thousands };
  if (found.ambiguous !== undefined) {
    if (prior && !decimal && !thousands)
      return { decimal: prior.decimal, thousands: prior.thousands };
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
  return style;
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
    source.relation,
    counted.map((i) => columns[i]!),
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
    source.relation,
    asked.map((i) => columns[i]!),
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
  const found = await checkSequences(database, source.relation, asked);
  return new Map(worth.map((i, k) => [i, found[k]!]));
}
