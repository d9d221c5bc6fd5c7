// The simplest autoencoder: one layer to a code of 32 numbers, one layer back.
import { autoencoder, fit } from "espejo";
import { epochs, load, seed, start, tell } from "./kit.mjs";

const [train, test] = [load("digits-train"), load("digits-test")];

const model = autoencoder({ input: 784, latentDim: 32, activation: "relu", output: "sigmoid" });

const began = start();
const fitted = await fit(model, train, {
  ...{ loss: "binaryCrossentropy", epochs: epochs(20), batchSize: 256, seed },
  ...{ validationSplit: 0, patience: 0 }, // as Keras: no rows are held back
});
tell(began, (await fitted.evaluate(test)).loss);
await fitted.dispose();
