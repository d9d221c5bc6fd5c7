import { readRecords, type TextRecord } from "./records.ts";

/** How the fields of a text file are told apart. */
export interface Dialect {
  /** One character, or "whitespace". */
  readonly delimiter: string;
  readonly quote: string;
  /** The records of the head, those before the table left out. */
  readonly records: readonly TextRecord[];
  /** Leading records that are not of the table: titles, comments. */
  readonly preamble: readonly TextRecord[];
}

// A decimal comma or a comma in text is commoner than any of the first three inside a cell.
const delimiters = ["\t", ";", "|", ","];
const sampledRecords = 5000;

/** Finds the delimiter that gives the most lines the same number of fields. */
export function detectDialect(text: string, stated?: string): Dialect {
  const quote = findQuote(text, stated);
  if (stated !== undefined) return withPreamble(text, stated, quote);
  let best = ",";
  let most = 0;
  for (const delimiter of [...delimiters, "whitespace"]) {
    // Spaces are inside of cells too often to compete with the others.
    if (delimiter === "whitespace" && most >= 0.5) break;
    const share = agreement(readRecords(text, delimiter, quote, 500));
    if (delimiter === "whitespace" && share < 0.95) continue;
    if (share > most + 1e-9) {
      most = share;
      best = delimiter;
    }
  }
  return withPreamble(text, best, quote);
}

/** The share of records that have the commonest number of fields, 0 where that is one. */
function agreement(records: readonly TextRecord[]): number {
  const fields = commonest(records);
  if (fields < 2) return 0;
  // A column of times is one column.
  const time = /^\d{1,2}:\d{2}(:\d{2})?$/;
  if (fields === 2 && records.slice(1).every((r) => time.test(r.fields[1] ?? ""))) return 0;
  return records.filter((r) => r.fields.length === fields).length / records.length;
}

function commonest(records: readonly TextRecord[]): number {
  const counts = new Map<number, number>();
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
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

function withPreamble(text: string, delimiter: string, quote: string): Dialect {
  const records = readRecords(text, delimiter, quote, sampledRecords);
  const fields = commonest(records);
  let first = 0;
  const apart = (record: TextRecord) =>
    record.fields.length < fields &&
    fields > 1 &&
    (record.fields.filter((f) => f !== "").length <= 1 || record.fields[0]!.startsWith("#"));
  while (first < Math.min(20, records.length - 1) && apart(records[first]!)) first++;
  return { delimiter, quote, records: records.slice(first), preamble: records.slice(0, first) };
}
