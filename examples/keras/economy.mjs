// A hundred economic series of the United States, month by month, through two factors.
import { autoencoder, fit } from "espejo";
import { epochs, load, seed, start, tell } from "./kit.mjs";

const [train, test] = [load("economy-train"), load("economy-test")];
const input = train.shape[1];

const model = autoencoder({
  ...{ input, hidden: [32], latentDim: 2 },
  ...{ activation: "tanh", latentActivation: "linear" },
});

const began = start();
const fitted = await fit(model, train, {
  ...{ epochs: epochs(100), batchSize: 32, validationSplit: 0, patience: 0, seed },
});
tell(began, (await fitted.evaluate(test)).loss);
await fitted.dispose();
