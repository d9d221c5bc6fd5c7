import { type FileHandle, open } from "node:fs/promises";
import { EspejoError } from "../../errors.ts";
import { reasonOf } from "../../files.ts";
import type { Workspace } from "../files/workspace.ts";
import type { Table } from "../terms/table.ts";

/** Numbers of a table's columns in a temporary file, in double precision, row after row. */
export interface NumberSpool {
  readonly path: string;
  readonly width: number;
}

/** Writes the rows of a table to their places, or one after the other; `seen` hears of each batch's texts. */
export async function spoolNumbers(
  table: Table,
  columns: readonly string[],
  places: Uint32Array | null,
  workspace: Workspace,
  text: readonly string[] = [],
  seen: (start: number, text: readonly (readonly string[])[]) => void = () => {},
): Promise<NumberSpool> {
  const path = await workspace.file(".f64");
  const width = columns.length;
  const file = await open(path, "w");
  try {
    for await (const batch of table.batches({ numeric: columns, categories: [], text })) {
      await writeRows(file, batch.numeric, width, batch.start, batch.rows, places);
      seen(batch.start, batch.text);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== "write") throw error;
    const reason = reasonOf(error as Error);
    throw new EspejoError("write_failed", { path, reason }, { cause: error });
  } finally {
    await file.close();
  }
  return { path, width };
}

/** Bytes of a number. */
export const spooledSize = 8;

/** Rows that stay together are written together. */
async function writeRows(
  file: FileHandle,
  values: Float64Array,
  width: number,
  start: number,
  rows: number,
  places: Uint32Array | null,
): Promise<void> {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const rowBytes = spooledSize * width;
  const placeOf = (i: number): number => places?.[start + i] ?? start + i;
  for (let from = 0; from < rows; ) {
    let to = from + 1;
    while (to < rows && placeOf(to) === placeOf(to - 1) + 1) to++;
    await file.write(bytes, from * rowBytes, (to - from) * rowBytes, placeOf(from) * rowBytes);
    from = to;
  }
}
