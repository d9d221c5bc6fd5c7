// Networks, kinds and trainings with valid options: what is changed, and what calls it.

/** A few numbers. */
export const cells = () => Float32Array.from({ length: 160 }, (_, i) => Math.sin(i));
/** A training that is right and long ends soon. */
export const soon = () => AbortSignal.timeout(500);

const model = (espejo) =>
  espejo.autoencoder({ input: 4, latentDim: 2, latentActivation: "sigmoid" });
const matrix = () => ({ data: cells(), shape: [40, 4] });
/** A network that was never trained, ready to be used. */
const fitted = (espejo) => {
  const made = espejo.variational(espejo.autoencoder({ input: 4, latentDim: 2 }));
  return espejo.trained(made, weightsOf(made), { threads: 1, engine: "wasm" });
};
const weightsOf = ({ parameters }) =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, { shape }]) => [
      name,
      new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.1),
    ]),
  );
/** A kind that is put on a network. */
const kind = (name, valid) => ({
  valid,
  call: (espejo, options) => espejo.summary(espejo[name](model(espejo), options)),
});

export const networks = {
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
  layered: {
    valid: {
      input: [6, 2],
      encoder: [
        { layer: "conv1d", filters: 3, kernelSize: 3, strides: 2, padding: "same" },
        { layer: "flatten" },
      ],
      code: { layer: "dense", units: 2, activation: "tanh" },
      decoder: [
        { layer: "dense", units: 12, bias: true },
        { layer: "reshape", shape: [6, 2] },
      ],
    },
    call: ({ layered, summary }, options) => summary(layered(options)),
  },
  ensemble: {
    valid: { input: 4, hidden: 3, codes: [1, 2] },
    call: ({ ensemble, summary }, options) => summary(ensemble(options)),
  },
  variational: kind("variational", { beta: 1, warmUp: 3, variance: 1 }),
  adversarial: kind("adversarial", {
    prior: { kind: "mixture", components: 3, radius: 4 },
    discriminator: [4],
  }),
  wasserstein: kind("wasserstein", { weight: 10, prior: { kind: "gaussian" } }),
  sparse: kind("sparse", { penalty: "kl", weight: 0.1, target: 0.05 }),
  contractive: kind("contractive", { weight: 0.1 }),
  robust: kind("robust", { loss: "huber", sigma: 1, delta: 1 }),
  denoising: kind("denoising", { noise: "masking", amount: 0.3, low: 0, high: 1, clip: true }),
  "the model of a kind": {
    valid: { model: { kind: "basic", inputShape: [4], encode: () => 1 } },
    call: ({ tied }, { model }) => tied(model),
  },
  makeModel: {
    valid: { network: "basic", input: 4, latentDim: 2, denoising: { amount: 0.1 } },
    call: ({ makeModel, summary }, options) => summary(makeModel(options)),
  },
  "optimizer and schedule of fit": {
    valid: {
      optimizer: { name: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-7 },
      schedule: { kind: "cosine", decaySteps: 9, alpha: 0.1, warmupSteps: 2 },
      plateau: { factor: 0.5, patience: 1, minimumDelta: 0, minimumRate: 0 },
      sampleWeight: new Float32Array(40).fill(1),
      validationRows: [1, 2, 3],
      mask: { data: new Float32Array(160).fill(1), columns: 4 },
      initial: { "encoder.0.weight": new Float32Array(8) },
      target: { data: cells(), shape: [40, 4] },
    },
    call: async (espejo, options) => {
      await espejo.fit(model(espejo), matrix(), { epochs: 1, signal: soon(), ...options });
    },
  },
  "rows of a fitted network": {
    valid: { encode: matrix(), decode: { data: new Float32Array(4), shape: [2, 2] } },
    call: async (espejo, { encode, decode }) => {
      const network = await fitted(espejo);
      try {
        await network.encode(encode);
        await network.reconstruct(encode);
        await network.scoreSamples(encode);
        await network.decode(decode);
      } finally {
        await network.dispose();
      }
    },
  },
  "evaluate and generate": {
    valid: { evaluate: { seed: 1, target: matrix() }, rows: 3, generate: { seed: 1 } },
    call: async (espejo, { evaluate, rows, generate }) => {
      const network = await fitted(espejo);
      try {
        await network.generate(rows, generate);
        await network.evaluate(matrix(), evaluate);
      } finally {
        await network.dispose();
      }
    },
  },
  trained: {
    valid: {
      parameters: { a: new Float32Array(2) },
      options: { loss: "mse", engine: "wasm", threads: 1 },
    },
    call: async (espejo, { parameters, options }) => {
      const made = model(espejo);
      const given = parameters?.a ? weightsOf(made) : parameters;
      await (await espejo.trained(made, given, options)).dispose();
    },
  },
  loadEngine: {
    valid: { choice: "wasm" },
    call: ({ loadEngine }, { choice }) => loadEngine(choice),
  },
};
