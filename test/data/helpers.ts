import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { openTable } from "../../src/data/tables/open.ts";
import type { BatchRequest, OpenOptions, Table } from "../../src/data/terms/table.ts";
import { EspejoError } from "../../src/errors.ts";

/** A folder that is gone when the test is. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "espejo-test-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export function file(content: string | Uint8Array, name = "table.csv"): string {
  const path = join(folder(), name);
  writeFileSync(path, content);
  return path;
}

export async function table(
  content: string | Uint8Array,
  options: OpenOptions = {},
): Promise<Table> {
  return open(file(content), options);
}

export async function open(path: string, options: OpenOptions = {}): Promise<Table> {
  const opened = await openTable(path, options);
  onTestFinished(() => opened.dispose());
  return opened;
}

/** All rows of a request together. */
export async function rowsOf(source: Table, request: Partial<BatchRequest>, size = 1000) {
  const numeric: number[] = [];
  const categories: string[] = [];
  const text: string[][] = (request.text ?? []).map(() => []);
  let rows = 0;
  for await (const batch of source.batches({ numeric: [], categories: [], ...request }, { size })) {
    if (batch.start !== rows) throw new Error(`batch at ${batch.start}, expected ${rows}`);
    rows += batch.rows;
    numeric.push(...batch.numeric);
    categories.push(...batch.categories);
    batch.text.forEach((column, j) => {
      text[j]!.push(...column);
    });
  }
  return { rows, numeric, categories, text };
}

/** The error of opening a table, for its code and words. */
export async function refused(
  content: string | Uint8Array | null,
  options: OpenOptions = {},
): Promise<EspejoError> {
  const path = content === null ? join(folder(), "absent.csv") : file(content);
  try {
    const opened = await openTable(path, options);
    await opened.dispose();
  } catch (error) {
    if (error instanceof EspejoError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

/** A file of the shared data beside the checkout. */
export function shared(name: string): string {
  return fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url));
}

/** By name: type and role in short. */
export function kinds(source: Table): Record<string, string> {
  return Object.fromEntries(source.columns.map((c) => [c.name, `${c.type} ${c.role}`]));
}
