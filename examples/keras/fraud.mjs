// Frauds by their reconstruction error: trained on normal card payments, 29 standardised columns.
import { autoencoder, fit } from "espejo";
import { epochs, load, seed, start, tell } from "./kit.mjs";

const [train, test] = [load("payments-train"), load("payments-test")];

const model = autoencoder({ input: 29, hidden: [14], latentDim: 7, activation: "tanh" });

const began = start();
const fitted = await fit(model, train, {
  ...{ epochs: epochs(30), batchSize: 32, validationSplit: 0, patience: 0, seed },
});
tell(began, (await fitted.evaluate(test)).loss);
await fitted.dispose();
