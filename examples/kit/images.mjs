/** Images for the examples: digits with their labels, faces, all as cells in [0, 1]. */
import { existsSync } from "node:fs";
import { openArrays } from "espejo/node";
import { choose, dataFile } from "./run.mjs";

/** Reads all images of a file: cells in [0, 1], labels where a file of them lies beside it. @param {string} path */
export async function readImages(path) {
  const arrays = await openArrays(path);
  const shape = arrays.detected.shape;
  const width = shape.reduce((n, size) => n * size, 1);
  const x = new Float32Array(arrays.rows * width);
  for await (const batch of arrays.batches())
    for (let i = 0, at = batch.start * width; i < batch.x.length; i++) x[at + i] = batch.x[i] / 255;
  const labels = arrays.labels?.map(Number) ?? [];
  await arrays.dispose();
  return { x, rows: x.length / width, width, shape, labels };
}

/** The first `rows` images of a set, from a row on. */
export function some(images, rows, from = 0) {
  const { x, width, labels } = images;
  const end = Math.min(from + rows, images.rows);
  return {
    ...images,
    rows: end - from,
    x: x.subarray(from * width, end * width),
    labels: labels.slice(from, end),
  };
}

/** Each image by itself. */
export const each = ({ x, width }) =>
  Array.from({ length: x.length / width }, (_, i) => x.subarray(i * width, (i + 1) * width));

/**
 * MNIST: 60,000 digits to learn from and 10,000 to test on; where only the bundled 10,000 are there, 9,000
 * and 1,000. With --smoke a few hundred.
 */
export async function digits() {
  const path = dataFile("mnist/train-images-idx3-ubyte.gz", "mnist/t10k-images-idx3-ubyte.gz");
  const testPath = path.replace("train-images", "t10k-images");
  const all = await readImages(path);
  const bundled = path === testPath || !existsSync(testPath);
  const [train, test] = bundled
    ? [some(all, 9000), some(all, 1000, 9000)]
    : [all, await readImages(testPath)];
  if (bundled) console.log("only the bundled digits are there: 9,000 to learn from, 1,000 to test");
  const most = choose({ smoke: [1000, 500], short: [60000, 10000], full: [60000, 10000] });
  return { train: some(train, most[0]), test: some(test, most[1]) };
}

/** Uniform numbers in [0, 1) from a seed (mulberry32), so that an example prints the same each time. */
export function uniformFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Cells with Gaussian noise of a deviation, held in [0, 1]. */
export function noisy(x, deviation, seed = 1) {
  const uniform = uniformFrom(seed);
  return x.map((value) => {
    const normal = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
    return Math.max(0, Math.min(1, value + deviation * normal));
  });
}

/** Grey images cut to squares around the middle and brought to a smaller side, by means over the pixels' areas. */
export function resized(images, side) {
  const [height, width] = images.shape;
  const square = Math.min(height, width);
  const [top, left] = [(height - square) >> 1, (width - square) >> 1];
  const step = square / side;
  // how much of each source line falls on each line of the result
  const shares = Array.from({ length: side }, (_, i) =>
    Array.from({ length: square }, (_, k) => k)
      .map((k) => [k, Math.min(k + 1, (i + 1) * step) - Math.max(k, i * step)])
      .filter(([, share]) => share > 0),
  );
  const x = new Float32Array(images.rows * side * side);
  each(images).forEach((image, n) => {
    for (let i = 0; i < side; i++)
      for (let j = 0; j < side; j++) {
        let sum = 0;
        for (const [k, down] of shares[i])
          for (const [l, across] of shares[j])
            sum += down * across * image[(top + k) * width + left + l];
        x[(n * side + i) * side + j] = sum / step ** 2;
      }
  });
  return { ...images, x, width: side * side, shape: [side, side, 1] };
}

/** Images and their mirror images: twice as many. */
export function mirrored(images) {
  const side = images.shape[1];
  const { x } = images;
  const both = new Float32Array(2 * x.length);
  both.set(x);
  for (let i = 0; i < x.length; i++) {
    const column = i % side;
    both[x.length + i] = x[i - column + side - 1 - column];
  }
  return { ...images, x: both, rows: 2 * images.rows };
}
