import { type FileHandle, open } from "node:fs/promises";
import type { ArrayBatch } from "../terms/arrays.ts";
import { type NumberSpool, spooledSize } from "./number-spool.ts";
import type { Windows } from "./windows.ts";

/** Windows of spooled rows, [rows, time, features]; steps that are not there are NaN. */
export async function* windowBatches(
  { path, width }: NumberSpool,
  windows: Windows,
  size: number,
): AsyncGenerator<ArrayBatch> {
  const { length, count, starts, filled } = windows;
  const file = await open(path);
  try {
    for (let start = 0; start < count; start += size) {
      const rows = Math.min(size, count - start);
      const x = new Float64Array(rows * length * width).fill(Number.NaN);
      for (let from = 0; from < rows; ) {
        // Overlapping windows are read together, as long as that is no more than they hold.
        let to = from + 1;
        const first = starts[start + from]!;
        const held = () => (to - from + 1) * length;
        const end = (window: number) => starts[window]! + filled[window]!;
        while (to < rows && starts[start + to]! >= first && end(start + to) - first <= held()) to++;
        const steps = end(start + to - 1) - first;
        const read = await readRows(file, first, steps, width);
        for (let i = from; i < to; i++) {
          const at = (starts[start + i]! - first) * width;
          const values = read.subarray(at, at + filled[start + i]! * width);
          x.set(values, i * length * width);
        }
        from = to;
      }
      yield { start, rows, x };
    }
  } finally {
    await file.close();
  }
}

async function readRows(
  file: FileHandle,
  first: number,
  rows: number,
  width: number,
): Promise<Float64Array> {
  const values = new Float64Array(rows * width);
  const bytes = new Uint8Array(values.buffer);
  let done = 0;
  while (done < bytes.length) {
    const at = first * width * spooledSize + done;
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, at);
    if (bytesRead === 0) throw new Error("windowBatches: the temporary file is cut short");
    done += bytesRead;
  }
  return values;
}
