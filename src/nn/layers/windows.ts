import { mistake } from "../../errors.ts";
import type { Windows } from "../../graph/index.ts";

/** How far a window reaches over the edge: not at all, or so far that every place is in the middle of one. */
export type Padding = "valid" | "same";

/** One size for every axis, or one for each. */
export type Sizes = number | readonly number[];

/** Sizes of windows by axis, checked: whole numbers of at least 1, as many as there are axes. */
export function sizesOf(what: string, sizes: Sizes, axes: number): readonly number[] {
  const list = typeof sizes === "number" ? new Array<number>(axes).fill(sizes) : sizes;
  if (
    Array.isArray(list) &&
    list.length === axes &&
    list.every((n) => Number.isInteger(n) && n >= 1)
  )
    return list;
  const several = axes === 1 ? "" : `, or ${axes} of them`;
  throw mistake(
    `${what} must be a whole number of at least 1${several}, got ${JSON.stringify(sizes)}`,
  );
}

/** The sizes of an image [...grid, channels] without its channels, checked. */
export function gridOf(layer: string, shape: readonly number[], axes: number): readonly number[] {
  if (shape.length === axes + 1) return shape.slice(0, -1);
  const wanted = axes === 1 ? "[steps, channels]" : "[height, width, channels]";
  throw mistake(`${layer}: takes rows ${wanted}, got [${shape.join(", ")}]`);
}

interface Sliding {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly padding: Padding;
}

/** Windows that slide over a grid, as Keras places them: what "same" cannot halve is added behind. */
export function windowsOver(
  layer: string,
  big: readonly number[],
  { kernel, strides, padding }: Sliding,
): Windows {
  checkPadding(layer, padding);
  const small = big.map((size, k) =>
    padding === "same"
      ? Math.ceil(size / strides[k]!)
      : Math.floor((size - kernel[k]!) / strides[k]!) + 1,
  );
  if (small.some((size) => size < 1))
    throw mistake(
      `${layer}: a window of [${kernel.join(", ")}] does not fit into [${big.join(", ")}]`,
    );
  return {
    big,
    small,
    kernel,
    strides,
    before: beforeOf(big, small, { kernel, strides, padding }),
  };
}

/** Windows whose big grid is made from the small one: strides times as large, and "valid" a window's rest more. */
export function windowsUnder(
  layer: string,
  small: readonly number[],
  { kernel, strides, padding }: Sliding,
): Windows {
  checkPadding(layer, padding);
  const big = small.map((size, k) => {
    const rest = padding === "valid" ? Math.max(kernel[k]! - strides[k]!, 0) : 0;
    return size * strides[k]! + rest;
  });
  return {
    big,
    small,
    kernel,
    strides,
    before: beforeOf(big, small, { kernel, strides, padding }),
  };
}

function checkPadding(layer: string, padding: Padding): void {
  if (padding !== "same" && padding !== "valid")
    throw mistake(`${layer}: padding is "valid" or "same", got "${String(padding)}"`);
}

const beforeOf = (
  big: readonly number[],
  small: readonly number[],
  { kernel, strides, padding }: Sliding,
): readonly number[] =>
  big.map((size, k) => {
    if (padding === "valid") return 0;
    return Math.floor(Math.max((small[k]! - 1) * strides[k]! + kernel[k]! - size, 0) / 2);
  });
