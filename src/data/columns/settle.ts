import { EspejoError } from "../../errors.ts";
import { isMark, type Marks, marksOf, textSql } from "../cells/marks.ts";
import type { NumberStyle } from "../cells/numbers.ts";
import type { Database } from "../native/database.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Source } from "../terms/source.ts";
import type { DateOrder, OpenOptions } from "../terms/table.ts";
import { allWordMarks, badValues, infiniteCell, unreadableCell } from "./check.ts";
import { chooseOrder } from "./date-order.ts";
import { type Described, type Facts, gatherFacts } from "./facts.ts";
import type { Plan } from "./plan.ts";
import { type Candidate, candidateOf, guessNative, guessText, readingOf } from "./typed.ts";

/** Columns whose every cell was tried: what each is, and the facts of the whole file. */
export interface Settled {
  readonly rows: number;
  readonly columns: readonly Described[];
  /** None for the columns that a model does not know. */
  readonly facts: readonly (Facts | undefined)[];
  readonly order: DateOrder;
  /** In force. */
  readonly marks: Marks;
  /** Found or stated. */
  readonly missing: readonly string[];
}

/** Guesses what columns hold from the head, tries the guesses on all rows, and mends or refuses what does not fit. */
export async function settleColumns(
  database: Database,
  source: Source,
  plan: Plan,
  style: NumberStyle,
  options: OpenOptions,
  notes: Note[],
): Promise<Settled> {
  const stated = [...(options.missing ?? []), ...(options.prior?.missing ?? [])];
  let marks = marksOf(stated);
  const candidates = await guessColumns(database, source, plan, style, marks);
  const watched = plan.names.map((_, i) => i).filter((i) => !plan.matched || plan.types.has(i));
  let order: DateOrder =
    options.dates ?? options.prior?.dates ?? defaultOrder(source.detected.delimiter, style);

  const gather = async () => {
    const columns = candidates.map((candidate, i): Described => {
      const reading = readingOf(`c${i}`, candidate, source.natives[i]!, style, order, marks);
      return { candidate, reading };
    });
    const asked = watched.map((i) => columns[i]!);
    const light = plan.matched;
    const { rows, facts } = await gatherFacts(database, source.relation, asked, marks, light);
    const byPlace: (Facts | undefined)[] = plan.names.map(() => undefined);
    watched.forEach((i, k) => {
      byPlace[i] = facts[k];
    });
    return { rows, columns, facts: byPlace };
  };

  let settled = await gather();
  if (settled.rows === 0) throw new EspejoError("file_no_rows", { path: source.path });
  const chosen = await chooseOrder(database, source, plan.names, settled, order, options, notes);
  if (chosen !== order) {
    order = chosen;
    settled = await gather();
  }

  // What never becomes a number need not be one.
  const kept = watched.filter((i) => {
    const role = plan.roles.get(i)?.role;
    return plan.types.has(i) || (role !== "ignore" && role !== "label" && role !== "id");
  });
  const before = marks;
  let mended = false;
  for (const i of watched) {
    const facts = settled.facts[i]!;
    if (facts.bad === 0) continue;
    const bad = { column: plan.names[i]!, facts, described: settled.columns[i]! };
    const values = await badValues(database, source, bad, before);
    if (allWordMarks(values)) {
      marks = marksOf([...marks.texts, ...stated, ...values.map(({ value }) => value)]);
      for (const { value, count } of values) {
        notes.push(note("marks_found", { mark: value, column: bad.column, count }));
      }
    } else if (kept.includes(i) && (plan.types.has(i) || facts.bad <= 0.1 * facts.cells)) {
      throw await unreadableCell(database, source, bad, before);
    } else {
      candidates[i] = { kind: "text", mixed: { bad: facts.bad, value: values[0]!.value } };
    }
    mended = true;
  }
  if (mended) settled = await gather();
  for (const i of kept) {
    const facts = settled.facts[i]!;
    if (facts.infinite === 0) continue;
    const bad = { column: plan.names[i]!, facts, described: settled.columns[i]! };
    throw await infiniteCell(database, source, bad);
  }
  const found = settled.facts.flatMap((facts) => facts?.marks ?? []);
  return { ...settled, order, marks, missing: [...new Set([...found, ...stated])].sort() };
}

/** A semicolon or a decimal comma come from where days are written first. */
function defaultOrder(delimiter: string, style: NumberStyle): DateOrder {
  return delimiter === ";" || style.decimal === "," ? "dmy" : "mdy";
}

async function guessColumns(
  database: Database,
  source: Source,
  { types, roles, matched }: Plan,
  style: NumberStyle,
  marks: Marks,
): Promise<Candidate[]> {
  const guess = (cells: readonly string[], i: number): Candidate => {
    const type = types.get(i);
    const native = source.natives[i]!;
    if (type !== undefined) return candidateOf(type, native, cells);
    if (matched && !roles.has(i)) return { kind: "text" };
    return native === null
      ? guessText(
          cells.filter((cell) => !marks.texts.includes(cell)),
          style,
        )
      : guessNative(native, cells);
  };
  const candidates = source.head.map(guess);
  // Columns that begin with many missing cells are guessed from their first and last values in order.
  const unknown = candidates.flatMap(({ kind }, i) => (kind === "unknown" ? [i] : []));
  if (unknown.length > 0) {
    const ends = unknown.map((i) => {
      const text = textSql(`c${i}`, marks);
      return `to_json(list_concat(min(${text}, 200), max(${text}, 200)))::VARCHAR`;
    });
    const [row] = await database.query(`SELECT ${ends.join(", ")} FROM (${source.relation})`);
    unknown.forEach((i, k) => {
      const cells = (JSON.parse(String(row![k] ?? "[]")) ?? []) as string[];
      candidates[i] = guess(
        cells.filter((cell) => !isMark(cell)),
        i,
      );
    });
  }
  return candidates;
}
