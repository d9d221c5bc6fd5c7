import { mistake } from "../../errors.ts";
import { constant, node, type Op, type Tensor } from "../tensor.ts";
import { type Dim, type Shape, sameShape, shapeText } from "../type.ts";
import { cellsOf, cellsOfWindows, meetingsOfCells, phasesOf, type Windows } from "../windows.ts";
import { gather } from "./choose.ts";
import {
  cellwise,
  channelsOf,
  crossProduct,
  matrixOf,
  patches,
  tapsOf,
  withBias,
} from "./images.ts";
import { conv, gemm } from "./linear.ts";
import { addCells, rearrange } from "./rearrange.ts";
import { sum } from "./reduce.ts";
import { concat, reshape, transpose } from "./shape.ts";

// With a big image x [rows, ...big, p], a small one y [rows, ...small, q] and a kernel k [...kernel, p, q],
// all three operators are parts of one trilinear form, the sum of x[cell] k[tap] y[place] over all meetings
// of a window (windows.ts): each gives what stands beside the one that it lacks, and their gradients are
// one another, to any order. In ONNX they are copies of cells and plain matrix products. Measured per
// geometry: windows are copied on the side of fewer channels, once for the product to the other side and for
// the kernel's; back from the wide side the kernel of ONNX Runtime is faster where all strides are 1, and
// where its result has very few channels the product comes first, since that is less to copy.

/** How many times fewer channels are worth multiplying before copying. */
const few = 4;

const windowsOf = (attributes: unknown): Windows => attributes as Windows;
function imageType(
  what: string,
  image: Tensor,
  kernel: Tensor,
  grid: readonly number[],
  own: 1 | 2,
) {
  const [from, to] = own === 1 ? [-2, -1] : [-1, -2];
  const [given, wanted] = [image.shape.slice(1), [...grid, kernel.shape.at(from)!]];
  if (!sameShape(given, wanted))
    throw mistake(
      `${what}: a kernel ${shapeText(kernel.shape)} takes rows ${shapeText(wanted)}, got ${shapeText(given)}`,
    );
  return { size: image.shape[0]!, channels: kernel.shape.at(to)! };
}

/** The gradient of a bias: over the rows first, since long rows are summed on all threads. */
const biasGradient = (g: Tensor): Tensor => {
  const [rows, cells, channels] = cellwise(g).shape as [Dim, number, number];
  const total = sum(reshape(g, [rows, cells * channels]), 0);
  return sum(reshape(total, [cells, channels]), 0);
};

/** y[place] = sum over taps of x[cell] k[tap], plus a bias. */
const Convolve: Op = {
  onnx: "Convolve",
  type: ([x, k], attributes) => {
    const { big, small } = windowsOf(attributes);
    const { size, channels } = imageType("convolve", x!, k!, big, 1);
    return { dtype: x!.dtype, shape: [size, ...small, channels] };
  },
  grad: ({ inputs: [x, k, b], attributes }, [g]) => {
    const windows = windowsOf(attributes);
    return [
      convolveBack(g!, k!, null, windows),
      kernelProduct(x!, g!, windows),
      ...(b ? [biasGradient(g!)] : []),
    ];
  },
  stands: ([x, k, b], attributes) => {
    const windows = windowsOf(attributes);
    const [p, q] = k!.shape.slice(-2) as [number, number];
    const shape = [x!.shape[0]!, ...windows.small, q];
    if (!fewAfter(p, q) && isConv(x!, p, q, windows)) {
      const turned = transpose(reshape(k!, [tapsOf(windows), p, q]), [2, 1, 0]);
      return convOf(x!, reshape(turned, [q, p, ...windows.kernel]), b, padsOf(windows));
    }
    if (!fewAfter(p, q))
      return reshape(gemm(patches(x!, windows), reshape(k!, [tapsOf(windows) * p, q]), b), shape);
    const columns = reshape(transpose(reshape(k!, [tapsOf(windows), p, q]), [1, 0, 2]), [
      p,
      tapsOf(windows) * q,
    ]);
    const products = gemm(matrixOf(cellwise(x!), p), columns);
    const taps = tapsOf(windows);
    const lists = cellsOfWindows(windows).map((cells) =>
      cells.flatMap((cell, tap) => (cell < 0 ? [] : [cell * taps + tap])),
    );
    const each = reshape(products, [x!.shape[0]!, cellsOf(windows.big) * taps, q]);
    return withBias(reshape(addCells(each, lists), shape), b);
  },
};

