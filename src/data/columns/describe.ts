import type { Marks } from "../cells/marks.ts";
import type { Database } from "../native/database.ts";
import type { Note } from "../terms/notes.ts";
import { isWritten, type Source } from "../terms/source.ts";
import {
  type Column,
  type Detected,
  datesBefore,
  marksKnown,
  type OpenOptions,
} from "../terms/table.ts";
import { columnNotes, makeColumn, type Top } from "./columns.ts";
import { dateNotes, detectedDates, doubtNotes } from "./date-notes.ts";
import type { Described } from "./facts.ts";
import { knownStyles, numberContext, ownStyles, styleNotes } from "./number-styles.ts";
import { planColumns } from "./plan.ts";
import { once } from "./recall.ts";
import { worthSequence } from "./roles.ts";
import { type Settled, settleColumns } from "./settle.ts";
import { checkTime, checkZone, clocksOfZone } from "./time-options.ts";
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

/** Decides types and roles from the whole of a source; every cell is of its column's type, or this throws. */
export async function describeColumns(
  source: Source,
  options: OpenOptions,
  database: Database,
): Promise<DescribedTable> {
  const notes: Note[] = [...source.notes];
  const { path, names: written, detected: read } = source;
  const plan = planColumns({ path, names: written, header: read.header }, options, notes);
  const context = tableNumbers(source, options, notes);
  const styled = {
    names: plan.names,
    path,
    head: (i: number) => (isWritten(source, i) ? source.head[i]! : []),
  };
  const known = knownStyles(styled, options, notes);
  const estimated = await settleColumns(database, source, plan, context, known, options, notes);
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
    notes.push(...styleNotes(columns, candidates, source.head, context.table));
    notes.push(...doubtNotes(plan.names, candidates));
  }
  const numbers = ownStyles(plan.names, candidates, context.table);
  const asText = settled.written.filter(({ i }) => columns[i]!.type === "date");
  const told = await dateNotes(database, source, asText, settled.zone, datesBefore(options));
  notes.push(...told.notes);
  const stated = clocksOfZone(plan.names, candidates, source.natives, settled.zone);
  const clocks = new Map([...stated, ...told.clocks]);
  const dates = detectedDates(asText, settled.order, settled.zone, clocks);
  const { decimal, thousands } = context.table;
  const { notMissing } = marksKnown(options);
  const detected: Detected = {
    ...{ ...read, decimal, thousands, numbers, ...dates, missing: settled.missing },
    ...(notMissing.length > 0 && { notMissing }),
  };
  const readings = settled.columns.map(({ reading }) => reading);
  return { columns, readings, marks: settled.marks, detected, rows, notes };
}

/** What is known of the numbers of a source; doubts go to `notes`. */
function tableNumbers(source: Source, options: OpenOptions, notes: Note[]): NumberContext {
  const { decimal, thousands, prior } = options;
  const key = () => `numbers ${JSON.stringify([decimal, thousands, prior])}`;
  const found = once(source, key, () => {
    const texts = source.head.filter((_, i) => isWritten(source, i));
    const doubts: Note[] = [];
    const context = numberContext(texts, source.detected.delimiter, options, doubts);
    return { context, doubts };
  });
  notes.push(...found.doubts);
  return found.context;
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
