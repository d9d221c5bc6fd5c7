import { mistake } from "../errors.ts";
import { checkArguments, checkOptions } from "../options.ts";
import { z } from "../schema.ts";
import { parts } from "./arguments.ts";
import type { Numbers } from "./counts.ts";

const ssimOptions: z.ZodMiniObject = z.object({ peak: z.exactOptional(z.number()) });

/**
 * Mean structural similarity of images x and y, each [height, width] or [height, width, channels], one after
 * the other where there are several (Wang et al. 2004): Gaussian windows of 11 x 11 with deviation 1.5 that
 * lie whole within the image, K1 = 0.01, K2 = 0.03, every channel by itself. `peak` is the greatest possible
 * value, as for `psnr`. 1 for equal images. Throws `argument_wrong` for sides below 11.
 */
export function ssim(
  x: Numbers,
  y: Numbers,
  shape: readonly number[],
  options: { readonly peak?: number } = {},
): number {
  checkArguments("ssim", {
    x: [x, parts.numbers],
    y: [y, parts.numbers],
    shape: [shape, parts.numbers],
  });
  checkOptions("ssim", ssimOptions, options);
  const { peak = 1 } = options;
  const [height = 0, width = 0, channels = 1] = shape;
  const cells = height * width * channels;
  if (shape.length < 2 || shape.length > 3 || !(Math.min(height, width) >= side))
    throw mistake(
      `ssim: shape must be [height, width] or [height, width, channels] with sides of ${side} or more, got [${shape.join(", ")}]`,
    );
  if (x.length !== y.length || x.length === 0 || x.length % cells !== 0)
    throw mistake(
      `ssim: both arrays must hold images of ${cells} values, got ${x.length} and ${y.length} values`,
    );
  const [c1, c2] = [(0.01 * peak) ** 2, (0.03 * peak) ** 2];
  const planes = (x.length / cells) * channels;
  let total = 0;
  for (let plane = 0; plane < planes; plane++) {
    const from = Math.floor(plane / channels) * cells + (plane % channels);
    const means = (value: (at: number) => number): Float64Array =>
      blurred(value, from, height, width, channels);
    const mx = means((at) => x[at]!);
    const my = means((at) => y[at]!);
    const products = means((at) => x[at]! * y[at]!);
    const squares = means((at) => x[at]! ** 2 + y[at]! ** 2);
    let sum = 0;
    for (let i = 0; i < mx.length; i++) {
      const product = mx[i]! * my[i]!;
      const lengths = mx[i]! ** 2 + my[i]! ** 2;
      const luminance = (2 * product + c1) / (lengths + c1);
      sum += (luminance * (2 * (products[i]! - product) + c2)) / (squares[i]! - lengths + c2);
    }
    total += sum / mx.length;
  }
  return total / planes;
}

const side = 11;
const bell = Array.from({ length: side }, (_, i) => Math.exp(-((i - 5) ** 2) / (2 * 1.5 ** 2)));
const whole = bell.reduce((a, b) => a + b);
const window = bell.map((weight) => weight / whole);

/** Weighted means of one channel under every window, [height - 10, width - 10]: along rows, then columns. */
function blurred(
  value: (at: number) => number,
  from: number,
  height: number,
  width: number,
  step: number,
): Float64Array {
  const [down, across] = [height - side + 1, width - side + 1];
  const rows = new Float64Array(height * across);
  const line = new Float64Array(width);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) line[j] = value(from + (i * width + j) * step);
    for (let j = 0; j < across; j++)
      for (let k = 0; k < side; k++) rows[i * across + j]! += window[k]! * line[j + k]!;
  }
  const means = new Float64Array(down * across);
  for (let i = 0; i < down; i++)
    for (let k = 0; k < side; k++)
      for (let j = 0; j < across; j++)
        means[i * across + j]! += window[k]! * rows[(i + k) * across + j]!;
  return means;
}
