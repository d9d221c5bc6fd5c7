import { EspejoError } from "../../errors.ts";
import { isMark, type Marks, marksOf, textSql } from "../cells/marks.ts";
import { numberParser } from "../cells/numbers.ts";
import { type Zone, zoneOf } from "../cells/zones.ts";
import type { Database } from "../native/database.ts";
import { type Note, note } from "../terms/notes.ts";
import { OddLines, type Source } from "../terms/source.ts";
import {
  type DateOrder,
  datesBefore,
  marksKnown,
  type NumberStyle,
  type OpenOptions,
} from "../terms/table.ts";
import {
  allWordMarks,
  type BadCells,
  type CellPlaces,
  cellPlaces,
  findOdd,
  infiniteCell,
  type OddCells,
  unreadableCell,
} from "./check.ts";
import { type WrittenDates, writtenDates } from "./date-notes.ts";
import { type Described, type Facts, gatherFacts } from "./facts.ts";
import type { KnownStyles } from "./number-styles.ts";
import type { Plan } from "./plan.ts";
import { once } from "./recall.ts";
import { runsOf } from "./relation.ts";
import { settleDates } from "./settle-dates.ts";
import {
  type Candidate,
  candidateOf,
  datedByName,
  fewUnread,
  guessNative,
  guessText,
  inOrderOf,
  type NumberContext,
  readingOf,
} from "./typed.ts";

/** Columns whose every cell was tried: what each is, and the facts of the whole file. */
export interface Settled {
  readonly rows: number;
  readonly columns: readonly Described[];
  /** None for the columns that a model does not know. */
  readonly facts: readonly (Facts | undefined)[];
  readonly order: DateOrder;
  /** How the dates of columns are written that are text or numbers. */
  readonly written: readonly (WrittenDates & { readonly i: number })[];
  /** Whose clocks times without an offset are of. */
  readonly zone: Zone | null;
  /** In force. */
  readonly marks: Marks;
  /** Found or stated. */
  readonly missing: readonly string[];
}

/** How dates are read where there are none. */
const noDates = { order: "ymd", zone: null } as const;

/** Guesses what columns hold from the head, tries the guesses on all rows, and mends or refuses what does not fit. */
export async function settleColumns(
  database: Database,
  source: Source,
  plan: Plan,
  context: NumberContext,
  known: KnownStyles,
  options: OpenOptions,
  notes: Note[],
): Promise<Settled> {
  const { missing: stated, notMissing } = marksKnown(options);
  let marks = marksOf(stated, notMissing);
  const candidates = await guessColumns(
    database,
    source,
    plan,
    context,
    known.styles,
    marks,
    options,
  );
  const watched = plan.names.map((_, i) => i).filter((i) => !plan.matched || plan.types.has(i));
  const assumed =
    options.dates ??
    datesBefore(options)?.dates ??
    defaultOrder(source.detected.delimiter, context.table);
  const clocks = options.zone ?? datesBefore(options)?.zone;
  const zone = clocks === undefined ? null : zoneOf(clocks);

  const gather = async (order: DateOrder, chosen: boolean) => {
    const dates = { order, zone, stated: options.dates !== undefined };
    const columns = candidates.map((open, i): Described => {
      const candidate = chosen ? inOrderOf(open, order) : open;
      const reading = readingOf(`c${i}`, candidate, source.natives[i]!, dates, marks);
      return { place: i, candidate, reading };
    });
    const asked = watched.map((i) => columns[i]!);
    const { rows, odd, facts } = await gatherFacts(database, source, asked, marks, plan.matched);
    if (odd > 0) throw new OddLines();
    if (rows === 0) throw new EspejoError("file_no_rows", { path: source.path });
    const byPlace: (Facts | undefined)[] = plan.names.map(() => undefined);
    watched.forEach((i, k) => {
      byPlace[i] = facts[k];
    });
    return { rows, columns, facts: byPlace };
  };

  const { names } = plan;
  const parts = { names, candidates, marks };
  const dated = await settleDates(database, source, parts, assumed, options, gather);
  const { order } = dated;
  let settled = dated.gathered;
  notes.push(...dated.notes);

  // What never becomes a number need not be one.
  const kept = watched.filter((i) => {
    const role = plan.roles.get(i)?.role;
    return plan.types.has(i) || (role !== "ignore" && role !== "label" && role !== "id");
  });
  const before = marks;
  let mended = false;
  const placeOf = cellPlaces(database, source);
  const badCells = (i: number): BadCells => ({
    ...{ column: names[i]!, facts: settled.facts[i]!, described: settled.columns[i]! },
  });
  const bads = watched.filter((i) => settled.facts[i]!.bad > 0);
  const odd = await findOdd(database, source, bads.map(badCells), before);
  for (const i of bads) {
    const bad = badCells(i);
    const { facts } = bad;
    const cells = odd.get(i)!;
    const { values } = cells;
    const wider = widerStyle(candidates[i]!, values, known.stated.has(i));
    if (allWordMarks(values)) {
      marks = marksOf([...marks.texts, ...stated, ...values.map(({ value }) => value)], notMissing);
      for (const { value, count } of values) {
        notes.push(note("marks_found", { mark: value, column: bad.column, count }));
      }
    } else if (wider) {
      candidates[i] = wider;
    } else {
      const typed = plan.types.has(i) || known.styles.has(i);
      const few = facts.bad <= fewUnread * facts.cells;
      const none = facts.bad === facts.cells;
      if (kept.includes(i) && (options.strict ? typed || few : none && typed))
        throw await unreadableCell(placeOf, bad, cells);
      if (few || typed) {
        if (kept.includes(i)) notes.push(await unreadNote(placeOf, bad, cells));
      } else {
        candidates[i] = { kind: "text", mixed: { bad: facts.bad, value: values[0]!.value } };
      }
    }
    mended = true;
  }
  if (mended) settled = await gather(order, true);
  const infinite = kept.find((i) => settled.facts[i]!.infinite > 0);
  if (infinite !== undefined)
    throw await infiniteCell(database, source, placeOf, badCells(infinite));
  const found = settled.facts.flatMap((facts) => facts?.marks ?? []);
  const reading = { order, zone, stated: options.dates !== undefined };
  const written = writtenDates(names, candidates, reading);
  return {
    ...settled,
    order,
    written,
    zone,
    marks,
    missing: [...new Set([...found, ...stated])].sort(),
  };
}

