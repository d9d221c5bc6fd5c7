import type { Database } from "./database.ts";
import type { Described, Facts } from "./facts.ts";
import { isMark } from "./marks.ts";
import { type Note, note } from "./notes.ts";
import { detectNumbers, type NumberStyle, parseNumber, plainNumbers } from "./numbers.ts";
import { planColumns } from "./plan.ts";
import { guessRole, unitOf, worthSequence } from "./roles.ts";
import { type Settled, settleColumns } from "./settle.ts";
import type { Source } from "./source.ts";
import type { Column, Detected, OpenOptions, Profile } from "./table.ts";
import type { Reading } from "./typed.ts";
import { checkSequences, countValues, type Sequence } from "./values.ts";

/** A source whose columns are known. */
export interface DescribedTable {
  readonly columns: readonly Column[];
  readonly readings: ReadonlyMap<string, Reading>;
  readonly detected: Detected;
  readonly rows: number;
  readonly notes: readonly Note[];
}

type Top = readonly (readonly [value: string, count: number])[];

// A column with more values than this has no list of the commonest.
const countedValues = 10_000;

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
  const settled = await settleColumns(database, source, plan, style, options, notes);
  const { rows, facts } = settled;
  const tops = await topValues(database, source, settled, plan.matched);
  const sequences = plan.matched ? new Map() : await sequencesOf(database, source, settled);

  const units = new Map(options.expect?.map((column) => [column.name, column.unit]));
  const columns = plan.names.map((name, i): Column => {
    const top = tops.get(i);
    const fact = facts[i];
    const head = source.head[i]!;
    const unit = units.has(name) ? units.get(name)! : unitOf(name);
    if (!fact) {
      const why = note("why_not_asked");
      const profile = { missing: 0, distinct: 0, examples: examplesOf(head) };
      return { name, type: "text", role: "ignore", why, unit, input: null, profile };
    }
    const { candidate } = settled.columns[i]!;
    const guess = guessRole({ name, rows, candidate, facts: fact, top, sequence: sequences.get(i) });
    const stated = plan.roles.get(i);
    // Nothing can be learnt from a column without values, whatever is stated.
    const kept = stated?.role === "feature" && fact.cells === 0 && !plan.matched ? undefined : stated;
    const type = plan.types.get(i) ?? (kept?.role === "feature" && guess.type === "text" ? "category" : guess.type);
    const { role, why } = kept ?? guess;
    const numeric = type === "number" || type === "date";
    const input = role !== "feature" ? null : numeric ? "numeric" : "categories";
    return { name, type, role, why, unit, input, profile: profileOf(rows, fact, top, head) };
  });
  if (!plan.matched) {
    for (const { name, role, why } of columns) {
      const said = why.code === "why_stated" || why.code === "why_ignored" || why.code === "why_not_asked";
      if (!said && role !== "feature") notes.push(note("left_out", { column: name, why }));
      if (why.code === "why_mixed") notes.push(note("left_out", { column: name, why }));
    }
    notes.push(...keptMarks(columns, plan.names.map((_, i) => tops.get(i) ?? [])));
  }
  const detected = { ...read, ...style, dates: settled.order, missing: settled.missing };
  const readings = new Map(plan.names.map((name, i) => [name, settled.columns[i]!.reading]));
  return { columns, readings, detected, rows, notes };
}

function numberStyle(source: Source, options: OpenOptions, notes: Note[]): NumberStyle {
  if (source.detected.format !== "csv") return plainNumbers;
  const cells = source.head.map((column) => column.filter((cell) => !isMark(cell)));
  const { decimal, thousands, prior } = { prior: undefined, ...options };
  const found = detectNumbers(cells, source.detected.delimiter, { decimal, thousands });
  const style = { decimal: found.decimal, thousands: found.thousands };
  if (found.ambiguous !== undefined) {
    if (prior && !decimal && !thousands) return { decimal: prior.decimal, thousands: prior.thousands };
    const number = parseNumber(found.ambiguous, style);
    notes.push(note(style.decimal === "." ? "decimal_ambiguous" : "comma_ambiguous", { value: found.ambiguous, number }));
  } else if (style.decimal === ",") {
    notes.push(note("decimal_comma"));
  }
  return style;
}

async function topValues(
  database: Database,
  source: Source,
  { columns, facts }: Settled,
  matched: boolean,
): Promise<Map<number, Top>> {
  const counted = columns.flatMap(({ reading }, i) =>
    !matched && reading.value === null && facts[i] && facts[i].distinct <= countedValues && columns[i]!.candidate.kind !== "nested" ? [i] : [],
  );
  const values = await countValues(database, source.relation, counted.map((i) => columns[i]!));
  return new Map(counted.map((i, k) => [i, values[k]!]));
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

function profileOf(rows: number, facts: Facts, top: Top | undefined, head: readonly string[]): Profile {
  const { minimum, maximum, mean, deviation } = facts;
  return {
    missing: rows - facts.cells,
    distinct: top?.length ?? facts.distinct,
    ...(Number.isNaN(minimum) ? {} : { minimum, maximum, mean, deviation }),
    ...(top ? { top: top.slice(0, 10) } : {}),
    examples: examplesOf(head),
  };
}

function examplesOf(head: readonly string[]): string[] {
  const trimmed = head.slice(0, 200).map((cell) => cell.trim());
  return [...new Set(trimmed.filter((cell) => !isMark(cell)))].slice(0, 3);
}

/** Categories that sound like a missing value and yet may be one of their own. */
function keptMarks(columns: readonly Column[], tops: readonly Top[]): Note[] {
  return columns.flatMap(({ name, role }, i) =>
    (role === "feature" ? tops[i]! : [])
      .filter(([value]) => /^(unknown|missing|none|desconocido|sin datos?)$/i.test(value))
      .map(([mark, count]) => note("mark_kept", { mark, column: name, count })),
  );
}
