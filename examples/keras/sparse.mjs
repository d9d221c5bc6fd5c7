// A sparse autoencoder: an L1 penalty on the activations of the code.
import { autoencoder, fit, sparse } from "espejo";
import { epochs, load, seed, start, tell } from "./kit.mjs";

const [train, test] = [load("digits-train"), load("digits-test")];

const plain = autoencoder({ input: 784, latentDim: 32, activation: "relu", output: "sigmoid" });
const model = sparse(plain, { penalty: "l1", weight: 1e-5 });

const began = start();
const fitted = await fit(model, train, {
  ...{ loss: "binaryCrossentropy", epochs: epochs(20), batchSize: 256, seed },
  ...{ validationSplit: 0, patience: 0 },
});
tell(began, (await fitted.evaluate(test)).loss);
await fitted.dispose();
