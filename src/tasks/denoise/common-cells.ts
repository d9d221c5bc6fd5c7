import { countsOf } from "../rows/labels.ts";
import type { Filler } from "./filler.ts";
import type { KeptRows } from "./kept-rows.ts";

/** The commonest of some texts; "" where there is none. */
export const commonest = (cells: readonly string[]): string =>
  countsOf(cells.filter((cell) => cell !== ""))[0]?.[0] ?? "";

/** The upper of the two middle ones where there are two, so that it is a value of the column; NaN where there is none. */
function middleOf(values: Float64Array): number {
  const there = values.filter((value) => !Number.isNaN(value)).sort();
  return there[there.length >> 1] ?? Number.NaN;
}

/** Fills medians, and commonest categories. */
export function commonCells({ block }: KeptRows): Filler {
  const middles = block.numbers.map(middleOf);
  const common = block.categories.map(commonest);
  return {
    way: "median",
    rounds: null,
    async fill({ block: open }, aparts) {
      const filled = {
        ...open,
        numbers: open.numbers.map((values, j) =>
          values.map((value) => (Number.isNaN(value) ? middles[j]! : value)),
        ),
        categories: open.categories.map((cells, j) =>
          cells.map((cell) => (cell === "" ? common[j]! : cell)),
        ),
      };
      return aparts.map(() => filled);
    },
  };
}
