import { mistake } from "../../errors.ts";
import { cellsOf, repeat, reshape, slice, transpose } from "../../graph/index.ts";
import { type LayerRow, none } from "./row.ts";

/** All cells of a row side by side. */
export interface Flatten {
  readonly layer: "flatten";
}

/** The cells of a row in another shape. */
export interface Reshape {
  readonly layer: "reshape";
  readonly shape: readonly number[];
}

/** [columns] n times over: [n, columns], as Keras' RepeatVector. */
export interface Repeat {
  readonly layer: "repeat";
  readonly times: number;
}

/** The axes of a row in another order: `order` names them from 1, as in Keras. */
export interface Permute {
  readonly layer: "permute";
  readonly order: readonly number[];
}

/** The first steps, or the upper left of an image: sides that became too long cut to these. */
export interface Crop {
  readonly layer: "crop";
  readonly to: readonly number[];
}

export const flattenRow: LayerRow<Flatten> = {
  weights: none,
  output: (_, shape) => [cellsOf(shape)],
  apply: (_, __, x) => reshape(x, [x.shape[0]!, cellsOf(x.shape.slice(1) as number[])]),
};

export const reshapeRow: LayerRow<Reshape> = {
  weights: none,
  output: ({ shape: wanted }, shape) => {
    if (cellsOf(wanted) === cellsOf(shape)) return wanted;
    throw mistake(`reshape: [${shape.join(", ")}] cannot become [${wanted.join(", ")}]`);
  },
  apply: ({ shape }, _, x) => reshape(x, [x.shape[0]!, ...shape]),
};

export const repeatRow: LayerRow<Repeat> = {
  weights: none,
  output: ({ times }, shape) => {
    if (shape.length === 1) return [times, shape[0]!];
    throw mistake(`repeat: takes rows [columns], got [${shape.join(", ")}]`);
  },
  apply: ({ times }, _, x) => repeat(reshape(x, [x.shape[0]!, 1, x.shape[1]!]), 1, times),
};

export const cropRow: LayerRow<Crop> = {
  weights: none,
  output: ({ to }, shape) => {
    if (to.every((side, axis) => side <= (shape[axis] ?? 0)))
      return shape.map((side, axis) => to[axis] ?? side);
    throw mistake(`crop: [${shape.join(", ")}] is smaller than [${to.join(", ")}]`);
  },
  apply: ({ to }, _, x) => to.reduce((y, side, axis) => slice(y, 0, side, axis + 1), x),
};

export const permuteRow: LayerRow<Permute> = {
  weights: none,
  output: ({ order }, shape) => {
    if (String([...order].sort()) === String(shape.map((_, i) => i + 1)))
      return order.map((axis) => shape[axis - 1]!);
    throw mistake(
      `permute: ${JSON.stringify(order)} is no order of the axes of [${shape.join(", ")}]`,
    );
  },
  apply: ({ order }, _, x) => transpose(x, [0, ...order]),
};
