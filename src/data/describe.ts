import { EspejoError } from "../errors.ts";
import { allWordMarks, badValues, infiniteCell, unreadableCell } from "./check.ts";
import type { Database } from "./database.ts";
import { chooseOrder } from "./date-order.ts";
import { type Described, type Facts, gatherFacts } from "./facts.ts";
import { type Marks, marksOf } from "./marks.ts";
import { matchColumns } from "./match.ts";
import { type Note, note, noteText } from "./notes.ts";
import { detectNumbers, type NumberStyle, parseNumber, plainNumbers } from "./numbers.ts";
import { type Evidence, guessRole, unitOf, worthSequence } from "./roles.ts";
import type { Source } from "./source.ts";
import { statedRoles } from "./stated.ts";
import type { Column, DateOrder, Detected, OpenOptions, Profile } from "./table.ts";
import { type Candidate, candidateOf, guessNative, guessText, type Reading, readingOf } from "./typed.ts";
import { isMark } from "./marks.ts";
import { checkSequences, countValues } from "./values.ts";

/** A source whose columns are known. */
export interface DescribedTable {
  readonly columns: readonly Column[];
  readonly readings: ReadonlyMap<string, Reading>;
  readonly detected: Detected;
  readonly rows: number;
  readonly notes: readonly Note[];
}

// Above this many values a column has no list of the commonest.
const countedValues = 10_000;

/** Decides types and roles from the whole of a source, and checks that each cell is of its column's type. */
export async function describeColumns(
  source: Source,
  options: OpenOptions,
  database: Database,
): Promise<DescribedTable> {
  const notes: Note[] = [...source.notes];
  const { names, path, expect, roles, types } = planned(source, options, notes);
  const style = numberStyle(source, options, notes);
  const stated = [...(options.missing ?? []), ...(options.prior?.missing ?? [])];
  let marks = marksOf(stated);
  const candidates = source.names.map((_, i): Candidate => {
    const type = types.get(i);
    const native = source.natives[i]!;
    if (type !== undefined) return candidateOf(type, native, source.head[i]!);
    if (expect && !roles.has(i)) return { kind: "text" };
    return native === null ? guessText(source.head[i]!, style) : guessNative(native, source.head[i]!);
  });
  await resolveUnknown(database, source, candidates, style, marks);
  const watched = names.map((_, i) => i).filter((i) => !expect || types.has(i));
  let order: DateOrder = chooseDefault(options, source.detected.delimiter, style);
  const describe = (): Described[] =>
    candidates.map((candidate, i) => ({
      candidate,
      column: `c${i}`,
      reading: readingOf(`c${i}`, candidate, source.natives[i]!, style, order, marks),
    }));
  let described = describe();
  const light = expect !== undefined;
  const gather = async () => {
    const result = await gatherFacts(database, source.relation, watched.map((i) => described[i]!), marks, light);
    const all: (Facts | undefined)[] = names.map(() => undefined);
    watched.forEach((i, k) => {
      all[i] = result.facts[k]!;
    });
    return { rows: result.rows, facts: all };
  };
  let { rows, facts } = await gather();
  if (rows === 0) throw new EspejoError("file_no_rows", { path });

  const chosen = await chooseOrder(database, source, described, facts, order, options, notes);
  if (chosen !== order) {
    order = chosen;
    described = describe();
    ({ facts } = await gather());
  }

  // What cannot be read: a mark of missing cells, a mixed column, or a mistake in one cell.
  let again = false;
  for (const i of watched) {
    const fact = facts[i]!;
    if (fact.bad === 0) continue;
    const bad = { column: names[i]!, facts: fact, described: described[i]! };
    const values = await badValues(database, source, bad, marks);
    if (allWordMarks(values)) {
      marks = marksOf([...stated, ...marks.texts, ...values.map(({ value }) => value)]);
      again = true;
      for (const { value, count } of values) {
        notes.push(note("marks_found", { mark: value, column: names[i]!, count }));
      }
    } else if (types.has(i) || fact.bad <= 0.1 * fact.cells) {
      throw await unreadableCell(database, source, bad, marks);
    } else {
      candidates[i] = { kind: "text", mixed: { bad: fact.bad, value: values[0]!.value } };
      again = true;
    }
  }
  if (again) {
    described = describe();
    ({ facts } = await gather());
  }
  for (const i of watched) {
    if (facts[i]!.infinite > 0 && roles.get(i)?.role !== "ignore") {
      throw await infiniteCell(database, source, { column: names[i]!, facts: facts[i]!, described: described[i]! });
    }
  }

  const tops = light ? new Map<number, Top>() : await topValues(database, source, described, facts);
  const sequences = light
    ? new Map<number, { unique: boolean; rising: boolean }>()
    : await sequencesOf(database, source, described, facts, rows);
  const columns = names.map((name, i): Column => {
    const fact = facts[i];
    const role = roles.get(i);
    const evidence: Evidence = {
      name: source.names[i]!,
      rows,
      candidate: candidates[i]!,
      facts: fact ?? emptyFacts,
      top: tops.get(i),
      sequence: sequences.get(i),
    };
    const guess = fact ? guessRole(evidence) : { type: "text" as const, role: "ignore" as const, why: note("why_not_asked") };
    const type = types.get(i) ?? guess.type;
    const kept = role?.role === "feature" && fact?.cells === 0 && !expect ? undefined : role;
    const finalRole = kept?.role ?? guess.role;
    return {
      name,
      type,
      role: finalRole,
      why: kept?.why ?? guess.why,
      unit: expect?.get(i)?.unit ?? unitOf(name),
      input: finalRole !== "feature" ? null : type === "number" || type === "date" ? "numeric" : "categories",
      profile: profileOf(rows, fact ?? emptyFacts, tops.get(i), source.head[i]!, guess.why.code),
    };
  });
  if (!expect) notes.push(...sayAloud(columns));
  const found = facts.flatMap((fact) => fact?.marks ?? []);
  return {
    columns,
    readings: new Map(names.map((name, i) => [name, described[i]!.reading])),
    detected: {
      ...source.detected,
      decimal: style.decimal,
      thousands: style.thousands,
      dates: order,
      missing: [...new Set([...found, ...stated])].sort(),
    },
    rows,
    notes,
  };
}
