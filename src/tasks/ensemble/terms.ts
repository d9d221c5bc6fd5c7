import {
  add,
  and,
  cast,
  concat,
  constant,
  div,
  gather,
  gemm,
  integers,
  less,
  matmul,
  maximum,
  mul,
  neg,
  not,
  reshape,
  slice,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  topK,
  where,
} from "../../graph/index.ts";
import { columnRow } from "../../preparation/front.ts";
import type { SourceColumns } from "./source-columns.ts";
import type { Tails } from "./tails.ts";

/** Prepared rows with what the networks made of them. */
export interface Rows {
  /** [rows, width], the columns that are rebuilt first. */
  readonly x: Tensor;
  /** [rows, source columns], 1 where a cell was observed. */
  readonly mask: Tensor;
  /** [rows, columns] of each network. */
  readonly rebuilt: readonly Tensor[];
}

/** A term of the score: [rows], and how it divides among the source columns: [rows, source columns]. */
export interface Term {
  readonly value: Tensor;
  /** Written only where the division is asked for. */
  readonly shares: () => Tensor;
}

/** The distance to a bank. */
export interface Distance extends Term {
  /** The prepared columns of the nearest row, [rows, columns]. */
  readonly nearest: () => Tensor;
}

/** Rows of the bank of one network: [size, 2 columns], what `placeOf` gives. */
export interface Bank {
  readonly network: number;
  readonly rows: Float32Array;
  /** The same rows as they were prepared, [size, columns]; NaN where a number was missing. */
  readonly prepared: Float32Array;
}

const row = (values: ArrayLike<number>): Tensor => columnRow(Array.from(values), "float32");
const tiny = 1e-30;

/** The 0/1 matrix [columns, source columns] that sums columns by the source column that they belong to. */
function summing(owner: readonly number[], count: number): Tensor {
  const matrix = new Float32Array(owner.length * count);
  owner.forEach((j, i) => {
    matrix[i * count + j] = 1;
  });
  return constant("float32", [owner.length, count], matrix);
}

/** Sums columns by source column; what is one to one already is left as it is. */
const bySource = (values: Tensor, { owner, count }: SourceColumns, times = 1): Tensor =>
  owner.length === count && times === 1
    ? values
    : matmul(values, summing(Array.from({ length: times }, () => owner).flat(), count));

const share = (parts: Tensor): Tensor => div(parts, add(sum(parts, 1, { keepDims: true }), tiny));

/** The terms of the score as graph, with constants measured on the kept rows. */
export function terms(
  { x, mask, rebuilt }: Rows,
  columns: SourceColumns,
  deviations: readonly Float32Array[],
) {
  const width = columns.owner.length;
  const target = slice(x, 0, width, 1);
  const observed = maximum(sum(mask, 1), 1);
  const cells = width === columns.count ? mask : gather(mask, integers([...columns.owner]), 1);
  /** Residuals of a network in units of their own spread; 0 where a cell was missing. */
  const units = rebuilt.map((y, k) =>
    mul(
      mul(sub(target, y), row(deviations[k]!.map((deviation, c) => columns.scale[c]! / deviation))),
      cells,
    ),
  );
  /** Where a row stands for one network: [what it made of it, the residuals]. */
  const placeOf = (k: number): Tensor =>
    concat([mul(rebuilt[k]!, row(columns.scale)), units[k]!], 1);

  return {
    placeOf,
    /** The length of a network's residuals, root mean square over the observed columns. */
    error: (k: number): Term => {
      const squares = square(units[k]!);
      return {
        value: sqrt(div(sum(squares, 1), observed)),
        shares: () => share(bySource(squares, columns)),
      };
    },
    /** The mean over the observed columns of how far out each cell lies. */
    tail: (tails: Tails): Term => {
      const worth = mul(worths(target, columns, tails), mask);
      return { value: div(sum(worth, 1), observed), shares: () => share(worth) };
    },
    /**
     * The distance to the nearest row of a bank. A row that is in the bank is not its own neighbour: where
     * just one row of the bank is as near as rounding tells, it is left out.
     */
    distance: ({ network, rows, prepared }: Bank): Distance => {
      const size = rows.length / (2 * width);
      const place = placeOf(network);
      const lengths = sum(square(place), 1, { keepDims: true });
      const squares = new Float32Array(size);
      const turned = new Float32Array(rows.length);
      for (let i = 0; i < size; i++)
        for (let c = 0; c < 2 * width; c++) {
          const value = rows[i * 2 * width + c]!;
          squares[i]! += value * value;
          turned[c * size + i] = -2 * value;
        }
      // |b|^2 - 2 w b: what is left of |w - b|^2 is the same for all rows of the bank
      const apart = gemm(place, constant("float32", [2 * width, size], turned), row(squares));
      const { values, indices } = topK(apart, 2, 1, { largest: false });
      const limit = sub(mul(add(lengths, width), 1e-5), lengths);
      const [first, second] = [slice(values, 0, 1, 1), slice(values, 1, 2, 1)];
      const alone = and(less(first, limit), not(less(second, limit)));
      const squared = maximum(add(where(alone, second, first), lengths), 0);
      const nearestOf = (values: Float32Array): Tensor => {
        const index = where(alone, slice(indices, 1, 2, 1), slice(indices, 0, 1, 1));
        const table = constant("float32", [size, values.length / size], values);
        return gather(table, reshape(index, ["rows"]), 0);
      };
      return {
        value: reshape(sqrt(squared), ["rows"]),
        shares: () => share(bySource(square(sub(place, nearestOf(rows))), columns, 2)),
        nearest: () => nearestOf(prepared),
      };
    },
  };
}

/** How far out each cell lies: [rows, source columns]. */
function worths(target: Tensor, { numeric, categories }: SourceColumns, tails: Tails): Tensor {
  const parts: Tensor[] = [];
  if (numeric > 0) {
    const numbers = slice(target, 0, numeric, 1);
    const sides = reshape(concat([numbers, neg(numbers)], 1), ["rows", 2 * numeric, 1]);
    const shape = [2 * numeric, tails.levels];
    const passed = not(less(sides, constant("float32", shape, tails.from)));
    const both = sum(mul(cast(passed, "float32"), constant("float32", shape, tails.added)), 2);
    parts.push(add(slice(both, 0, numeric, 1), slice(both, numeric, 2 * numeric, 1)));
  }
  if (categories.length > 0) {
    const width = categories.reduce((a, b) => a + b, 0);
    const worth = new Float32Array(width * categories.length);
    let at = 0;
    tails.ofCategory.forEach((values, k) => {
      for (const value of values) worth[at++ * categories.length + k] = value;
    });
    parts.push(
      matmul(
        slice(target, numeric, numeric + width, 1),
        constant("float32", [width, categories.length], worth),
      ),
    );
  }
  return concat(parts, 1);
}
