// Data, and jobs on them, with valid options: what is changed, and what calls it.
import { cells, soon } from "./networks.mjs";
import { rows } from "./specimens.mjs";

const table = ({ tableFromRows }) => tableFromRows(rows);
/** What takes a model of a table, with the table and options. */
const onTable = (name, valid, use) => ({
  valid,
  call: async (espejo, options, { models }) => {
    const tableModel = new espejo.TableModel(models.plain);
    await use(espejo[name], { espejo, tableModel, options, table: table(espejo) });
  },
});
async function drained(table) {
  const features = table.columns.filter(({ input }) => input === "numeric").map(({ name }) => name);
  for await (const batch of table.batches({ numeric: features, categories: [], text: [] }))
    batch.numeric.at(0);
}

export const jobs = {
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
    valid: { data: cells(), shape: [20, 4, 2], range: [0, 1], missing: ["inf"] },
    call: async ({ arraysFromData }, options) => {
      for await (const batch of arraysFromData(options).batches()) batch.x.at(0);
    },
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
    valid: {
      ...{ group: "b", window: 2, stride: 1, stamps: true, content: "sequences", time: "a" },
      ...{ missing: ["9"], range: [0, 1], pages: "all" },
    },
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
};
