// A convolutional autoencoder: two levels down by pooling, two up by transposed convolutions.
import { fit, layered } from "espejo";
import { epochs, load, seed, start, tell } from "./kit.mjs";

const [train, test] = [load("digits-train"), load("digits-test")];

const same = /** @type {const} */ ({ kernelSize: 3, activation: "relu", padding: "same" });
const model = layered({
  input: [28, 28, 1],
  encoder: [
    { layer: "conv2d", filters: 32, ...same },
    { layer: "maxPooling2d", padding: "same" },
    { layer: "conv2d", filters: 32, ...same },
    { layer: "maxPooling2d", padding: "same" },
  ],
  decoder: [
    { layer: "conv2dTranspose", filters: 32, strides: 2, ...same },
    { layer: "conv2dTranspose", filters: 32, strides: 2, ...same },
    { layer: "conv2d", filters: 1, ...same, activation: "sigmoid" },
  ],
});

const began = start();
const run = { epochs: epochs(3), batchSize: 128, validationSplit: 0, patience: 0, seed };
const fitted = await fit(model, train.data, { loss: "binaryCrossentropy", ...run });
tell(began, (await fitted.evaluate(test.data)).loss);
await fitted.dispose();
