import type { Block } from "../compress/block.ts";
import { type CompressionSource, joinBlocks, pickRows } from "../compress/source.ts";
import type { GappedRows } from "./filler.ts";

/** Rows that ways of filling learn from, in their order. */
export interface KeptRows extends GappedRows {
  /** Whether they are all rows of the table. */
  readonly all: boolean;
}

/** Cells that are kept at once. */
const mostCells = 2 ** 24;
const fewestRows = 2000;

/** All rows of a source, or as many from all over it as fit in memory; `opened` takes cells out that are not to be used. */
export async function keepRows(
  source: CompressionSource,
  opened: (block: Block) => Promise<Block>,
): Promise<KeptRows> {
  const columns = source.streams.length + source.categories.length;
  const most = Math.max(fewestRows, Math.floor(mostCells / Math.max(1, columns)));
  const every = Math.max(1, Math.ceil(source.rows / most));
  const parts: Block[] = [];
  const rows: number[] = [];
  let start = 0;
  for await (const part of source.blocks()) {
    const places = Array.from({ length: part.rows }, (_, i) => i).filter(
      (i) => (start + i) % every === 0,
    );
    const picked = pickRows({ ...part, texts: [] }, places);
    if (picked.rows > 0) parts.push(await opened(picked));
    for (const i of places) rows.push(start + i);
    start += part.rows;
  }
  return { block: joinBlocks(parts), rows, all: every === 1 };
}

/** Some of the rows. */
export const pickGapped = ({ block, rows }: GappedRows, places: readonly number[]): GappedRows => ({
  block: pickRows(block, places),
  rows: places.map((i) => rows[i]!),
});
