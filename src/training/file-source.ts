import { type FileHandle, open } from "node:fs/promises";
import { permutation, random, range } from "../random.ts";
import type { RowSource } from "./rows.ts";

/** Prepared rows in a file: each row the float32 cells of its arrays, one after the other. */
export interface RowsFile {
  readonly path: string;
  readonly rows: number;
}

/** Cells of one row, by the name of its array, in the order in which the file has them. */
export type Widths = Readonly<Record<string, number>>;

/** Rows that are read at once, and bytes of rows that are shuffled together. */
const blockRows = 2048;
const bufferBytes = 32 * 2 ** 20;

/**
 * Rows of a file, in bounded memory: an epoch takes its blocks in a random order, as many as fit into a
 * buffer at a time, and shuffles the rows in the buffer. All from the seed and the epoch, so that a run
 * can go on anywhere.
 */
export async function fileSource(
  { path, rows }: RowsFile,
  widths: Widths,
  seed: number,
): Promise<RowSource> {
  const file = await open(path, "r");
  const width = Object.values(widths).reduce((a, b) => a + b, 0);
  const blocks = Math.ceil(rows / blockRows);
  const blocksAtOnce = Math.max(1, Math.floor(bufferBytes / (blockRows * width * 4)));
  const buffer = new Float32Array(Math.min(blocksAtOnce * blockRows, rows) * width);
  const rowsOfBlock = (block: number): number => Math.min(blockRows, rows - block * blockRows);
  let epoch = -1;
  let order: Uint32Array = new Uint32Array();
  let group = 0;
  let inside: Uint32Array = new Uint32Array();
  let next = 0;

  const load = async (): Promise<void> => {
    const chosen = order.subarray(group * blocksAtOnce, (group + 1) * blocksAtOnce);
    let at = 0;
    for (const block of chosen) {
      const cells = rowsOfBlock(block) * width;
      await readCells(file, buffer.subarray(at, at + cells), block * blockRows * width);
      at += cells;
    }
    const count = at / width;
    inside = epoch < 0 ? range(count) : permutation(count, random(seed, 7, epoch, group));
    next = 0;
  };

  return {
    rows,
    async start(which, at) {
      epoch = which;
      order = which < 0 ? range(blocks) : permutation(blocks, random(seed, 8, which));
      let left = at;
      for (group = 0; ; group++) {
        const chosen = order.subarray(group * blocksAtOnce, (group + 1) * blocksAtOnce);
        const count = chosen.reduce((total, block) => total + rowsOfBlock(block), 0);
        if (left < count || group * blocksAtOnce >= blocks) break;
        left -= count;
      }
      await load();
      next = left;
    },
    async fill(buffers, count) {
      for (let done = 0; done < count; ) {
        if (next === inside.length) {
          group++;
          await load();
        }
        const take = Math.min(count - done, inside.length - next);
        let offset = 0;
        for (const [name, size] of Object.entries(widths)) {
          const to = buffers[name]!;
          for (let i = 0; i < take; i++) {
            const from = inside[next + i]! * width + offset;
            const at = (done + i) * size;
            for (let k = 0; k < size; k++) to[at + k] = buffer[from + k]!;
          }
          offset += size;
        }
        next += take;
        done += take;
      }
    },
    close: () => file.close(),
  };
}

async function readCells(file: FileHandle, cells: Float32Array, at: number): Promise<void> {
  const bytes = new Uint8Array(cells.buffer, cells.byteOffset, cells.byteLength);
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, at * 4 + done);
    if (bytesRead === 0) throw new Error("the file of prepared rows is cut off");
    done += bytesRead;
  }
}
