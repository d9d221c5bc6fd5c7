// A variational autoencoder: the code is drawn, and drawn towards a standard normal.
import { autoencoder, fit, variational } from "espejo";
import { epochs, load, seed, start, tell } from "./kit.mjs";

const [train, test] = [load("digits-train"), load("digits-test")];

const model = variational(
  autoencoder({ input: 784, hidden: [128], latentDim: 2, activation: "relu", output: "sigmoid" }),
);

const began = start();
const fitted = await fit(model, train, {
  ...{ loss: "binaryCrossentropy", epochs: epochs(20), batchSize: 128, seed },
  ...{ validationSplit: 0, patience: 0 },
});
tell(began, (await fitted.evaluate(test)).loss);
await fitted.dispose();
