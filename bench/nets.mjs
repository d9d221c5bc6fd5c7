/**
 * The networks of the bench, and how many times faster than a peer a training step must be: against
 * PyTorch eager, the best of Keras' three, Keras as installed, TensorFlow.js, the JAX scan.
 *
 * @typedef {"torch" | "keras-best" | "keras" | "tfjs" | "jax-scan"} Mark
 * @typedef {"dense" | "convolution"} Kind a way of building, which every contender has its own of
 * @typedef {{ name: string, kind: Kind, sizes: number[], batch: number, rows: number,
 *   targets: Partial<Record<Mark, number>> }} Net
 */

/** Rows in memory that a net trains on. */
const rows = 20_000;

/** @type {Net[]} */
export const nets = [
  net([29, 14, 7, 14, 29], 32, [12, 8, 20, 20, 0.6]),
  net([29, 14, 7, 14, 29], 256, [5, 3, 10, 20, 0.9]),
  net([784, 32, 784], 256, [1.4, 1.4, 3, 20, 0.8]),
  net([784, 128, 64, 32, 64, 128, 784], 256, [1.3, 1.2, 1.8, 20, 0.8]),
  {
    // images of 28 x 28; 3x3 windows, stride 2, two convolutions down and two transposed ones up
    name: "convolution 1-32-64-32-1",
    kind: "convolution",
    sizes: [1, 32, 64, 32, 1],
    batch: 128,
    rows: 2560,
    targets: { torch: 1.3, keras: 1 },
  },
];

/**
 * @param {number[]} sizes
 * @param {number} batch
 * @param {[number, number, number, number, number]} targets
 * @returns {Net}
 */
function net(sizes, batch, [torch, kerasBest, keras, tfjs, jax]) {
  return {
    name: sizes.join("-"),
    kind: "dense",
    sizes,
    batch,
    rows,
    targets: { torch, "keras-best": kerasBest, keras, tfjs, "jax-scan": jax },
  };
}
