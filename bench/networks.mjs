/** The nets of nets.mjs as Espejo builds them, a function of their sizes for each kind. */
import { autoencoder, layered } from "../dist/index.js";

/** @type {Record<import("./nets.mjs").Kind, (sizes: readonly number[]) => import("../dist/index.js").Model>} */
export const networks = {
  dense(sizes) {
    const code = Math.floor(sizes.length / 2);
    return autoencoder({
      input: sizes[0] ?? 0,
      hidden: sizes.slice(1, code),
      latentDim: sizes[code] ?? 0,
      activation: "relu",
      output: "sigmoid",
    });
  },

  /** Channels of images 28 x 28: halved by convolutions up to the middle, doubled by transposed ones after it. */
  convolution(sizes) {
    const middle = Math.floor(sizes.length / 2);
    const layers = sizes.slice(1).map((filters, i) => ({
      layer: /** @type {const} */ (i < middle ? "conv2d" : "conv2dTranspose"),
      filters,
      kernelSize: 3,
      strides: 2,
      padding: /** @type {const} */ ("same"),
      activation: /** @type {const} */ (i + 2 < sizes.length ? "relu" : "sigmoid"),
    }));
    return layered({
      input: [28, 28, sizes[0] ?? 1],
      encoder: layers.slice(0, middle),
      decoder: layers.slice(middle),
    });
  },
};

/** How many numbers a row has. */
export const columnsOf = (/** @type {import("../dist/index.js").Model} */ { inputShape }) =>
  inputShape.reduce((product, size) => product * size, 1);
