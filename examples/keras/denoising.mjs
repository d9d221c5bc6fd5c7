// A denoising autoencoder: noisy digits in, the clean ones wanted.
import { fit, layered } from "espejo";
import { epochs, load, seed, start, tell } from "./kit.mjs";

const [train, test] = [load("digits-train"), load("digits-test")];
const [noisy, noisyTest] = [load("noisy-train"), load("noisy-test")];

const same = /** @type {const} */ ({ kernelSize: 3, padding: "same", activation: "relu" });
const [down, up] = /** @type {const} */ (["conv2d", "conv2dTranspose"]).map((layer) =>
  Array.from({ length: 2 }, () => ({ layer, filters: 16, strides: 2, ...same })),
);
const model = layered({
  input: [28, 28, 1],
  encoder: down,
  decoder: [...up, { layer: "conv2d", filters: 1, ...same, activation: "sigmoid" }],
});

const began = start();
const fitted = await fit(model, noisy.data, {
  ...{ target: train.data, loss: "binaryCrossentropy", epochs: epochs(6), batchSize: 128, seed },
  ...{ validationSplit: 0, patience: 0 },
});
tell(began, (await fitted.evaluate(noisyTest.data, { target: test.data })).loss);
await fitted.dispose();
