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
