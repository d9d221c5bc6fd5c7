import { phrases } from "../../errors.ts";
import { cellsOf } from "../../graph/index.ts";
import type { Layer } from "../../nn/index.ts";
import type { Settings } from "../settings.ts";
import { inOrder, plain, type Read, type Reading } from "./row.ts";

/** Below it Keras divides by this in the place of a deviation. */
const leastDeviation = 1e-7;

/** Numbers by some axes of a row, row-major. */
interface ByAxes {
  /** From 0, ascending. */
  readonly axes: readonly number[];
  readonly sizes: readonly number[];
}

/**
 * Keras' Normalization: (x - mean) / deviation, or x deviation + mean with `invert`, as rescalings. The numbers
 * are settings of the layer or, after `adapt`, among the weights of the file.
 */
export const standardizationReads: Readonly<Record<string, Read>> = {
  Normalization: (s, shape) => {
    const by = axesOf(s, shape);
    const layersOf = rescalings(s.flag("invert", false), by, shape);
    if (s.has("mean")) return plain(...layersOf(given(s, "mean", by), given(s, "variance", by)));
    s.only("variance", null);
    return adapted(by, layersOf);
  },
};

type LayersOf = (mean: readonly number[], variance: readonly number[]) => readonly Layer[];

/** The layer's numbers lie where its weights would, how many rows they come from behind them. */
function adapted({ sizes }: ByAxes, layersOf: LayersOf): Reading {
  const places = inOrder(["mean", "variance", "count"]).map((place) => ({
    ...place,
    shape: place.name === "count" ? [] : sizes,
  }));
  return {
    layers: layersOf(new Array(cellsOf(sizes)).fill(0), new Array(cellsOf(sizes)).fill(1)),
    weights: [],
    kept: { places, layersOf: ([mean, variance]) => layersOf([...mean!], [...variance!]) },
  };
}

function axesOf(s: Settings, shape: readonly number[]): ByAxes {
  // null and an empty list both stand for one number of all cells
  const listed = s.has("axis") ? s.numbers("axis") : [];
  const axes = [...new Set(listed.map((axis) => (axis < 0 ? axis + shape.length : axis - 1)))];
  if (axes.some((axis) => !Number.isInteger(axis) || axis < 0 || axis >= shape.length))
    s.refuse("axis", "-1");
  const ascending = axes.sort((a, b) => a - b);
  return { axes: ascending, sizes: ascending.map((axis) => shape[axis]!) };
}

/** Numbers that are settings: one for all, or lists that fill the last of the axes. */
function given(s: Settings, setting: string, { sizes }: ByAxes): readonly number[] {
  const value = s.get(setting);
  const list = [value].flat(Number.POSITIVE_INFINITY) as readonly unknown[];
  const cells = cellsOf(sizes);
  const fits = list.length >= 1 && cells % list.length === 0;
  if (!fits || !list.every((n) => typeof n === "number" && Number.isFinite(n)))
    return s.refuse(setting, phrases.keras_numbers);
  return Array.from({ length: cells }, (_, i) => list[i % list.length] as number);
}

const rescalings =
  (invert: boolean, { axes, sizes }: ByAxes, shape: readonly number[]): LayersOf =>
  (mean, variance) => {
    const deviation = variance.map((v) => Math.max(Math.sqrt(v), leastDeviation));
    const onlyLast = axes.length === 0 || (axes.length === 1 && axes[0] === shape.length - 1);
    const spread = (list: readonly number[]): number | readonly number[] =>
      list.length === 1 ? list[0]! : onlyLast ? list : overRow(list, { axes, sizes }, shape);
    const layers: readonly Layer[] = invert
      ? [{ layer: "rescaling", scale: spread(deviation), offset: spread(mean) }]
      : [
          // first the difference, which is exact where numbers are large
          { layer: "rescaling", scale: 1, offset: spread(mean.map((m) => -m)) },
          { layer: "rescaling", scale: spread(deviation.map((d) => 1 / d)) },
        ];
    if (onlyLast || mean.length === 1) return layers;
    return [{ layer: "flatten" }, ...layers, { layer: "reshape", shape }];
  };

/** A number for each cell of a row, from those by some of its axes. */
function overRow(
  list: readonly number[],
  { axes, sizes }: ByAxes,
  shape: readonly number[],
): readonly number[] {
  return Array.from({ length: cellsOf(shape) }, (_, cell) => {
    const places = shape.map(
      (size, axis) => Math.floor(cell / cellsOf(shape.slice(axis + 1))) % size,
    );
    return list[axes.reduce((index, axis, k) => index * sizes[k]! + places[axis]!, 0)]!;
  });
}
