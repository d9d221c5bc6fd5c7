import type { Tensor } from "../tensor.ts";
import type { Dim } from "../type.ts";
import { cellsOf, cellsOfWindows, type Windows } from "../windows.ts";
import { add } from "./elementwise.ts";
import { gemm } from "./linear.ts";
import { rearrange } from "./rearrange.ts";
import { reshape, transpose } from "./shape.ts";

/** The channels of an image [rows, ...grid, channels]. */
export const channelsOf = (image: Tensor): number => image.shape.at(-1) as number;

/** The cells of an image side by side: [rows, cells, channels]. */
export const cellwise = (image: Tensor): Tensor =>
  reshape(image, [
    image.shape[0]!,
    cellsOf(image.shape.slice(1, -1) as number[]),
    channelsOf(image),
  ]);

/** [rows, cells, ...] as a matrix of so many columns, and how its first size is called. */
export const matrixOf = (x: Tensor, columns: number): Tensor => {
  const [rows, cells, channels] = x.shape as [Dim, number, number];
  const times = (cells * channels) / columns;
  const size = typeof rows === "number" ? rows * times : times === 1 ? rows : `${rows}*${times}`;
  return reshape(x, [size, columns]);
};

/** The windows of an image side by side: [rows * places, taps * channels]. */
export function patches(x: Tensor, windows: Windows): Tensor {
  const table = cellsOfWindows(windows).flat();
  return matrixOf(rearrange(cellwise(x), table), tapsOf(windows) * channelsOf(x));
}

/** a' b of two matrices with many rows: the one with fewer columns is turned, which is less work. */
export const crossProduct = (a: Tensor, b: Tensor): Tensor =>
  (a.shape[1] as number) <= (b.shape[1] as number)
    ? gemm(a, b, null, { transA: true })
    : transpose(gemm(b, a, null, { transA: true }));

/** ONNX Runtime adds slowly along a last axis of size 1: such an image is added to as a matrix. */
export function withBias(x: Tensor, b: Tensor | undefined): Tensor {
  if (!b) return x;
  const cells = cellwise(x);
  const flat = channelsOf(x) === 1 ? reshape(cells, cells.shape.slice(0, 2)) : cells;
  return reshape(add(flat, b), x.shape);
}

/** How many cells a window has. */
export const tapsOf = ({ kernel }: Windows): number => cellsOf(kernel);
