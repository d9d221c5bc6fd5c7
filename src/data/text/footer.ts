import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { note } from "../terms/notes.ts";
import type { SkippedLine } from "../terms/table.ts";
import { type Marking, readRecords } from "./records.ts";

/** Lines below the rows of a file that are none of them. */
export interface Footer {
  /** Where they begin, in bytes. */
  readonly start: number;
  readonly skipped: readonly SkippedLine[];
}

const tailBytes = 1 << 16;
const mostLines = 200;
/** Texts of this length under a table are sentences, not the names of rows. */
const sentence = 25;

/** A total, or a word with a colon that begins a remark. */
const total =
  /^((sub|grand |gran )?total(es)?|suma|sum|summe|gesamt|insgesamt|somme|totale|media|promedio|mean|average|mittelwert|moyenne)\b\s*(general|anual|annual|año|year)?\s*:?$/i;
const remark =
  /^(fuentes?|sources?|quellen?|notas?|notes?|data from|last updated|elaboraci[oó]n)\b.*:|^[([*†‡]|^\d+\s*[)\]]/i;

/** Finds lines below the table, such as a total or a source; null where the file ends with a row. */
export async function findFooter(
  path: string,
  marking: Marking,
  columns: number,
  rows: readonly (readonly string[])[],
): Promise<Footer | null> {
  // A word a line is all that a table of one column has.
  if (marking.delimiter === "whitespace" || columns < 2) return null;
  const { bytes, from } = await readTail(path);
  const lines: { start: number; text: string; fields: readonly string[] }[] = [];
  for (let end = bytes.length; end > 1 && lines.length < mostLines; ) {
    const start = bytes.lastIndexOf(10, end - 2) + 1;
    // The first line is the header, or cut.
    if (start === 0) break;
    const text = bytes.subarray(start, end).toString().trim();
    const fields = readRecords(text, marking, 1)[0]?.fields ?? [];
    lines.push({ start: from + start, text, fields });
    end = start;
  }
  const known = new Set(rows.slice(0, -10).map(([cell]) => cell));
  // Rows that hold more than one cell, as nearly all do above a remark.
  const full = rows.filter((row) => row.filter((cell) => cell !== "").length > 1).length;
  const lonely = full < 0.9 * rows.length;
  const isFooter = (i: number): boolean => {
    const { text, fields } = lines[i]!;
    // Half of a quoted cell that spans lines.
    if (text.split(marking.quote).length % 2 === 0) return false;
    const filled = fields.filter((field) => field !== "");
    const [first = "", ...others] = filled;
    if (known.has(first)) return false;
    if (total.test(first) && fields[0] === first) return true;
    if (others.length > 0) return remark.test(first) && !/^[([\d]/.test(first);
    if (/^[\d.,+-]+$/.test(first)) return false;
    if (fields.length < columns) return true;
    const apart = (lines[i + 1]?.fields ?? []).every((field) => field === "");
    return !lonely && (first.length >= sentence || remark.test(first) || (apart && columns > 2));
  };
  let last = -1;
  for (let i = 0; i < lines.length; i++) {
    if (lines[i]!.fields.every((field) => field === "")) continue;
    if (isFooter(i)) last = i;
    else break;
  }
  const found = lines.slice(0, last + 1).filter(({ text }) => /[^\s,;|"]/.test(text));
  if (found.length === 0) return null;
  const skipped: SkippedLine[] = [];
  for (const { start, text } of found.reverse())
    skipped.push({ line: 1 + (await lineEnds(path, start)), text, why: note("line_footer") });
  return { start: lines[last]!.start, skipped };
}

async function readTail(path: string): Promise<{ bytes: Buffer; from: number }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - tailBytes);
    const bytes = Buffer.alloc(size - from);
    await file.read(bytes, 0, bytes.length, from);
    return { bytes, from };
  } finally {
    await file.close();
  }
}

/** How many lines end before a place in a file. */
async function lineEnds(path: string, place: number): Promise<number> {
  let ends = 0;
  for await (const bytes of createReadStream(path, { end: place - 1 }))
    for (const byte of bytes as Buffer) if (byte === 10) ends++;
  return ends;
}
