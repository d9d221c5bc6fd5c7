import {
  addCells,
  cellsOf,
  cellsOfWindows,
  maximum,
  mean,
  mul,
  rearrange,
  reduceMax,
  reshape,
  split,
  type Tensor,
  tensor,
  type Windows,
} from "../../graph/index.ts";
import { type LayerRow, none } from "./row.ts";
import { gridOf, type Padding, type Sizes, sizesOf, windowsOver } from "./windows.ts";

interface Pooling<S> {
  /** By default 2. */
  readonly poolSize?: S;
  /** By default `poolSize`: windows side by side. */
  readonly strides?: S;
  readonly padding?: Padding;
}
type Pair = number | readonly [number, number];

/** The largest of each channel in windows of a sequence. */
export interface MaxPooling1d extends Pooling<number> {
  readonly layer: "maxPooling1d";
}
/** The largest of each channel in windows of an image. */
export interface MaxPooling2d extends Pooling<Pair> {
  readonly layer: "maxPooling2d";
}
/** The mean of each channel in windows of a sequence; cells over the edge do not count. */
export interface AveragePooling1d extends Pooling<number> {
  readonly layer: "averagePooling1d";
}
/** The mean of each channel in windows of an image; cells over the edge do not count. */
export interface AveragePooling2d extends Pooling<Pair> {
  readonly layer: "averagePooling2d";
}
/** The mean of each channel over a whole sequence. */
export interface GlobalAveragePooling1d {
  readonly layer: "globalAveragePooling1d";
}
/** The mean of each channel over a whole image. */
export interface GlobalAveragePooling2d {
  readonly layer: "globalAveragePooling2d";
}

/** The largest of each channel over a whole sequence. */
export interface GlobalMaxPooling1d {
  readonly layer: "globalMaxPooling1d";
}
/** The largest of each channel over a whole image. */
export interface GlobalMaxPooling2d {
  readonly layer: "globalMaxPooling2d";
}

type AnyPooling = Pooling<Sizes> & { readonly layer: string };

/** Pools [rows, cells, channels] to [rows, places, channels]. */
type Pool = (x: Tensor, windows: Windows) => Tensor;

function poolingRow(axes: number, pool: Pool): LayerRow<AnyPooling> {
  const windowsOf = (layer: AnyPooling, shape: readonly number[]): Windows => {
    const { poolSize = 2, strides = poolSize, padding = "valid" } = layer;
    return windowsOver(layer.layer, gridOf(layer.layer, shape, axes), {
      kernel: sizesOf(`${layer.layer}: poolSize`, poolSize, axes),
      strides: sizesOf(`${layer.layer}: strides`, strides, axes),
      padding,
    });
  };
  return {
    weights: none,
    output: (layer, shape) => [...windowsOf(layer, shape).small, shape.at(-1)!],
    apply: (layer, _, x) => {
      const windows = windowsOf(layer, x.shape.slice(1) as readonly number[]);
      const [rows, channels] = [x.shape[0]!, x.shape.at(-1)!];
      const cells = reshape(x, [rows, cellsOf(windows.big), channels]);
      return reshape(pool(cells, windows), [rows, ...windows.small, channels]);
    },
  };
}

/** A cell over the edge is stood in for by another of its window, which changes no maximum. */
const largest: Pool = (x, windows) => {
  const seen = cellsOfWindows(windows).map((cells) => {
    const inside = cells.find((cell) => cell >= 0)!;
    return cells.map((cell) => (cell < 0 ? inside : cell));
  });
  const taps = cellsOf(windows.kernel);
  const table = Array.from({ length: taps }, (_, tap) => seen.map((cells) => cells[tap]!)).flat();
  const sizes = new Array<number>(taps).fill(cellsOf(windows.small));
  return split(rearrange(x, table), sizes, 1).reduce((a, b) => maximum(a, b));
};

const average: Pool = (x, windows) => {
  const lists = cellsOfWindows(windows).map((cells) => cells.filter((cell) => cell >= 0));
  const shares = lists.map((list) => 1 / list.length);
  const even = shares.every((share) => share === shares[0]);
  return mul(
    addCells(x, lists),
    even
      ? shares[0]!
      : tensor(
          shares.map((share) => [share]),
          x.dtype,
        ),
  );
};

export const maxPooling1dRow: LayerRow<MaxPooling1d> = poolingRow(1, largest);
export const maxPooling2dRow: LayerRow<MaxPooling2d> = poolingRow(2, largest);
export const averagePooling1dRow: LayerRow<AveragePooling1d> = poolingRow(1, average);
export const averagePooling2dRow: LayerRow<AveragePooling2d> = poolingRow(2, average);

type Reduce = (x: Tensor, axes: readonly number[]) => Tensor;
const globalRow = (axes: number, reduce: Reduce): LayerRow<{ readonly layer: string }> => ({
  weights: none,
  output: ({ layer }, shape) => {
    gridOf(layer, shape, axes);
    return [shape.at(-1)!];
  },
  apply: (_, __, x) =>
    reduce(
      x,
      x.shape.slice(1, -1).map((_, i) => i + 1),
    ),
});
export const globalAveragePooling1dRow: LayerRow<GlobalAveragePooling1d> = globalRow(1, mean);
export const globalAveragePooling2dRow: LayerRow<GlobalAveragePooling2d> = globalRow(2, mean);
export const globalMaxPooling1dRow: LayerRow<GlobalMaxPooling1d> = globalRow(1, reduceMax);
export const globalMaxPooling2dRow: LayerRow<GlobalMaxPooling2d> = globalRow(2, reduceMax);
