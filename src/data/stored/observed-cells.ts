import { EspejoError } from "../../errors.ts";
import type { Marks } from "../cells/marks.ts";
import type { ArraysDetected, ArraysOptions, Cells } from "../terms/arrays.ts";

/** The marks of missing cells that a person or a model states, as `ArraysDetected` has them. */
export function statedMarks({
  missing = [],
  like,
}: Pick<ArraysOptions, "missing" | "like">): Pick<ArraysDetected, "missing"> {
  const marks = [...new Set([...(like?.missing ?? []), ...missing])];
  return marks.length > 0 ? { missing: marks } : {};
}

/** Which cells are looked at. */
interface Place {
  /** As a person named it. */
  readonly path: string;
  /** Rows before these. */
  readonly start: number;
  /** Sizes of one row. */
  readonly shape: readonly number[];
}

/**
 * Makes NaN, where they lie, of cells that stand for missing ones. Throws `cell_infinite` for an infinite one that does not;
 * its column is its place inside the row, counted from 1: [step, feature] or [height, width, channel].
 */
export function observedCells(
  x: Cells,
  { numbers, infinite }: Pick<Marks, "numbers" | "infinite">,
  place: Place,
): void {
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
      if (!infinite) throw infiniteCell(value, i, place);
      x[i] = Number.NaN;
    } else if (numbers.length > 0 && numbers.includes(value)) x[i] = Number.NaN;
  }
}

function infiniteCell(value: number, at: number, { path, start, shape }: Place): EspejoError {
  let rest = at;
  const inside = [...shape].reverse().map((size) => {
    const place = rest % size;
    rest = Math.floor(rest / size);
    return place + 1;
  });
  const row = start + rest + 1;
  return new EspejoError("cell_infinite", {
    ...{ path, line: row, row, value: String(value) },
    column: `[${inside.reverse().join(", ")}]`,
  });
}
