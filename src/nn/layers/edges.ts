import { mistake } from "../../errors.ts";
import { pad, slice } from "../../graph/index.ts";
import type { LayerRow } from "./row.ts";

/** Cells before and after, for each side of a row but its channels: one pair for [steps], two for [height, width]. */
export type Edges = readonly (readonly [before: number, after: number])[];

/** Zeros around a sequence [steps, channels] or an image [height, width, channels]. */
export interface ZeroPadding {
  readonly layer: "zeroPadding";
  readonly padding: Edges;
}

/** Cells cut off around a sequence or an image. */
export interface Cropping {
  readonly layer: "cropping";
  readonly cropping: Edges;
}

/** The sides after `edges` times `sign` more cells, checked. */
function sides(
  layer: string,
  edges: Edges,
  shape: readonly number[],
  sign: 1 | -1,
): readonly number[] {
  if (!Array.isArray(edges) || edges.length !== shape.length - 1)
    throw mistake(
      `${layer}: takes rows with ${Object(edges).length} sides and channels, got [${shape.join(", ")}]`,
    );
  const whole = edges.flat().every((cells) => Number.isInteger(cells) && cells >= 0);
  const result = shape.map((size, axis) => {
    const [before, after] = edges[axis] ?? [0, 0];
    return size + sign * (before + after);
  });
  if (whole && result.every((size) => size >= 1)) return result;
  throw mistake(
    `${layer}: ${JSON.stringify(edges)} cells cannot be taken from or put around [${shape.join(", ")}]`,
  );
}

export const zeroPaddingRow: LayerRow<ZeroPadding> = {
  weights: () => ({}),
  output: ({ layer, padding }, shape) => sides(layer, padding, shape, 1),
  apply: ({ padding }, _, x) =>
    padding.reduce((y, [before, after], axis) => pad(y, axis + 1, before, after), x),
};

export const croppingRow: LayerRow<Cropping> = {
  weights: () => ({}),
  output: ({ layer, cropping }, shape) => sides(layer, cropping, shape, -1),
  apply: ({ cropping }, _, x) =>
    cropping.reduce(
      (y, [before, after], axis) =>
        slice(y, before, (y.shape[axis + 1] as number) - after, axis + 1),
      x,
    ),
};
