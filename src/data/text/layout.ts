import { type Note, note } from "../terms/notes.ts";
import type { SkippedLine } from "../terms/table.ts";
import { clip } from "./clip.ts";
import { bodyWidth, type Dialect } from "./dialect.ts";
import { isHeader, joinedBelow, kindOf, numbersAsNames, unitsBelow } from "./header.ts";
import type { TextRecord } from "./records.ts";
import { isBlank, type RowRule, sameFields, sift, Tally } from "./sieve.ts";

/** Where the rows of a text begin, what its columns are called, and what a row looks like. */
export interface Layout {
  readonly names: readonly string[];
  readonly header: boolean;
  /** Rows of the head, each as wide as the names. */
  readonly rows: readonly { readonly record: TextRecord; readonly fields: readonly string[] }[];
  /** All lines above the rows. */
  readonly above: readonly TextRecord[];
  /** Of them, those that are neither rows nor header. */
  readonly skipped: readonly SkippedLine[];
  readonly rule: RowRule;
  /** Names that the header has more than once, each with the places (from 1) of the first two. */
  readonly repeated: readonly Repeated[];
  /** Whether every line of the head is a row as it stands. */
  readonly plain: boolean;
  readonly notes: readonly Note[];
}

/** A name of two columns, numbers from 1. */
export interface Repeated {
  readonly name: string;
  readonly first: number;
  readonly second: number;
}

export interface LayoutOptions {
  /** Whether the first line of the table names its columns, where that is known. */
  readonly header?: boolean | undefined;
  /** Names that the columns are known to have. */
  readonly known?: readonly string[] | undefined;
}

/** Lines above a table that are looked at. */
const mostAbove = 1000;
/** Lines that a header may have. */
const mostHeaderLines = 4;

/** Tells title, header and rows of a text apart. */
export function layOut(dialect: Dialect, { header: stated, known }: LayoutOptions): Layout {
  const { records, statement } = dialect;
  const wide = bodyWidth(records);
  const first = firstOfTable(records, wide, known);
  const start = records[first]!;
  const below = records
    .slice(first + 1)
    .filter((record) => !isBlank(record) && !sameFields(record.fields, start.fields));
  const given = headerFields(start.fields, below, wide);
  const named = known !== undefined && hasAll(given.fields, known);
  const header = stated ?? (named || isHeader(given.fields, below));
  const notes: Note[] = [];
  const skipped = [...(statement ? [statement] : []), ...records.slice(0, first)]
    .filter((record) => !isBlank(record))
    .map((record) => skippedLine(record, note("line_preamble")));
  let from = first;
  let fields = given.fields;
  if (header) {
    from = first + 1;
    const joined = named ? null : joinLines(records, from, fields);
    if (joined) {
      notes.push(note("header_joined", { from: start.line, to: records[joined.from - 1]!.line }));
      ({ fields, from } = joined);
    }
    if (!named && stated === undefined && numbersAsNames(fields))
      notes.push(note("header_numbers", { line: start.line, text: clip(start.text) }));
  }
  const naming = nameColumns(header ? fields : Array(Math.max(wide, 1)).fill(""));
  const { names } = naming;
  const width = names.length;
  const rule: RowRule = {
    width,
    header: records
      .slice(first, from)
      .filter((record) => !isBlank(record))
      .map((record) => record.fields.slice(0, width)),
    short: endsShort(records.slice(from), width),
  };
  const tally = new Tally(width);
  let rows = [...sift(records.slice(from), rule)].flatMap((sifted) => {
    tally.add(sifted);
    return sifted.left ? [] : [sifted];
  });
  const units = header
    ? unitsBelow(
        names,
        rows.map((row) => row.fields),
      )
    : undefined;
  if (units) {
    skipped.push(skippedLine(rows[0]!.record, units));
    rows = rows.slice(1);
  }
  const firstRow = rows[0]?.record.line ?? Number.POSITIVE_INFINITY;
  const all = statement ? [statement, ...records] : records;
  return {
    ...{ names, header, rows, skipped, rule },
    above: all.filter(({ line }) => line < firstRow),
    plain: tally.clean,
    repeated: header ? naming.repeated : [],
    notes: header ? [...notes, ...nameNotes(given.shifted, naming)] : notes,
  };
}

const skippedLine = ({ line, text }: TextRecord, why: Note): SkippedLine => ({ line, text, why });

const filledOf = ({ fields }: TextRecord): string[] => fields.filter((field) => field !== "");
const hasAll = (fields: readonly string[], names: readonly string[]): boolean =>
  names.length > 0 && names.every((name) => fields.includes(name));

/** The first record that is of the table: before it may stand titles, remarks and blank lines. */
function firstOfTable(
  records: readonly TextRecord[],
  wide: number,
  known: readonly string[] | undefined,
): number {
  const last = Math.min(mostAbove, records.length - 1);
  if (known) {
    const at = records.slice(0, last + 1).findIndex(({ fields }) => hasAll(fields, known));
    if (at >= 0) return at;
  }
  let at = 0;
  if (isTableAbove(records, wide)) return at;
  while (at < last && (isApart(records[at]!, wide) || isAboveHeader(records, at, wide))) at++;
  // A header that names only some of the columns is shorter than its rows.
  const before = records[at - 1];
  if (before && !isBlank(before) && filledOf(before).length > 1 && before.fields.length < wide) {
    const body = records.slice(at).filter((record) => !isBlank(record));
    const padded = [...before.fields, ...Array(wide - before.fields.length).fill("")];
    if (!isHeader(body[0]?.fields ?? [], body.slice(1)) && isHeader(padded, body)) return at - 1;
  }
  return at;
}

