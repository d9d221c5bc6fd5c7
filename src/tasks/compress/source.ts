import type { Block, Predictor } from "./block.ts";
import type { GridFinder } from "./grid.ts";

/** A stream of numbers as a person knows it. */
export interface Stream {
  readonly name: string;
  readonly date: boolean;
  readonly finder: GridFinder;
  /** The spread of what the model expects, in the units of the stream. */
  readonly scale: number;
}

/** Data on their way into a file, whatever they are. */
export interface CompressionSource {
  readonly path: string;
  readonly rows: number;
  readonly streams: readonly Stream[];
  readonly categories: readonly string[];
  readonly texts: readonly string[];
  readonly lags: readonly number[];
  /** Numbers that a row has in each stream. */
  readonly perRow: number;
  readonly model: Predictor;
  /** PCA with as long a code, learnt from the same rows; null where the model file has none. */
  readonly pca: Predictor | null;
  blocks(): AsyncIterable<Block>;
}

/** Rows from..to of a block. */
export function sliceBlock(block: Block, perRow: number, from: number, to: number): Block {
  return {
    rows: to - from,
    numbers: block.numbers.map((values) => values.slice(from * perRow, to * perRow)),
    categories: block.categories.map((cells) => cells.slice(from, to)),
    texts: block.texts.map((cells) => cells.slice(from, to)),
  };
}

/** Some rows of a block of a table. */
export function pickRows(block: Block, rows: readonly number[]): Block {
  return {
    rows: rows.length,
    numbers: block.numbers.map((values) => Float64Array.from(rows, (i) => values[i]!)),
    categories: block.categories.map((cells) => rows.map((i) => cells[i]!)),
    texts: block.texts.map((cells) => rows.map((i) => cells[i]!)),
  };
}

/** Blocks one after the other. */
export function joinBlocks(blocks: readonly Block[]): Block {
  const [first] = blocks as [Block];
  const joined = (lists: readonly Float64Array[]): Float64Array => {
    const all = new Float64Array(lists.reduce((n, { length }) => n + length, 0));
    let at = 0;
    for (const list of lists) {
      all.set(list, at);
      at += list.length;
    }
    return all;
  };
  return {
    rows: blocks.reduce((n, { rows }) => n + rows, 0),
    numbers: first.numbers.map((_, j) => joined(blocks.map(({ numbers }) => numbers[j]!))),
    categories: first.categories.map((_, j) => blocks.flatMap((b) => [...b.categories[j]!])),
    texts: first.texts.map((_, j) => blocks.flatMap((b) => [...b.texts[j]!])),
  };
}
