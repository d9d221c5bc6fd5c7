import type { Filler } from "./filler.ts";
import type { KeptRows } from "./kept-rows.ts";
import { areApart, type SeriesPlaces } from "./series-places.ts";

/** Filling within a series, and how far from a gap its nearest known values are. */
export interface AlongTime {
  readonly filler: Filler;
  /** Steps from a row to the nearest one of its series that has a value in a column; Infinity where none has. */
  distance(column: number, row: number, apart: number): number;
}

/** Rows of a series before and after one, that have a value; -1 where none has. */
type Ends = readonly [before: number, after: number];

/**
 * Fills numbers along the straight line, in time, between the known ones before and after of the same series, with its ends
 * carried on; categories by the nearer one. Columns are numbers first, then categories.
 */
export function alongTime({ block }: KeptRows, { series, at, count }: SeriesPlaces): AlongTime {
  const { order, place } = inOrder(series, at, count);
  const p = block.numbers.length;
  const known = (column: number, row: number): boolean =>
    column < p
      ? !Number.isNaN(block.numbers[column]![row]!)
      : block.categories[column - p]![row] !== "";
  const find = (column: number, row: number, apart: number, way: 1 | -1): number => {
    if (Number.isNaN(at[row]!)) return -1;
    for (let k = place[row]! + way; k >= 0 && k < order.length; k += way) {
      const other = order[k]!;
      if (series[other] !== series[row] || Number.isNaN(at[other]!)) return -1;
      if (areApart(at[other]! - at[row]!, apart) && known(column, other)) return other;
    }
    return -1;
  };
  const endsOf = (column: number, row: number, apart: number): Ends => [
    find(column, row, apart, -1),
    find(column, row, apart, 1),
  ];
  const away = (row: number, end: number): number =>
    end < 0 ? Number.POSITIVE_INFINITY : Math.abs(at[end]! - at[row]!);
  const number = (j: number, row: number, apart: number): number => {
    const [before, after] = endsOf(j, row, apart);
    const values = block.numbers[j]!;
    if (before < 0 || after < 0) return values[Math.max(before, after)] ?? Number.NaN;
    const [d, e] = [away(row, before), away(row, after)];
    const share = d + e > 0 ? d / (d + e) : 0.5;
    return values[before]! + share * (values[after]! - values[before]!);
  };
  const category = (j: number, row: number, apart: number): string => {
    const [before, after] = endsOf(p + j, row, apart);
    return block.categories[j]![away(row, before) <= away(row, after) ? before : after] ?? "";
  };
  return {
    distance(column, row, apart) {
      return Math.min(...endsOf(column, row, apart).map((end) => away(row, end)));
    },
    filler: {
      way: "interpolation",
      rounds: null,
      fill: async ({ block: open, rows }, aparts) =>
        aparts.map((apart) => ({
          ...open,
          numbers: open.numbers.map((values, j) =>
            values.map((value, i) => (Number.isNaN(value) ? number(j, rows[i]!, apart) : value)),
          ),
          categories: open.categories.map((cells, j) =>
            cells.map((cell, i) => (cell === "" ? category(j, rows[i]!, apart) : cell)),
          ),
        })),
    },
  };
}

/** Rows series by series in the order of time, those without one last, and the place of each. */
function inOrder(series: Int32Array, at: Float64Array, count: number) {
  const lists: number[][] = Array.from({ length: count }, () => []);
  series.forEach((each, row) => {
    lists[each]!.push(row);
  });
  const time = (row: number): number => (Number.isNaN(at[row]!) ? Number.MAX_VALUE : at[row]!);
  const order = lists.flatMap((rows) => rows.sort((a, b) => time(a) - time(b) || a - b));
  const place = new Int32Array(order.length);
  order.forEach((row, k) => {
    place[row] = k;
  });
  return { order, place };
}
