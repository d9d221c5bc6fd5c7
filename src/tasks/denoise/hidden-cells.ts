import { random } from "../../random.ts";
import type { Block } from "../compress/block.ts";
import type { GappedRows } from "./filler.ts";
import { type KeptRows, pickGapped } from "./kept-rows.ts";

/** Rows some of whose cells are hidden. */
export interface HiddenCells {
  /** All that ways may learn from: the hidden cells are not among it. */
  readonly kept: KeptRows;
  readonly gapped: GappedRows;
  /** The same rows as they are. */
  readonly truth: Block;
  /** Places in these rows of the hidden cells of each column, numbers first, then categories. */
  readonly cells: readonly (readonly number[])[];
}

export interface Hiding {
  /** Rows that may have hidden cells, from all over. */
  readonly most: number;
  /** Of the cells that are there. */
  readonly share: number;
  readonly seed: number;
  /** Which of the rows: those of another turn are others, where there are enough. */
  readonly turn: number;
}

/** Hides cells. */
export function hideCells(kept: KeptRows, { most, share, seed, turn }: Hiding): HiddenCells {
  const total = kept.block.rows;
  const every = Math.max(1, Math.ceil(total / most));
  const places = Array.from({ length: total }, (_, i) => i).filter(
    (i) => i % every === turn % every,
  );
  const { block: truth } = pickGapped(kept, places);
  const draws = random(seed, turn);
  const cells: number[][] = [];
  const hide = (there: (i: number) => boolean): readonly number[] => {
    const hidden = places.map((_, i) => i).filter((i) => there(i) && draws.uniform() < share);
    cells.push(hidden);
    return hidden.map((i) => places[i]!);
  };
  const numbers = kept.block.numbers.map((values, j) => {
    const open = values.slice();
    for (const i of hide((i) => !Number.isNaN(truth.numbers[j]![i]!))) open[i] = Number.NaN;
    return open;
  });
  const categories = kept.block.categories.map((values, j) => {
    const open = [...values];
    for (const i of hide((i) => truth.categories[j]![i] !== "")) open[i] = "";
    return open;
  });
  const open = { ...kept, block: { ...kept.block, numbers, categories } };
  return { kept: open, gapped: pickGapped(open, places), truth, cells };
}
