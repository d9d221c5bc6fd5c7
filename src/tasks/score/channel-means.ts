import type { Cells } from "../../data/terms/arrays.ts";

/** The error of each pixel of an image [height, width, channels]: the mean over its channels. */
export function channelMeans(error: Cells, shape: readonly number[]): Float32Array {
  const channels = shape.at(-1)!;
  return Float32Array.from({ length: error.length / channels }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += error[i * channels + c]!;
    return sum / channels;
  });
}

/** Not the very greatest error of pixels, which may be a single one. */
export function greatestError(pixels: Float32Array): number {
  const sorted = pixels.slice().sort();
  return sorted[Math.floor(0.995 * (sorted.length - 1))] ?? 0;
}
