import { createReadStream } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Workspace } from "../files/workspace.ts";
import type { Batch } from "../terms/table.ts";

/** Some of the asked columns: their batches, and where their cells stand in a row of all that is asked. */
export interface ColumnRun {
  /** Whether its batches tell of cells that could not be read. */
  readonly watched: boolean;
  readonly numeric: readonly number[];
  readonly categories: readonly number[];
  readonly text: readonly number[];
  batches(): AsyncIterable<Batch>;
}

/** Cells of a run in temporary files. */
interface Spool {
  readonly run: ColumnRun;
  /** Numbers [rows, numeric columns] as float64. */
  readonly numbers: string;
  /** A line each row: its categories, texts and unread columns in JSON. */
  readonly words: string | null;
}

/** Numbers of one batch that are held at once. */
const mostNumbers = 1 << 22;

/**
 * Batches of more columns than one query can give: each run of columns is read by itself into temporary files, then
 * all of them row by row. Takes time and disk in proportion to the cells, memory to one batch.
 */
export async function* wideBatches(
  runs: readonly ColumnRun[],
  width: { readonly numeric: number; readonly categories: number; readonly text: number },
  size: number,
  workspace: Workspace,
): AsyncGenerator<Batch> {
  const spools: Spool[] = [];
  let total = 0;
  for (const run of runs) {
    const { spool, rows } = await spooled(run, workspace);
    spools.push(spool);
    total = rows;
  }
  const step = Math.max(1, Math.min(size, Math.floor(mostNumbers / Math.max(1, width.numeric))));
  const files: FileHandle[] = [];
  const lines = spools.map(({ words }) => (words === null ? null : linesOf(words)));
  try {
    for (const { numbers } of spools) files.push(await open(numbers));
    for (let start = 0; start < total; start += step) {
      const rows = Math.min(step, total - start);
      const numeric = new Float64Array(rows * width.numeric);
      const categories = new Array<string>(rows * width.categories);
      const text = Array.from({ length: width.text }, () => new Array<string>(rows));
      const unread = new Array<string>(rows).fill("");
      for (const [k, { run }] of spools.entries()) {
        await copyNumbers(files[k]!, run.numeric, start, rows, numeric, width.numeric);
        for (let i = 0; lines[k] && i < rows; i++) {
          const cells = JSON.parse((await lines[k]!.next()).value as string) as string[];
          run.categories.forEach((to, j) => {
            categories[i * width.categories + to] = cells[j]!;
          });
          run.text.forEach((to, j) => {
            text[to]![i] = cells[run.categories.length + j]!;
          });
          const bad = cells[run.categories.length + run.text.length];
          if (bad) unread[i] = unread[i] === "" ? bad : `${unread[i]}, ${bad}`;
        }
      }
      const some = unread.some((names) => names !== "");
      yield { start, rows, numeric, categories, text, ...(some && { unread }) };
    }
  } finally {
    for (const each of lines) await each?.return?.(undefined);
    for (const file of files) await file.close();
    // Each pass over the rows makes its own.
    for (const { numbers, words } of spools)
      for (const path of [numbers, words]) if (path !== null) await rm(path, { force: true });
  }
}

function linesOf(path: string): AsyncIterator<string> {
  return createInterface({ input: createReadStream(path) })[Symbol.asyncIterator]();
}

async function spooled(
  run: ColumnRun,
  workspace: Workspace,
): Promise<{ spool: Spool; rows: number }> {
  const numbers = await workspace.writer(".f64");
  const worded = run.watched || run.categories.length + run.text.length > 0;
  const words = worded ? await workspace.writer(".json") : null;
  let rows = 0;
  try {
    for await (const batch of run.batches()) {
      rows += batch.rows;
      await numbers.write(new Uint8Array(batch.numeric.buffer, 0, batch.numeric.byteLength));
      const { categories, text, unread } = batch;
      const width = run.categories.length;
      const line = (_: unknown, i: number): string =>
        `${JSON.stringify([...categories.slice(i * width, (i + 1) * width), ...text.map((column) => column[i]), ...(unread ? [unread[i]] : [])])}\n`;
      await words?.write(Array.from({ length: batch.rows }, line).join(""));
    }
  } finally {
    await numbers.close();
    await words?.close();
  }
  return { spool: { run, numbers: numbers.path, words: words?.path ?? null }, rows };
}

async function copyNumbers(
  file: FileHandle,
  places: readonly number[],
  start: number,
  rows: number,
  to: Float64Array,
  width: number,
): Promise<void> {
  const wide = places.length;
  if (wide === 0) return;
  const held = new Float64Array(rows * wide);
  const bytes = new Uint8Array(held.buffer);
  for (let read = 0; read < bytes.length; ) {
    const at = start * wide * 8 + read;
    const { bytesRead } = await file.read(bytes, read, bytes.length - read, at);
    if (bytesRead === 0) throw new Error("a temporary file is shorter than what was written to it");
    read += bytesRead;
  }
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < wide; j++) to[i * width + places[j]!] = held[i * wide + j]!;
}
