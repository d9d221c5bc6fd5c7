import { cellsOf, cellsOfWindows, rearrange, reshape } from "../../graph/index.ts";
import { type LayerRow, none } from "./row.ts";
import { gridOf, type Sizes, sizesOf, windowsUnder } from "./windows.ts";

/** Every step of a sequence `size` times. */
export interface UpSampling1d {
  readonly layer: "upSampling1d";
  /** By default 2. */
  readonly size?: number;
}

/** Every cell of an image `size` times along both axes, or [rows, columns] times. */
export interface UpSampling2d {
  readonly layer: "upSampling2d";
  /** By default 2. */
  readonly size?: number | readonly [number, number];
}

type AnyUpSampling = { readonly layer: string; readonly size?: Sizes };

function upSamplingRow(axes: number): LayerRow<AnyUpSampling> {
  const windowsOf = ({ layer, size = 2 }: AnyUpSampling, shape: readonly number[]) => {
    const sizes = sizesOf(`${layer}: size`, size, axes);
    const grid = gridOf(layer, shape, axes);
    return windowsUnder(layer, grid, { kernel: sizes, strides: sizes, padding: "valid" });
  };
  return {
    weights: none,
    output: (layer, shape) => [...windowsOf(layer, shape).big, shape.at(-1)!],
    apply: (layer, _, x) => {
      const windows = windowsOf(layer, x.shape.slice(1) as readonly number[]);
      const [rows, channels] = [x.shape[0]!, x.shape.at(-1)!];
      const table = new Array<number>(cellsOf(windows.big));
      cellsOfWindows(windows).forEach((cells, place) => {
        for (const cell of cells) table[cell] = place;
      });
      const cells = reshape(x, [rows, cellsOf(windows.small), channels]);
      return reshape(rearrange(cells, table), [rows, ...windows.big, channels]);
    },
  };
}

export const upSampling1dRow: LayerRow<UpSampling1d> = upSamplingRow(1);
export const upSampling2dRow: LayerRow<UpSampling2d> = upSamplingRow(2);
