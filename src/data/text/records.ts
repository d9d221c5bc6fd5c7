import { createReadStream } from "node:fs";

/** A record of a delimited text: its trimmed fields, and the lines that it is on (from 1). */
export interface TextRecord {
  readonly line: number;
  readonly lastLine: number;
  readonly fields: readonly string[];
  readonly text: string;
}

/** How the fields of a text are told apart. */
export interface Marking {
  /** One character, or "whitespace". */
  readonly delimiter: string;
  readonly quote: string;
  /** What stands before a quote inside of quotes: the quote itself, or a backslash. */
  readonly escaper: string;
}

/** Lines that a cell in quotes may span before its quote is taken for a sign of its own. */
const mostLinesOfCell = 1000;

/**
 * Takes a text apart as it comes, blank lines left out. A quote opens a field only at its beginning; one that is never
 * closed is a sign like any other. `delimiter` is one character, or "whitespace" for runs of spaces and tabs (which
 * knows no quotes).
 */
export class RecordReader {
  readonly #marking: Marking;
  #held = "";
  #line = 1;

  constructor(marking: Marking) {
    this.#marking = marking;
  }

  /** The records that end in what was given so far. */
  *push(text: string): Generator<TextRecord> {
    this.#held += text;
    yield* this.#take(false);
  }

  /** The records of what is left. */
  *end(): Generator<TextRecord> {
    yield* this.#take(true);
  }

  *#take(all: boolean): Generator<TextRecord> {
    const text = this.#held;
    let at = 0;
    while (at < text.length) {
      const found = this.#record(text, at, all);
      if (found === null) break;
      at = found.next;
      if (found.record) yield found.record;
    }
    this.#held = text.slice(at);
  }

  /** The record that begins at a place; null where its end is still to come. */
  #record(
    text: string,
    at: number,
    all: boolean,
  ): { readonly next: number; readonly record: TextRecord | null } | null {
    const line = this.#line;
    const end = lineEnd(text, at, all);
    if (end === null) return null;
    const raw = text.slice(at, end.at);
    const { delimiter, quote } = this.#marking;
    let fields: string[] | null = null;
    let last = end;
    let lines = 1;
    if (delimiter === "whitespace") fields = raw.trim().split(/[ \t]+/);
    else if (!raw.includes(quote)) fields = raw.split(delimiter).map(trimmed);
    else {
      const found = quotedFields(text, at, this.#marking);
      if (found === null && !all && linesIn(text, at) < mostLinesOfCell) return null;
      if (found !== null && found.lines <= mostLinesOfCell) {
        const close = lineEnd(text, found.at, all);
        if (close === null) return null;
        fields = found.fields;
        last = close;
        lines = found.lines;
      } else fields = raw.split(delimiter).map(trimmed);
    }
    this.#line += lines;
    const whole = text.slice(at, last.at).trim();
    const record = whole === "" ? null : { line, lastLine: line + lines - 1, fields, text: whole };
    return { next: last.next, record };
  }
}

const trimmed = (field: string): string => field.trim();

/** Where a line ends and the next begins; null where that is still to come. */
function lineEnd(text: string, from: number, all: boolean): { at: number; next: number } | null {
  const newline = text.indexOf("\n", from);
  const lone = loneReturn(text, from, newline < 0 ? text.length : newline);
  if (lone >= 0) return { at: lone, next: lone + 1 };
  if (newline >= 0) return { at: newline, next: newline + 1 };
  return all ? { at: text.length, next: text.length } : null;
}

/** A return that no newline follows, as old Macs end lines. */
function loneReturn(text: string, from: number, to: number): number {
  const at = text.slice(from, to).indexOf("\r");
  return at >= 0 && from + at < to - 1 ? from + at : -1;
}

const linesIn = (text: string, from: number): number => {
  let lines = 0;
  for (let at = text.indexOf("\n", from); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
};

/** The fields of a record with quotes, and the place where its line ends; null where a quote is not closed. */
function quotedFields(
  text: string,
  from: number,
  { delimiter, quote, escaper }: Marking,
): { readonly fields: string[]; readonly at: number; readonly lines: number } | null {
  const fields: string[] = [];
  let at = from;
  let lines = 1;
  for (;;) {
    while (text[at] === " " || (text[at] === "\t" && delimiter !== "\t")) at++;
    let field = "";
    if (text[at] === quote) {
      at++;
      for (;;) {
        const c = text[at];
        if (c === undefined) return null;
        if (c === escaper && text[at + 1] === quote) {
          field += quote;
          at += 2;
        } else if (c === quote) {
          at++;
          break;
        } else {
          if (c === "\n") lines++;
          field += c;
          at++;
        }
      }
    }
    const start = at;
    while (at < text.length && text[at] !== delimiter && text[at] !== "\n" && !isLone(text, at))
      at++;
    fields.push((field + text.slice(start, at)).trim());
    if (text[at] !== delimiter) return { fields, at, lines };
    at++;
  }
}

const isLone = (text: string, at: number): boolean => text[at] === "\r" && text[at + 1] !== "\n";

/** The first records of a text, blank lines left out. */
export function readRecords(text: string, marking: Marking, limit: number): TextRecord[] {
  const records: TextRecord[] = [];
  const reader = new RecordReader(marking);
  for (const part of [reader.push(text), reader.end()])
    for (const record of part) {
      if (records.length === limit) return records;
      records.push(record);
    }
  return records;
}

/** The records of a file in UTF-8, up to a place in it. */
export async function* fileRecords(
  path: string,
  marking: Marking,
  end: number = Number.POSITIVE_INFINITY,
): AsyncGenerator<TextRecord> {
  if (end <= 0) return;
  const reader = new RecordReader(marking);
  let first = true;
  const options = { encoding: "utf8", end: end - 1, highWaterMark: 1 << 20 } as const;
  for await (const text of createReadStream(path, options)) {
    const chunk = text as string;
    yield* reader.push(first && chunk.startsWith("\ufeff") ? chunk.slice(1) : chunk);
    first = false;
  }
  yield* reader.end();
}
