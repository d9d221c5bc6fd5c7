// A deep autoencoder: 784-128-64-32-64-128-784.
import { autoencoder, fit } from "espejo";
import { epochs, load, seed, start, tell } from "./kit.mjs";

const [train, test] = [load("digits-train"), load("digits-test")];

const model = autoencoder({
  ...{ input: 784, hidden: [128, 64], latentDim: 32 },
  ...{ activation: "relu", output: "sigmoid" },
});

const began = start();
const fitted = await fit(model, train, {
  ...{ loss: "binaryCrossentropy", epochs: epochs(20), batchSize: 256, seed },
  ...{ validationSplit: 0, patience: 0 },
});
tell(began, (await fitted.evaluate(test)).loss);
await fitted.dispose();
