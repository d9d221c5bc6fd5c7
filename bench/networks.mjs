/** The nets of nets.mjs as Espejo builds them, a row for each kind. */
import { autoencoder, layered, variational } from "../dist/index.js";

/**
 * @typedef {Pick<import("./nets.mjs").Net, "shape" | "sizes">} Sizes
 * @typedef {{ loss: import("../dist/index.js").LossName,
 *   build: (sizes: Sizes) => import("../dist/index.js").Model }} Network
 */

/** @type {Record<import("./nets.mjs").Kind, Network>} */
export const networks = {
  dense: { loss: "mse", build: denseOf },

  convolution: {
    loss: "mse",
    /** Channels of images: halved by convolutions up to the middle, doubled by transposed ones after it. */
    build({ shape, sizes }) {
      const middle = Math.floor(sizes.length / 2);
      const layers = sizes.slice(1).map((filters, i) => ({
        layer: /** @type {"conv2d" | "conv2dTranspose"} */ (
          i < middle ? "conv2d" : "conv2dTranspose"
        ),
        filters,
        kernelSize: 3,
        strides: 2,
        padding: /** @type {const} */ ("same"),
        activation: /** @type {"relu" | "sigmoid"} */ (i + 2 < sizes.length ? "relu" : "sigmoid"),
      }));
      return layered({
        input: shape,
        encoder: layers.slice(0, middle),
        decoder: layers.slice(middle),
      });
    },
  },

  lstm: {
    loss: "mse",
    /** The last state of one LSTM is the code; another gets it at every step. */
    build({ shape, sizes: [, units = 1, features = 1] }) {
      return layered({
        input: shape,
        encoder: [{ layer: "lstm", units }],
        decoder: [
          { layer: "repeat", times: shape[0] ?? 1 },
          { layer: "lstm", units, returnSequences: true },
          { layer: "dense", units: features },
        ],
      });
    },
  },

  variational: { loss: "binaryCrossentropy", build: (sizes) => variational(denseOf(sizes)) },
};

/** @param {Sizes} sizes */
function denseOf({ shape, sizes }) {
  const code = Math.floor(sizes.length / 2);
  return autoencoder({
    input: shape,
    hidden: sizes.slice(1, code),
    latentDim: sizes[code] ?? 0,
    activation: "relu",
    output: "sigmoid",
  });
}
