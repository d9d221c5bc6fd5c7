import {
  abs,
  add,
  argMax,
  cast,
  concat,
  decodeLabels,
  exp,
  mul,
  reshape,
  sign,
  slice,
  sub,
  type Tensor,
  where,
} from "../graph/index.ts";
import { columnRow } from "./front.ts";
import { blocksOf, otherCategory, type Preparation } from "./plan.ts";

/** What a network gave, in the units of the source. */
export interface Back {
  /** float64 [rows, p], or null without numeric columns. */
  readonly reconstruction: Tensor | null;
  /** string [rows, q], the likeliest value of each, or null without category columns. */
  readonly reconstructionCategories: Tensor | null;
}

/** The inverse of `front`, as graph; `y` is what the network gives, float32 [rows, width]. */
export function back(preparation: Preparation, y: Tensor): Back {
  const { numeric, categories } = preparation;
  const sizes = blocksOf(preparation);
  const numbers = slice(y, 0, Math.max(sizes.numeric, 1), 1);
  let at = sizes.numeric;
  const names = categories.map(({ values }, j) => {
    const block = slice(y, at, at + sizes.categories[j]!, 1);
    at += sizes.categories[j]!;
    const likeliest = reshape(argMax(block, 1), ["rows", 1]);
    return decodeLabels(likeliest, [...values, otherCategory], otherCategory);
  });
  return {
    reconstruction: numeric.length > 0 ? unscale(preparation, numbers) : null,
    reconstructionCategories: names.length > 0 ? concat(names, 1) : null,
  };
}

function unscale({ numeric }: Preparation, y: Tensor): Tensor {
  const scaled = mul(cast(y, "float64"), columnRow(numeric.map(({ scale }) => scale)));
  const value = add(scaled, columnRow(numeric.map(({ center }) => center)));
  if (!numeric.some(({ log }) => log)) return value;
  const raised = mul(sign(value), sub(exp(abs(value)), 1));
  return where(
    columnRow(
      numeric.map(({ log }) => (log ? 1 : 0)),
      "bool",
    ),
    raised,
    value,
  );
}
