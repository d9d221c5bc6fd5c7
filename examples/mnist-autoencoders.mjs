/**
 * The four autoencoders of Keras' tutorials on MNIST, layer for layer: simple, deep, sparse, convolutional.
 * Prints the test binary cross-entropy of each; its picture has digits above what each makes of them.
 *
 *   node examples/mnist-autoencoders.mjs [simple deep sparse convolutional] [--smoke|--full]
 *
 * After "Building autoencoders in Keras" (simple, deep, sparse; batches of 256) and "Convolutional
 * autoencoder for image denoising" (convolutional; batches of 128). Adam 1e-3 throughout.
 * Ctrl-C ends the training that runs, and what it learnt so far is tested.
 */
import { autoencoder, fit, layered, parameterCount, sparse } from "espejo";
import { digits, each, some } from "./kit/images.mjs";
import { montage } from "./kit/pictures.mjs";
import { choose, mode, report } from "./kit/run.mjs";

const simple = autoencoder({ input: 784, latentDim: 32, activation: "relu", output: "sigmoid" });
const deep = autoencoder({
  input: 784,
  hidden: [128, 64],
  latentDim: 32,
  activation: "relu",
  output: "sigmoid",
});
const conv = { filters: 32, kernelSize: 3, padding: "same", activation: "relu" };
const convolutional = layered({
  input: [28, 28, 1],
  encoder: [
    { layer: "conv2d", ...conv },
    { layer: "maxPooling2d", padding: "same" },
    { layer: "conv2d", ...conv },
    { layer: "maxPooling2d", padding: "same" },
  ],
  decoder: [
    { layer: "conv2dTranspose", ...conv, strides: 2 },
    { layer: "conv2dTranspose", ...conv, strides: 2 },
    { layer: "conv2d", ...conv, filters: 1, activation: "sigmoid" },
  ],
});

const networks = {
  simple: { model: simple, batchSize: 256, epochs: [1, 8, 50], wanted: 0.0935 },
  deep: { model: deep, batchSize: 256, epochs: [1, 8, 100], wanted: 0.085 },
  sparse: {
    model: sparse(simple, { penalty: "l1", weight: 1e-5 }),
    batchSize: 256,
    epochs: [1, 8, 100],
    wanted: 0.105,
  },
  convolutional: {
    model: convolutional,
    batchSize: 128,
    epochs: [1, 3, 50],
    wanted: mode === "full" ? 0.0635 : 0.07,
  },
};

const named = Object.keys(networks).filter((name) => process.argv.includes(name));
const { train, test } = await digits();
const shown = some(test, 10);
const lines = [{ title: "input", images: each(shown) }];

for (const name of named.length ? named : Object.keys(networks)) {
  const { model, batchSize, epochs, wanted } = networks[name];
  const [smoke, short, full] = epochs;
  const interrupted = new AbortController();
  process.once("SIGINT", () => interrupted.abort());
  const started = Date.now();
  const fitted = await fit(model, train.x, {
    loss: "binaryCrossentropy",
    learningRate: 1e-3,
    batchSize,
    epochs: choose({ smoke, short, full }),
    validationSplit: 0,
    signal: interrupted.signal,
    onEpoch: ({ epoch, loss, seconds }) =>
      mode === "full" && console.log(`  ${epoch}: ${loss.toFixed(5)} (${seconds.toFixed(1)} s)`),
  });
  const { loss } = await fitted.evaluate(test.x);
  const bound = mode === "full" || name === "convolutional" ? `wanted: at most ${wanted}; ` : "";
  const time = `${fitted.history.length} epochs, ${Math.round((Date.now() - started) / 1000)} s`;
  report(
    `${name}, test binary cross-entropy`,
    loss.toFixed(5),
    `${bound}${time}, ${parameterCount(model)} weights`,
  );
  const code = await fitted.encode(test.x);
  const active = code.data.filter((value) => value !== 0).length / code.data.length;
  report(`${name}, share of active units`, active);
  const rebuilt = await fitted.reconstruct(shown.x);
  lines.push({ title: name, images: each({ x: rebuilt.data, width: 784 }) });
  await fitted.dispose();
}
await montage("mnist-autoencoders.png", lines, { height: 28, width: 28 });
