import { mistake } from "../errors.ts";
import {
  abs,
  add,
  cast,
  clip,
  concat,
  constant,
  cos,
  type DType,
  dataOf,
  encodeLabels,
  equal,
  floor,
  gather,
  input,
  integers,
  isNan,
  log,
  mul,
  scalar,
  sign,
  sin,
  sub,
  type Tensor,
  where,
} from "../graph/index.ts";
import { blocksOf, type Preparation } from "./plan.ts";

/** The graph from raw columns to what a network takes. */
export interface Front {
  /** `numeric` float64 [rows, p] and `categories` string [rows, q]; one without columns is absent. */
  readonly inputs: readonly Tensor[];
  /** float32 [rows, width]: scaled numbers, one-hot categories, flags of missing cells, cycles of dates. */
  readonly x: Tensor;
  /** float32 [rows, p + q]: 1 where the source column was there. */
  readonly mask: Tensor;
}

/** Cells farther out than this many scales are taken as so far: float32 holds their squares. */
export const farthest = 1e6;

/** Writes a preparation as graph. Imputation and scaling run in double, then one cast to float32. */
export function front(preparation: Preparation): Front {
  const numbers = preparation.numeric.length > 0 ? numericFront(preparation) : null;
  const categories = preparation.categories.length > 0 ? categoryFront(preparation) : null;
  const parts = [numbers, categories].filter((part) => part !== null);
  if (parts.length === 0) throw mistake("preparation: there is no feature column");
  const missing = concat(
    parts.map(({ missing }) => missing),
    1,
  );
  const flagged = [...preparation.numeric, ...preparation.categories].flatMap(({ flag }, i) =>
    flag ? [i] : [],
  );
  const flags = flagged.length > 0 ? [gather(missing, integers(flagged), 1)] : [];
  const pieces = [...parts.map(({ x }) => x), ...flags, ...(numbers?.cycles ?? [])];
  return {
    inputs: parts.map(({ input }) => input),
    x: concat(pieces, 1),
    mask: sub(1, missing),
  };
}

/** A constant row of one number per column. */
export function columnRow(values: readonly number[], dtype: DType = "float64"): Tensor {
  return constant(dtype, [values.length], dataOf(dtype, values));
}

function numericFront({ numeric, marks }: Preparation) {
  const raw = input("numeric", "float64", ["rows", numeric.length]);
  const nan = scalar(Number.NaN, "float64");
  const cells = marks.reduce((value, mark) => where(equal(value, mark), nan, value), raw);
  const gaps = isNan(cells);
  const filled = where(gaps, columnRow(numeric.map(({ fill }) => fill)), cells);
  const logged = numeric.some((plan) => plan.log)
    ? where(
        columnRow(
          numeric.map((plan) => (plan.log ? 1 : 0)),
          "bool",
        ),
        mul(sign(filled), log(add(abs(filled), 1))),
        filled,
      )
    : filled;
  const centred = sub(logged, columnRow(numeric.map(({ center }) => center)));
  const scaled = mul(centred, columnRow(numeric.map(({ scale }) => 1 / scale)));
  return {
    input: raw,
    x: cast(clip(scaled, -farthest, farthest), "float32"),
    missing: cast(gaps, "float32"),
    cycles: cycles(filled, numeric),
  };
}

/** Sine and cosine of where a date lies in its year, week and day: inputs only, nothing rebuilds them. */
function cycles(days: Tensor, numeric: Preparation["numeric"]): readonly Tensor[] {
  const wanted = numeric.flatMap(({ cycles }, column) =>
    cycles.map((length) => ({ column, length })),
  );
  if (wanted.length === 0) return [];
  const columns = gather(days, integers(wanted.map(({ column }) => column)), 1);
  const turns = mul(columns, columnRow(wanted.map(({ length }) => 1 / length)));
  const angle = cast(mul(sub(turns, floor(turns)), 2 * Math.PI), "float32");
  return [sin(angle), cos(angle)];
}

function categoryFront(preparation: Preparation) {
  const { categories } = preparation;
  const raw = input("categories", "string", ["rows", categories.length]);
  const sizes = blocksOf(preparation).categories;
  const codes = categories.map(({ values }, j) => {
    const numbers = new Map(values.map((value, i) => [value, i]));
    // after the place of other values comes the mark of a missing cell
    numbers.set("", values.length + 1);
    return encodeLabels(gather(raw, integers([j]), 1), numbers, values.length);
  });
  const all = concat(codes, 1);
  const absent = columnRow(
    categories.map(({ values }) => values.length + 1),
    "int64",
  );
  const gaps = equal(all, absent);
  const places = where(
    gaps,
    columnRow(
      categories.map(({ fill }) => fill),
      "int64",
    ),
    all,
  );
  const owner = sizes.flatMap((size, j) => Array.from({ length: size }, () => j));
  const place = sizes.flatMap((size) => Array.from({ length: size }, (_, i) => i));
  const oneHot = equal(gather(places, integers(owner), 1), integers(place));
  return { input: raw, x: cast(oneHot, "float32"), missing: cast(gaps, "float32") };
}
