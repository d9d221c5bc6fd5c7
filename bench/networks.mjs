/** The nets of nets.mjs as Espejo builds them, a function of their sizes for each kind. */
import { autoencoder, reduceErrors, sequence } from "../dist/index.js";

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
    return sequenceModel([28, 28, sizes[0] ?? 1], layers, middle);
  },
};

/** How many numbers a row has. */
export const columnsOf = (/** @type {import("../dist/index.js").Model} */ { inputShape }) =>
  inputShape.reduce((product, size) => product * size, 1);

/**
 * An autoencoder out of layers, the code between the first `middle` of them and the others.
 * @param {readonly number[]} shape of a row
 * @param {readonly import("../dist/index.js").Layer[]} layers
 * @param {number} middle
 * @returns {import("../dist/index.js").Model}
 */
function sequenceModel(shape, layers, middle) {
  const encoder = sequence("encoder", layers.slice(0, middle), shape);
  const decoder = sequence("decoder", layers.slice(middle), encoder.outputShape);
  return {
    kind: "bench",
    architecture: {},
    inputShape: shape,
    outputShape: decoder.outputShape,
    latentDim: encoder.outputShape.reduce((product, size) => product * size, 1),
    parameters: { ...encoder.parameters, ...decoder.parameters },
    layers: [...encoder.lines, ...decoder.lines],
    encode: (parameters, x, context) => encoder.apply(parameters, x, context),
    decode: (parameters, code, context) => decoder.apply(parameters, code, context),
    objectives(parameters, batch, loss, context) {
      const y = this.decode(parameters, this.encode(parameters, batch.x, context), context);
      const errors = reduceErrors(loss.errors(y, batch.target), batch);
      return [{ name: "loss", loss: errors, groups: ["weights"] }];
    },
  };
}
