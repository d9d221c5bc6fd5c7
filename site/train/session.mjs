import {
  autoencoder,
  layered,
  metrics,
  parameterCount,
  sparse,
  startFit,
  trained,
  variational,
} from "espejo/web";
import { noisy } from "./digits.mjs";

const noise = 0.4;

/** The network of a choice; all take rows of 784. */
export function networkFor({ kind, code }) {
  const plain = { input: 784, latentDim: code, activation: "relu", output: "sigmoid" };
  const free = { ...plain, latentActivation: "linear" };
  if (kind === "deep") return autoencoder({ ...free, hidden: [128] });
  if (kind === "sparse") return sparse(autoencoder(plain), { penalty: "l1", weight: 1e-4 });
  if (kind === "variational") return variational(autoencoder({ ...free, hidden: [128] }));
  if (kind !== "convolutional") return autoencoder(plain);
  const level = { kernelSize: 3, strides: 2, padding: "same", activation: "relu" };
  return layered({
    input: [784],
    encoder: [
      { layer: "reshape", shape: [28, 28, 1] },
      { layer: "conv2d", filters: 8, ...level },
      { layer: "conv2d", filters: 16, ...level },
      { layer: "flatten" },
    ],
    code: { layer: "dense", units: code },
    decoder: [
      { layer: "dense", units: 784, activation: "relu" },
      { layer: "reshape", shape: [7, 7, 16] },
      { layer: "conv2dTranspose", filters: 8, ...level },
      { layer: "conv2dTranspose", filters: 1, ...level, activation: "sigmoid" },
      { layer: "flatten" },
    ],
  });
}

export { parameterCount };

/** Shows what a network does, one call at a time; a call that comes too early is left out. */
export function watcher(model, shown, onMirror) {
  let busy = false;
  return async (parameters) => {
    if (busy) return;
    busy = true;
    try {
      const now = await trained(model, parameters, { loss: "binaryCrossentropy" });
      const { data } = await now.reconstruct(shown);
      await now.dispose();
      onMirror(data);
    } finally {
      busy = false;
    }
  };
}

/** Starts to train; noise makes other rows of the same digits, the clean ones are wanted. */
export function train(model, digits, { epochs, noise: wanted }, hear) {
  const { train: clean } = digits;
  return startFit(model, wanted ? noisy(clean, noise) : clean, {
    ...{ loss: "binaryCrossentropy", epochs, batchSize: 32, patience: 0, validationSplit: 0.1 },
    ...{ learningRate: 2e-3, seed: 1, ...hear },
    ...(wanted && { target: clean }),
  });
}

export const disturbed = (rows) => noisy(rows, noise);

/** How much of the variance of unseen digits a network keeps. */
export async function shareKept(fitted, { test }) {
  const { data } = await fitted.reconstruct(test);
  return metrics.explainedVariance(test.data, data, 784);
}

/** The codes of unseen digits in the plane: themselves where they are two, else by PCA; and the way back. */
export async function mapOf(fitted, { test }) {
  const { data, shape } = await fitted.encode(test);
  const [rows, width] = shape;
  if (width === 2) return { points: data, codeAt: (x, y) => Float32Array.of(x, y) };
  const pca = metrics.fitPca(data, rows, width, 2);
  return {
    points: metrics.transform(pca, data),
    codeAt: (x, y) => metrics.inverseTransform(pca, Float32Array.of(x, y)),
  };
}
