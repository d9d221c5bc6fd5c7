// Public functions with valid arguments, of which one field is changed. What is too large to be tried in a moment, but
// right, is left out: a million epochs are no mistake.

import { oneFieldChanged } from "./changes.mjs";
import { rows } from "./specimens.mjs";

const cells = () => Float32Array.from({ length: 160 }, (_, i) => Math.sin(i));
const soon = () => AbortSignal.timeout(500);

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
const table = ({ tableFromRows }) => tableFromRows(rows);
/** What takes a model of a table, with the table and options. */
const onTable = (name, valid, use) => ({
  valid,
  call: async (espejo, options, { models }) => {
    const tableModel = new espejo.TableModel(models.plain);
    await use(espejo[name], { espejo, tableModel, options, table: table(espejo) });
  },
});
const scores = () => Float64Array.from({ length: 30 }, (_, i) => Math.sin(i) ** 2);
const labels = () => Array.from({ length: 30 }, (_, i) => i % 7 === 0);
/** A figure of plain arrays: the fields are its arguments, in order. */
const figure = (room, name, valid) => ({
  valid,
  call: (espejo, given) => espejo[room][name](...Object.values(given)),
});

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
  "jobs around a training": {
    valid: {
      ...{ beside: false, sizes: [1, 2], classes: ["a"], onStep: () => {}, budget: 1, trials: 2 },
      ...{ onTrial: () => {}, seeds: 1, onRun: () => {}, normalOnly: true, private: true },
    },
    call: async ({ train, tableFromRows }, options) => {
      const given = { epochs: 1, signal: soon(), ...options };
      await (await train(tableFromRows(rows), given)).model.dispose();
    },
  },
  "rows of a table": {
    valid: rows.slice(0, 8),
    call: ({ tableFromRows }, options) => drained(tableFromRows(options)),
  },
  "options of a table": {
    valid: { types: { months: "number" }, id: ["client"], missing: ["?"], ignore: ["client"] },
    call: ({ tableFromRows }, options) => drained(tableFromRows(rows, options)),
  },
  arraysFromData: {
    valid: { data: cells(), shape: [20, 4, 2] },
    call: async ({ arraysFromData }, options) => {
      for await (const batch of arraysFromData(options).batches()) batch.x.at(0);
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
  tableFromColumns: {
    valid: { a: [1, 2, 3, null], b: Float64Array.of(1, 2, 3, 4), c: ["x", "y", "x", ""] },
    call: ({ tableFromColumns }, columns) => drained(tableFromColumns(columns)),
  },
  openTable: {
    valid: {
      ...{ delimiter: ",", decimal: ".", thousands: "none", encoding: "utf-8", dates: "dmy" },
      ...{ missing: ["?"], types: { a: "number" }, header: true, format: "csv", label: "c" },
      ...{ ignore: ["b"], memoryLimit: "200MB", threads: 1, exact: true },
    },
    call: async ({ openTable }, options) => {
      const opened = await openTable(Buffer.from("a,b,c\n1,2,x\n3,4,y\n5,6,x\n"), options);
      try {
        await drained(opened);
      } finally {
        await opened.dispose();
      }
    },
  },
  openArrays: {
    valid: { group: "b", window: 2, stride: 1, stamps: true, content: "sequences", time: "a" },
    call: async ({ openArrays }, options) => {
      const opened = await openArrays(Buffer.from("a,b,c\n1,2,3\n2,2,4\n3,2,6\n"), options);
      try {
        for await (const batch of opened.batches()) batch.x.at(0);
      } finally {
        await opened.dispose();
      }
    },
  },
  "ModelFile.from": {
    valid: { path: "m.onnx", options: { engine: "wasm", threads: 1 } },
    call: async ({ TableModel }, { path, options }, { models }) => {
      await (await TableModel.from(models.plain.bytes, path, options)).dispose();
    },
  },
  scoreRows: onTable("scoreRows", { ids: ["client"], reasons: "all" }, async (score, given) => {
    for await (const batch of score(given.tableModel, given.table, given.options))
      batch.score.at(0);
  }),
  generateRows: onTable(
    "generateRows",
    {
      rows: 3,
      seed: 1,
      fromData: true,
      between: [0, 1],
      quality: false,
      clip: true,
      noise: "none",
    },
    (generate, given) => generate(given.tableModel, given.table, given.options),
  ),
  denoiseTable: onTable(
    "denoiseTable",
    { outliers: 3, all: false, rounds: 1, onChange: () => {} },
    async (denoise, given) => {
      const { batches } = await denoise(given.tableModel, given.table, given.options);
      for await (const batch of batches) batch.rows;
    },
  ),
  compareImputation: onTable("compareImputation", { share: 0.1, seed: 1 }, (compare, given) =>
    compare(given.tableModel, given.table, given.options),
  ),
  compressTable: onTable(
    "compressTable",
    { maxError: { others: 0.1, columns: { months: 1 } } },
    async (compress, given) => {
      const path = `${process.env.TMPDIR}/options.espc`;
      await compress(given.tableModel, given.table, path, given.options);
    },
  ),
  tableRates: onTable("tableRates", { maxErrors: [0.1] }, (rates, given) =>
    rates(given.tableModel, given.table, given.options.maxErrors),
  ),
  rethreshold: onTable(
    "rethreshold",
    { threshold: "quantile:0.9", engine: "wasm" },
    async (to, given) => (await to(given.tableModel, given.table, given.options)).model.dispose(),
  ),
  withThreshold: onTable("withThreshold", { threshold: 1 }, (to, given) =>
    to(given.tableModel, given.options.threshold),
  ),
  buildReport: onTable("buildReport", { language: "es", seed: 1, modelName: "m" }, (build, given) =>
    build({ table: given.table, model: given.tableModel }, given.options),
  ),
  influence: onTable("influence", { table: null }, (to, given) =>
    to(given.tableModel, given.options.table ?? given.table),
  ),
  "arguments of scoreRows": onTable(
    "scoreRows",
    { model: true, table: true },
    async (score, given) => {
      const { options } = given;
      const first = options.model === true ? given.tableModel : options.model;
      const second = options.table === true ? given.table : options.table;
      for await (const batch of score(first, second)) batch.score.at(0);
    },
  ),
  latentMap: {
    valid: {
      codes: { data: new Float32Array(30).fill(1), shape: [10, 3] },
      options: { colour: null },
    },
    call: ({ latentMap }, { codes, options }) => latentMap(codes, options),
  },
  throughTiles: {
    valid: {
      image: { height: 6, width: 5, channels: 1, x: new Float32Array(30) },
      size: [4, 4],
      onTiles: async (x) => x,
    },
    call: ({ throughTiles }, { image, size, onTiles }) => throughTiles(image, size, onTiles),
  },
  rocCurve: figure("metrics", "rocCurve", { scores: scores(), labels: labels() }),
  rocAuc: figure("metrics", "rocAuc", { scores: Array.from(scores()), labels: labels() }),
  precisionAt: figure("metrics", "precisionAt", { scores: scores(), labels: labels(), n: 5 }),
  confusion: figure("metrics", "confusion", { alarms: labels(), labels: labels() }),
  fBeta: figure("metrics", "fBeta", {
    counts: { truePositives: 3, falsePositives: 1, falseNegatives: 2 },
    beta: 1,
  }),
  pairwiseDistances: figure("metrics", "pairwiseDistances", { rows: scores(), columns: 3 }),
  elbowOf: figure("metrics", "elbowOf", { sizes: [1, 2, 3], errors: [3, 1, 0.5] }),
  energyTest: figure("metrics", "energyTest", {
    ...{ a: scores(), b: scores(), columns: 3 },
    options: { permutations: 9, seed: 1 },
  }),
  histogram: figure("metrics", "histogram", {
    values: scores(),
    options: { bins: 5, range: [0, 1] },
  }),
  neighbourhoods: figure("metrics", "neighbourhoods", {
    ...{ rows: scores(), columns: 3, codes: [{ data: scores().slice(0, 20), columns: 2 }] },
    options: { k: 2 },
  }),
  nearestNeighbours: figure("metrics", "nearestNeighbours", {
    ...{ queries: scores(), rows: scores(), columns: 3, k: 2, options: { exceptSelf: true } },
  }),
  fitPca: figure("metrics", "fitPca", { rows: scores(), n: 10, p: 3, k: 2, options: {} }),
  psnr: figure("metrics", "psnr", { actual: scores(), other: scores(), options: { peak: 1 } }),
  explainedVariance: figure("metrics", "explainedVariance", {
    a: scores(),
    b: scores(),
    columns: 3,
  }),
  ssim: figure("metrics", "ssim", {
    ...{
      x: new Float32Array(144),
      y: new Float32Array(144),
      shape: [12, 12],
      options: { peak: 1 },
    },
  }),
  mean: figure("metrics", "mean", { values: [1, 2, 3] }),
  quantiles: figure("metrics", "quantiles", { values: scores(), shares: [0.1, 0.5] }),
  chooseThreshold: {
    valid: { rule: "f1", scores: scores(), labels: labels() },
    call: ({ metrics }, { rule, scores, labels }) =>
      metrics.chooseThreshold(metrics.parseThreshold(rule), scores, labels),
  },
  isolationForest: {
    valid: {
      rows: new Float32Array(30).fill(0.5),
      columns: 3,
      options: { trees: 3, samples: 8, seed: 1 },
    },
    call: ({ baselines }, { rows, columns, options }) =>
      baselines.isolationForest(rows, columns, options).score(new Float32Array(3)),
  },
  neighbourScores: figure("baselines", "neighbourScores", {
    ...{ known: new Float32Array(30), rows: new Float32Array(6), columns: 3 },
    options: { k: 2, most: 5, seed: 1 },
  }),
};

async function drained(table) {
  const features = table.columns.filter(({ input }) => input === "numeric").map(({ name }) => name);
  for await (const batch of table.batches({ numeric: features, categories: [], text: [] }))
    batch.numeric.at(0);
}

/** Fields for which a large number is no mistake, and would take its time. */
const lasting =
  /epochs|patience|batchSize|threads|permutations|trees|rounds|rows (gone|other|nudged)|hidden|latentDim|units/;

export function optionCases(world, draws) {
  const name = draws.pick(Object.keys(calls));
  const { valid, call } = calls[name];
  const { tree, what } = oneFieldChanged(valid, { ...draws, outside: true });
  if (lasting.test(what) && /: \d{4,}/.test(what)) return null;
  return {
    what: `${name}: ${what}`,
    run: async () => {
      await call(world.espejo, tree, world);
      return "done";
    },
  };
}
