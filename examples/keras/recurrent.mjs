// A recurrent autoencoder: a heart beat of 140 steps becomes the last state of an LSTM, and a beat again.
import { fit, recurrent } from "espejo";
import { epochs, load, seed, start, tell } from "./kit.mjs";

const [train, test] = [load("beats-train"), load("beats-test")];

const model = recurrent({ input: [140, 1], cell: "lstm", units: [16], latentDim: 8 });

const began = start();
const fitted = await fit(model, train, {
  ...{ epochs: epochs(20), batchSize: 32, validationSplit: 0, patience: 0, seed },
});
tell(began, (await fitted.evaluate(test)).loss);
await fitted.dispose();
