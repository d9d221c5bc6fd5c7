// Public functions with valid arguments, of which one field is changed. What is too large to be tried in a moment, but
// right, is left out: a million epochs are no mistake.

import { oneFieldChanged } from "./changes.mjs";
import { rows } from "./specimens.mjs";

const cells = () => Float32Array.from({ length: 160 }, (_, i) => Math.sin(i));
const soon = () => AbortSignal.timeout(500);

/** Each with the options that are changed, and what calls it. */
const calls = {
  autoencoder: {
    valid: { input: 4, hidden: [3], latentDim: 2, activation: "tanh", output: "linear" },
    call: ({ autoencoder, summary }, options) => summary(autoencoder(options)),
  },
  convolutional: {
    valid: { input: [8, 8, 1], filters: [2], latentDim: 2, kernelSize: 3 },
    call: ({ convolutional, summary }, options) => summary(convolutional(options)),
  },
  recurrent: {
    valid: { input: [6, 2], units: [3], latentDim: 2, cell: "gru" },
    call: ({ recurrent, summary }, options) => summary(recurrent(options)),
  },
  fit: {
    valid: {
      ...{
        loss: "mse",
        optimizer: "adam",
        learningRate: 0.01,
        clipNorm: 1,
        epochs: 2,
        batchSize: 8,
      },
      ...{ validationSplit: 0.1, patience: 2, seed: 1, threads: 1 },
    },
    call: async ({ autoencoder, fit }, options) => {
      const model = autoencoder({ input: 4, latentDim: 2 });
      await fit(model, { data: cells(), shape: [40, 4] }, { signal: soon(), ...options });
    },
  },
  "rows of fit": {
    valid: { data: cells(), shape: [40, 4] },
    call: async ({ autoencoder, fit }, options) => {
      await fit(autoencoder({ input: 4, latentDim: 2 }), options, { epochs: 1, signal: soon() });
    },
  },
  train: {
    valid: {
      ...{ kind: "basic", epochs: 2, batchSize: 16, learningRate: 0.01, patience: 2, seed: 1 },
      ...{ hidden: [3], latentDim: 2, threshold: "quantile:0.99", scaling: "standard" },
    },
    call: async ({ tableFromRows, train }, options) => {
      const { model } = await train(tableFromRows(rows), { signal: soon(), ...options });
      await model.dispose();
    },
  },
  detect: {
    valid: { epochs: 2, seed: 1, threshold: "contamination:0.05" },
    call: async ({ tableFromRows, detect }, options) => {
      const detector = await detect(tableFromRows(rows), { signal: soon(), ...options });
      await detector.dispose();
    },
  },
  "rows of a table": {
    valid: rows.slice(0, 8),
    call: ({ tableFromRows }, options) => drained(tableFromRows(options)),
  },
  "options of a table": {
    valid: { types: { months: "number" }, roles: { client: "id" }, missing: ["?"], decimal: "." },
    call: ({ tableFromRows }, options) => drained(tableFromRows(rows, options)),
  },
  arraysFromData: {
    valid: { data: cells(), shape: [20, 4, 2] },
    call: async ({ arraysFromData }, options) => {
      for await (const batch of arraysFromData(options).batches()) batch.x.at(0);
    },
  },
};

async function drained(table) {
  const features = table.columns.filter(({ input }) => input === "numeric").map(({ name }) => name);
  for await (const batch of table.batches({ numeric: features, categories: [], text: [] }))
    batch.numeric.at(0);
}

/** Fields for which a large number is no mistake, and would take its time. */
const lasting = /epochs|patience|batchSize|threads/;

export function optionCases(world, draws) {
  const name = draws.pick(Object.keys(calls));
  const { valid, call } = calls[name];
  const { tree, what } = oneFieldChanged(valid, { ...draws, outside: true });
  if (lasting.test(what) && /: \d{4,}/.test(what)) return null;
  return {
    what: `${name}: ${what}`,
    run: async () => {
      await call(world.espejo, tree);
      return "done";
    },
  };
}
