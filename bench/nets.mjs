/**
 * The networks of the bench, and how many times faster than a peer a training step must be: against
 * PyTorch eager, the best of Keras' three, Keras as installed, TensorFlow.js, the JAX scan.
 *
 * @typedef {"torch" | "keras-best" | "keras" | "tfjs" | "jax-scan"} Mark
 * @typedef {{ name: string, sizes: number[], batch: number, targets: Record<Mark, number> }} Net
 */

/** @type {Net[]} */
export const nets = [
  net([29, 14, 7, 14, 29], 32, [12, 8, 20, 20, 0.6]),
  net([29, 14, 7, 14, 29], 256, [5, 3, 10, 20, 0.9]),
  net([784, 32, 784], 256, [1.4, 1.4, 3, 20, 0.8]),
  net([784, 128, 64, 32, 64, 128, 784], 256, [1.3, 1.2, 1.8, 20, 0.8]),
];

/** Rows in memory that every net trains on. */
export const rows = 20_000;

/**
 * @param {number[]} sizes
 * @param {number} batch
 * @param {[number, number, number, number, number]} targets
 * @returns {Net}
 */
function net(sizes, batch, [torch, kerasBest, keras, tfjs, jax]) {
  return {
    name: sizes.join("-"),
    sizes,
    batch,
    targets: { torch, "keras-best": kerasBest, keras, tfjs, "jax-scan": jax },
  };
}