/** x[cell] = sum over meetings of k[tap] y[place], plus a bias: the transposed convolution. */
const ConvolveBack: Op = {
  onnx: "ConvolveBack",
  type: ([y, k], attributes) => {
    const { big, small } = windowsOf(attributes);
    const { size, channels } = imageType("convolveBack", y!, k!, small, 2);
    return { dtype: y!.dtype, shape: [size, ...big, channels] };
  },
  grad: ({ inputs: [y, k, b], attributes }, [g]) => {
    const windows = windowsOf(attributes);
    return [
      convolve(g!, k!, null, windows),
      kernelProduct(g!, y!, windows),
      ...(b ? [biasGradient(g!)] : []),
    ];
  },
  stands: ([y, k, b], attributes) => {
    const windows = windowsOf(attributes);
    const [p, q] = k!.shape.slice(-2) as [number, number];
    const shape = [y!.shape[0]!, ...windows.big, p];
    const taps = tapsOf(windows);
    if (fewAfter(q, p)) {
      const kernel = reshape(k!, [taps * p, q]);
      const products = gemm(matrixOf(cellwise(y!), q), kernel, null, { transB: true });
      const each = reshape(products, [y!.shape[0]!, cellsOf(windows.small) * taps, p]);
      const lists = meetingsOfCells(windows).map((meetings) =>
        meetings.map(({ place, tap }) => place * taps + tap),
      );
      return withBias(reshape(addCells(each, lists), shape), b);
    }
    if (isConv(y!, q, p, windows)) {
      const { before, after } = padsOf(windows);
      const rest = (side: readonly number[]) => side.map((n, i) => windows.kernel[i]! - 1 - n);
      const backwards = Int32Array.from({ length: taps }, (_, i) => taps - 1 - i);
      const mirrored = gather(reshape(k!, [taps, p, q]), constant("int32", [taps], backwards), 0);
      const turned = reshape(transpose(mirrored, [1, 2, 0]), [p, q, ...windows.kernel]);
      return convOf(y!, turned, b, { before: rest(before), after: rest(after) });
    }
    return reshape(byPhases(cellwise(y!), reshape(k!, [taps, p, q]), b ?? null, windows), shape);
  },
};

/** k[tap] = sum over rows and meetings of x[cell]' y[place]: the gradient of a kernel. */
const KernelProduct: Op = {
  onnx: "KernelProduct",
  type: ([x, y], attributes) => {
    const shape = [...windowsOf(attributes).kernel, x!.shape.at(-1)!, y!.shape.at(-1)!];
    return { dtype: x!.dtype, shape };
  },
  grad: ({ inputs: [x, y], attributes }, [g]) => {
    const windows = windowsOf(attributes);
    return [convolveBack(y!, g!, null, windows), convolve(x!, g!, null, windows)];
  },
  stands: ([x, y], attributes) => {
    const windows = windowsOf(attributes);
    const [p, q] = [channelsOf(x!), channelsOf(y!)];
    const shape: Shape = [...windows.kernel, p, q];
    const taps = tapsOf(windows);
    if (!copiesSmall(p, q, windows))
      return reshape(crossProduct(patches(x!, windows), matrixOf(cellwise(y!), q)), shape);
    const table = meetingsOfCells(windows).flatMap((meetings) => {
      const places = new Map(meetings.map(({ place, tap }) => [tap, place]));
      return Array.from({ length: taps }, (_, tap) => places.get(tap) ?? -1);
    });
    const met = matrixOf(rearrange(cellwise(y!), table), taps * q);
    const product = crossProduct(matrixOf(cellwise(x!), p), met);
    return reshape(transpose(reshape(product, [p, taps, q]), [1, 0, 2]), shape);
  },
};