/** Whether many lines above the first that is as wide as most have columns themselves: they are rows, not remarks. */
function isTableAbove(records: readonly TextRecord[], wide: number): boolean {
  const above = records.slice(
    0,
    records.findIndex(({ fields }) => fields.length >= wide),
  );
  const columned = above.filter(({ fields }) => fields.length > 2).length;
  return above.length > 20 && columned > 0.9 * above.length;
}

/** Whether a shorter record stands above the header itself. */
function isAboveHeader(records: readonly TextRecord[], at: number, wide: number): boolean {
  if (records[at]!.fields.length >= wide) return false;
  const [next, ...below] = records.slice(at + 1).filter((record) => !isBlank(record));
  return next?.fields.length === wide && isHeader(next.fields, below);
}

function isApart(record: TextRecord, wide: number): boolean {
  const { fields } = record;
  if (wide < 2) return false;
  if (isBlank(record)) return true;
  const filled = filledOf(record);
  if (filled.length === 1 && (kindOf(filled[0]!) === "text" || wide > 2)) return true;
  if (fields.length < wide && fields[0]!.startsWith("#")) return true;
  const used = fields.findLastIndex((field) => field !== "") + 1;
  return fields.length < wide - 1 || used > wide;
}

/** What R calls the column that its headers leave out. */
const rowNames = "rownames";

interface Given {
  readonly fields: readonly string[];
  readonly shifted: boolean;
}

/** The fields of a first record, one for each column: of a header that leaves one out, with it. */
function headerFields(
  fields: readonly string[],
  below: readonly TextRecord[],
  wide: number,
): Given {
  const named = fields.slice(0, fields.findLastIndex((field) => field !== "") + 1);
  const used = below.map((record) => record.fields.findLastIndex((field) => field !== "") + 1);
  const most = used.reduce((a, b) => Math.max(a, b), 0);
  if (fields.length === wide - 1 && below.length > 1 && fields.length > 1) {
    const full = below.filter((record) => record.fields.length === wide);
    const last = full.filter((record) => record.fields.at(-1) !== "").length;
    // R leaves out the name of the rows, others end every row with a delimiter.
    if (last > 0.5 * full.length) return given([rowNames, ...fields], true);
    if (last === 0) return given(fields);
  }
  // A header that ends with a delimiter, above rows that do not.
  if (fields.length > wide && named.length <= wide) return given(fields.slice(0, wide));
  if (fields.length < wide && most > fields.length)
    return given([...fields, ...Array(wide - fields.length).fill("")]);
  return given(fields);
}

const given = (fields: readonly string[], shifted = false): Given => ({ fields, shifted });

/** Further lines of a header that fill the gaps of the first, and where the rows begin. */
function joinLines(
  records: readonly TextRecord[],
  from: number,
  fields: readonly string[],
): { readonly fields: readonly string[]; readonly from: number } | null {
  let joined: { fields: readonly string[]; from: number } | null = null;
  let upper = fields;
  for (let at = from; at < Math.min(from + mostHeaderLines, records.length - 1); at++) {
    const lower = records[at]!;
    if (isBlank(lower)) continue;
    const body = records.slice(at + 1).filter((record) => !isBlank(record));
    const names = joinedBelow(
      upper,
      lower.fields,
      body.map((row) => row.fields),
    );
    if (!names) break;
    upper = names;
    joined = { fields: names, from: at + 1 };
  }
  return joined;
}

/** Whether rows leave out the missing cells at their end: many do, and not all of them below the last whole one. */
function endsShort(records: readonly TextRecord[], width: number): boolean {
  const full = records.findLastIndex(({ fields }) => fields.length === width);
  const among = records.slice(0, full + 1).filter((record) => !isBlank(record));
  const short = among.filter(({ fields }) => fields.length < width && fields.length > 1).length;
  return short >= 3 && short >= 0.05 * among.length;
}

interface Naming {
  readonly names: readonly string[];
  readonly added: readonly string[];
  readonly repeated: readonly Repeated[];
}

/** Names for columns, each once: nameless ones and those of a name that was there get a number. */
function nameColumns(fields: readonly string[]): Naming {
  const taken = new Set(fields);
  const seen = new Map<string, number>();
  const added: string[] = [];
  const repeated: Repeated[] = [];
  const free = (base: string, from: number): string => {
    let n = from;
    while (taken.has(`${base}_${n}`)) n++;
    taken.add(`${base}_${n}`);
    return `${base}_${n}`;
  };
  const names = fields.map((name, i) => {
    if (name === "") {
      added.push(free("column", i + 1));
      return added.at(-1)!;
    }
    const first = seen.get(name);
    if (first === undefined) seen.set(name, i + 1);
    if (first === undefined) return name;
    if (!repeated.some((known) => known.name === name))
      repeated.push({ name, first, second: i + 1 });
    return free(name, 2);
  });
  return { names, added, repeated };
}

function nameNotes(shifted: boolean, { names, added, repeated }: Naming): Note[] {
  const notes: Note[] = [];
  if (shifted) notes.push(note("names_shifted", { column: names[0]! }));
  if (added.length > 0) notes.push(note("names_added", { columns: clip(added.join(", ")) }));
  for (const { name } of repeated.slice(0, 3))
    notes.push(note("names_repeated", { column: name, second: `${name}_2` }));
  return notes;
}
