import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { note } from "../terms/notes.ts";
import type { SkippedLine } from "../terms/table.ts";
import type { Dialect } from "./dialect.ts";
import { readRecords, type TextRecord } from "./records.ts";

/** Lines below the rows of a file that are none of them. */
export interface Footer {
  /** Where they begin, in bytes. */
  readonly start: number;
  readonly skipped: readonly SkippedLine[];
}

const tailBytes = 1 << 16;
const mostLines = 10;

/** A total, or a word with a colon that begins a remark. */
const footerWord =
  /^((sub|grand |gran )?total(es)?( general)?|suma)\s*:?$|^(fuentes?|sources?|notas?|notes?|data from|last updated|elaboraci[oó]n)\b.*:/i;

/** Finds lines below the table, such as a total or a source; null where the file ends with a row. */
export async function findFooter(
  path: string,
  { delimiter, quote }: Dialect,
  columns: number,
  rows: readonly TextRecord[],
): Promise<Footer | null> {
  // A word a line is all that a table of one column has.
  if (delimiter === "whitespace" || columns < 2) return null;
  const known = new Set(rows.slice(0, -mostLines).map(({ fields }) => fields[0]));
  const isFooter = (line: string): boolean => {
    // Half of a quoted cell that spans lines.
    if (line.split(quote).length % 2 === 0) return false;
    const fields = readRecords(line, delimiter, quote, 1)[0]?.fields ?? [];
    const [first = "", ...others] = fields.filter((field) => field !== "");
    if (/^[\d.,+-]/.test(first) || known.has(first)) return false;
    return footerWord.test(first) || (others.length === 0 && fields.length < columns);
  };
  const { bytes, from } = await readTail(path);
  const found: { start: number; text: string }[] = [];
  let end = bytes.length;
  while (end > 1 && found.length < mostLines) {
    const start = bytes.lastIndexOf(10, end - 2) + 1;
    const text = bytes.subarray(start, end).toString().trim();
    // The first line is the header, or cut.
    if (start === 0 || (text !== "" && !isFooter(text))) break;
    if (text !== "") found.unshift({ start: from + start, text });
    end = start;
  }
  if (found.length === 0) return null;
  const skipped: SkippedLine[] = [];
  for (const { start, text } of found)
    skipped.push({ line: 1 + (await lineEnds(path, start)), text, why: note("line_footer") });
  return { start: found[0]!.start, skipped };
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
