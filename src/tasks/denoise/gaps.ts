import { otherCategory } from "../../preparation/plan.ts";
import type { Block, Predictor } from "../compress/block.ts";

/**
 * Rows with their gaps filled by what a model rebuilds there: rebuilt once with the gaps as it fills them to score,
 * then again and again with what it filled in before. Cells that are there stay. A category that the
 * model cannot name stays missing.
 */
export async function fillGaps(predictor: Predictor, block: Block, rounds: number): Promise<Block> {
  let filled = block;
  for (let round = 0; round < rounds; round++) {
    const expected = await predictor.decode(await predictor.encode(filled), block.rows);
    filled = {
      ...block,
      numbers: block.numbers.map((values, j) =>
        values.map((value, i) => (Number.isNaN(value) ? expected.numbers[j]![i]! : value)),
      ),
      categories: block.categories.map((cells, j) =>
        cells.map((cell, i) => (cell === "" ? known(expected.categories[j]![i]!) : cell)),
      ),
    };
  }
  return filled;
}

const known = (cell: string): string => (cell === otherCategory ? "" : cell);