export const convolveOps: readonly Op[] = [Convolve, ConvolveBack, KernelProduct];

const fewAfter = (before: number, after: number): boolean => few * after <= before;

/** Whether the windows of the small image are copied for the kernel's product, not those of the big one. */
const copiesSmall = (p: number, q: number, { strides }: Windows): boolean =>
  q < p && cellsOf(strides) === 1;

/** Whether ONNX' own convolution takes `from` channels to fewer of them; it has no kernel for double. */
const isConv = (image: Tensor, from: number, to: number, { strides, kernel }: Windows): boolean =>
  to < from && cellsOf(strides) === 1 && cellsOf(kernel) > 1 && image.dtype === "float32";

/** ONNX' convolution of an image with its channels last. */
function convOf(
  image: Tensor,
  weights: Tensor,
  b: Tensor | undefined,
  pads: { readonly before: readonly number[]; readonly after: readonly number[] },
): Tensor {
  const axes = pads.before.map((_, k) => k + 1);
  const first = transpose(image, [0, axes.length + 1, ...axes]);
  const made = conv(first, weights, b ?? null, pads);
  return transpose(made, [0, ...axes.map((axis) => axis + 1), 1]);
}

/** Cells that windows of stride 1 reach over either edge of the big grid. */
function padsOf({ big, small, kernel, before }: Windows) {
  return { before, after: small.map((n, k) => n - 1 + kernel[k]! - before[k]! - big[k]!) };
}
/** A transposed convolution of y [rows, places, q], no product of zeros in it: one product for each phase. */
function byPhases(y: Tensor, k: Tensor, b: Tensor | null, windows: Windows): Tensor {
  const [taps, p, q] = k.shape as [number, number, number];
  const phases = phasesOf(windows);
  const met = phases.filter((phase) => phase.taps.length > 0);
  const bare = met.length < phases.length;
  const parts = met.map(({ cells, taps: own, places }) => {
    const numbers = constant("int32", [own.length], Int32Array.from(own));
    const kept = own.length === taps ? k : gather(k, numbers, 0);
    const kernel = reshape(transpose(kept, [0, 2, 1]), [own.length * q, p]);
    const windowed = matrixOf(rearrange(y, places.flat()), own.length * q);
    return reshape(gemm(windowed, kernel, bare ? null : b), [y.shape[0]!, cells.length, p]);
  });
  const order = new Array<number>(cellsOf(windows.big)).fill(-1);
  met
    .flatMap(({ cells }) => cells)
    .forEach((cell, i) => {
      order[cell] = i;
    });
  return withBias(rearrange(concat(parts, 1), order), bare && b ? b : undefined);
}

/**
 * The convolution (cross-correlation, as in all frameworks) of x [rows, ...big, p] with k [...kernel, p, q]:
 * [rows, ...small, q], plus b [q].
 */
export const convolve = (x: Tensor, k: Tensor, b: Tensor | null, windows: Windows): Tensor =>
  node(Convolve, b ? [x, k, b] : [x, k], { ...windows });

/** The transposed convolution of y [rows, ...small, q] with k [...kernel, p, q]: [rows, ...big, p], plus b [p]. */
export const convolveBack = (y: Tensor, k: Tensor, b: Tensor | null, windows: Windows): Tensor =>
  node(ConvolveBack, b ? [y, k, b] : [y, k], { ...windows });

/** What a kernel's gradient is made of: [...kernel, p, q] from x [rows, ...big, p] and y [rows, ...small, q]. */
const kernelProduct = (x: Tensor, y: Tensor, windows: Windows): Tensor =>
  node(KernelProduct, [x, y], { ...windows });
