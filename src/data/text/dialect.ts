import { type Marking, readRecords, type TextRecord } from "./records.ts";

/** How the fields of a text file are told apart, and what that makes of its head. */
export interface Dialect extends Marking {
  /** The records of the head. */
  readonly records: readonly TextRecord[];
  /** The line that states the delimiter, as Excel understands it. */
  readonly statement: TextRecord | null;
}

// A decimal comma or a comma in text is commoner than any of the first three inside a cell.
const delimiters = ["\t", ";", "|", ","];
/** Taken only where nearly all lines agree: they stand in texts, or hardly ever part cells. */
const rareDelimiters = ["whitespace", "~", "^", "\u0001", "\u00a6"];
const sampledRecords = 5000;

/** Finds the delimiter that gives the most lines the same number of fields. */
export function detectDialect(text: string, stated?: string): Dialect {
  const statement = /^\ufeff?"?sep=(.)"?\r?\n/i.exec(text);
  const known = stated ?? statement?.[1];
  const quote = findQuote(text, known);
  const escaper = findEscape(text, quote);
  const delimiter = known ?? bestDelimiter(text, quote, escaper);
  const records = readRecords(text, { delimiter, quote, escaper }, sampledRecords);
  return {
    ...{ delimiter, quote, escaper },
    records: statement ? records.slice(1) : records,
    statement: statement ? (records[0] ?? null) : null,
  };
}

function bestDelimiter(text: string, quote: string, escaper: string): string {
  let best = ",";
  let most = 0;
  for (const delimiter of [...delimiters, ...rareDelimiters]) {
    const rare = rareDelimiters.includes(delimiter);
    if (rare && most >= 0.5) break;
    const share = agreement(readRecords(text, { delimiter, quote, escaper }, 500));
    if (rare && share < 0.95) continue;
    if (share > most + 1e-9) {
      most = share;
      best = delimiter;
    }
  }
  return best;
}

/** The share of records that have the width of the body, those before it left out; 0 where that is one. */
function agreement(records: readonly TextRecord[]): number {
  const fields = bodyWidth(records);
  if (fields < 2) return 0;
  // A column of times is one column.
  const time = /^\d{1,2}:\d{2}(:\d{2})?$/;
  if (fields === 2 && records.slice(1).every((r) => time.test(r.fields[1] ?? ""))) return 0;
  const body = records.slice(records.findIndex((record) => record.fields.length === fields));
  const share = body.filter((record) => record.fields.length === fields).length / body.length;
  // What is above the table counts a little, so that a delimiter that reads it too is better.
  return share * (1 - (0.1 * (records.length - body.length)) / records.length);
}

/** The number of fields that the rows of a table have: the commonest, but for a table below longer remarks. */
export function bodyWidth(records: readonly TextRecord[]): number {
  const usual = commonest(records.map(({ fields }) => fields.length));
  if (usual > 1) return usual;
  const last = records.at(-1)?.fields.length ?? 0;
  const start = records.findLastIndex(({ fields }) => fields.length !== last) + 1;
  return records.length - start >= 3 ? last : usual;
}

/** The commonest of some numbers, the greater of two that are as common; 0 where there are none. */
export function commonest(values: Iterable<number>): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [top] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  return top?.[0] ?? 0;
}

function findQuote(text: string, delimiter = "[,;\\t|]"): string {
  if (text.includes('"')) return '"';
  const edge = delimiter.length > 1 ? delimiter : `[${delimiter.replace(/[\\\]^]/g, "\\$&")}]`;
  const quoted = new RegExp(`(^|${edge})'[^'\\n]*'(?=${edge}|\\r?$)`, "gm");
  const count = text.slice(0, 100_000).match(quoted)?.length ?? 0;
  return count >= 2 ? "'" : '"';
}

/** A backslash where one stands before quotes inside of cells, and no quote is written twice there. */
function findEscape(text: string, quote: string): string {
  const inside = new RegExp(`\\\\${quote}(?!\\s*(?:[,;\\t|]|$))`, "m");
  const twice = new RegExp(`[^,;\\t|\\n]${quote}${quote}[^,;\\t|\\n]`);
  return inside.test(text) && !twice.test(text) ? "\\" : quote;
}
