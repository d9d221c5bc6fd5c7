import type { PieceWriter, Workspace } from "../files/workspace.ts";
import { fileRecords, type Marking } from "./records.ts";
import { type RowRule, Sieve, type Sifted, Tally } from "./sieve.ts";

/** The body of a text: where it begins, and in which byte it ends. */
export interface Body {
  readonly path: string;
  readonly marking: Marking;
  readonly rule: RowRule;
  /** The last line above the rows. */
  readonly after: number;
  readonly end: number;
}

/** The lines of a body, each as a row or with the reason why it is none. */
export async function* bodyLines({
  path,
  marking,
  rule,
  after,
  end,
}: Body): AsyncGenerator<Sifted> {
  const sieve = new Sieve(rule);
  for await (const record of fileRecords(path, marking, end))
    if (record.line > after) yield* sieve.push(record);
  yield* sieve.end();
}

/** The line (from 1) of a row (from 1) of a body. */
export async function lineOfBodyRow(body: Body, row: number): Promise<number> {
  let rows = 0;
  let line = body.after;
  for await (const { left, record } of bodyLines(body)) {
    if (left) continue;
    line = record.line;
    if (++rows === row) break;
  }
  return line;
}

/** The lines of all rows of a body. */
export async function linesOfBody(body: Body): Promise<number[]> {
  const lines: number[] = [];
  for await (const { left, record } of bodyLines(body)) if (!left) lines.push(record.line);
  return lines;
}

/** A body in plain files, columns `from` to `to` in each: comma, double quotes, a row a line. */
export interface PlainCopy {
  readonly parts: readonly { readonly from: number; readonly to: number; readonly path: string }[];
  readonly rows: number;
  /** Bytes of the longest line, at most. */
  readonly longest: number;
  readonly tally: Tally;
}

/** Writes the rows of a body as plain text, `columns` of them into each file. */
export async function copyBody(
  body: Body,
  columns: number,
  workspace: Workspace,
): Promise<PlainCopy> {
  const { width } = body.rule;
  const tally = new Tally(width);
  const starts = Array.from({ length: Math.ceil(width / columns) }, (_, i) => i * columns);
  const parts: { from: number; to: number; file: PieceWriter; held: string }[] = [];
  for (const from of starts) {
    const file = await workspace.writer(".csv");
    parts.push({ from, to: Math.min(width, from + columns), file, held: "" });
  }
  let rows = 0;
  let longest = 0;
  let size = 0;
  const flush = async (): Promise<void> => {
    for (const part of parts) {
      await part.file.write(part.held);
      part.held = "";
    }
    size = 0;
  };
  try {
    for await (const sifted of bodyLines(body)) {
      tally.add(sifted);
      if (sifted.left) continue;
      rows++;
      for (const part of parts) {
        const line = lineOf(sifted.fields, part.from, part.to);
        part.held += line;
        size += line.length;
        if (line.length > longest) longest = line.length;
      }
      if (size > 1 << 20) await flush();
    }
    await flush();
  } finally {
    for (const { file } of parts) await file.close();
  }
  const plain = parts.map(({ from, to, file }) => ({ from, to, path: file.path }));
  // A character of UTF-16 takes three bytes of UTF-8 at most.
  return { parts: plain, rows, longest: 3 * longest, tally };
}

const special = /[",\r\n]/;

function lineOf(fields: readonly string[], from: number, to: number): string {
  let line = "";
  for (let i = from; i < to; i++) {
    const field = fields[i]!.replaceAll("\0", "");
    line +=
      (i > from ? "," : "") + (special.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
  }
  // A line of nothing would be none.
  return line === "" ? '""\n' : `${line}\n`;
}