/** What cells that cannot be read say, where the first is, and that they are missing from now on. */
async function unreadNote(placeOf: CellPlaces, bad: BadCells, cells: OddCells): Promise<Note> {
  const { parameters } = await unreadableCell(placeOf, bad, cells);
  const { column, line, value, type } = parameters as Record<string, string | number>;
  return note("cells_unread", {
    ...{ column: column!, line: line!, value: value!, type: type! },
    ...{ bad: bad.facts.bad, cells: bad.facts.cells, values: cells.values.length },
  });
}

/** A number style that reads the cells that another could not: negative ones as accountants write them, flags. */
function widerStyle(
  candidate: Candidate,
  values: readonly { readonly value: string }[],
  stated: boolean,
): Candidate | null {
  if (candidate.kind !== "number" || candidate.native || stated) return null;
  const { style = { decimal: ".", thousands: "none" } } = candidate;
  for (const more of [{ accounting: true }, { flags: true }]) {
    const wider: NumberStyle = { ...style, ...more };
    const parse = numberParser(wider);
    if (values.every(({ value }) => !Number.isNaN(parse(value))))
      return { ...candidate, style: wider };
  }
  return null;
}

/** A semicolon or a decimal comma come from where days are written first. */
function defaultOrder(delimiter: string, style: NumberStyle): DateOrder {
  return delimiter === ";" || style.decimal === "," ? "dmy" : "mdy";
}

async function guessColumns(
  database: Database,
  source: Source,
  { names, types, roles, matched }: Plan,
  context: NumberContext,
  styles: ReadonlyMap<number, NumberStyle>,
  marks: Marks,
  options: OpenOptions,
): Promise<Candidate[]> {
  const old = options.prior !== undefined && options.prior.numbers === undefined;
  const guess = (cells: readonly string[], i: number, ends = false): Candidate => {
    const by = () => [
      ...[i, ends, matched, types.get(i), styles.get(i), roles.get(i)?.role, marks, context, old],
      datesBefore(options)?.layouts?.[names[i]!],
    ];
    const key = () => `guess ${JSON.stringify(by())}`;
    return once(source, key, () => guessCells(cells, i));
  };
  const guessCells = (cells: readonly string[], i: number): Candidate => {
    const type = types.get(i);
    const native = source.natives[i]!;
    const style = styles.get(i);
    const layouts = datesBefore(options)?.layouts?.[names[i]!];
    const told = cells.filter((cell) => !marks.texts.includes(cell));
    if (style && (type ?? "number") === "number") {
      const guessed = native === null ? undefined : guessNative(native, told, context);
      return guessed?.kind === "number" && guessed.native
        ? guessed
        : { kind: "number", native: false, style };
    }
    if (matched && !roles.has(i)) return { kind: "text" };
    const found =
      type !== undefined || layouts
        ? candidateOf(type ?? "date", native, told, context, layouts)
        : datedByName(
            native === null ? guessText(told, context) : guessNative(native, told, context),
            names[i]!,
            told,
            roles.get(i)?.role,
          );
    // Models that were written before knew true and false as they stood.
    return old && found.kind === "text" && native !== "BOOLEAN"
      ? { ...found, truth: false }
      : found;
  };
  const candidates = source.head.map((cells, i) => guess(cells, i));
  // Columns that begin with many missing cells are guessed from their first and last values in order.
  const unknown = candidates.flatMap(({ kind }, i) => (kind === "unknown" ? [i] : []));
  for (const run of runsOf(source, unknown)) {
    const ends = run.map((i) => {
      const native = source.natives[i]!;
      const { written } = readingOf(`c${i}`, { kind: "text" }, native, noDates, marks);
      const text = textSql(written, marks);
      return `to_json(list_concat(min(${text}, 200), max(${text}, 200)))::VARCHAR`;
    });
    const [row] = await database.query(`SELECT ${ends.join(", ")} FROM (${source.relation(run)})`);
    run.forEach((i, k) => {
      const cells = (JSON.parse(String(row![k] ?? "[]")) ?? []) as string[];
      candidates[i] = guess(
        cells.filter((cell) => !isMark(cell)),
        i,
        true,
      );
    });
  }
  return candidates;
}
