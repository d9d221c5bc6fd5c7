import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { arraysFromData } from "../src/data/memory/memory-arrays.ts";
import * as espejo from "../src/node.ts";
import {
  add,
  adversarial,
  autoencoder,
  baselines,
  buildReport,
  compare,
  compressTable,
  contractive,
  convolutional,
  type DataSource,
  denoiseImage,
  denoiseTable,
  denoising,
  detect,
  EspejoError,
  ensemble,
  evaluate,
  type FitOptions,
  fit,
  generateRows,
  type LayeredOptions,
  latentMap,
  layered,
  loadEngine,
  type Model,
  ModelFile,
  makeModel,
  metrics,
  openArchive,
  openArrays,
  openTable,
  recurrent,
  reduce,
  relu,
  report,
  rethreshold,
  robust,
  scoreRows,
  sparse,
  startFit,
  studyReduction,
  summary,
  type Table,
  TableModel,
  type Training,
  tableFromColumns,
  tableFromRows,
  tensor,
  tied,
  train,
  trainArrays,
  trained,
  tune,
  type Vectors,
  variational,
  wasserstein,
  withThreshold,
} from "../src/node.ts";
import { scratch } from "./tasks/tables.ts";

const rows = Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(i), i / 40]);
const objects = rows.map(([a, b, c]) => ({ a, b, c }));
const base = { input: 3, latentDim: 1 };
const model = autoencoder(base);
const weightsOf = ({ parameters }: Model): Vectors =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, { shape }]) => [
      name,
      new Float32Array(shape.reduce((product, size) => product * size, 1)),
    ]),
  );
const dense = (units: unknown): Pick<LayeredOptions, "encoder" | "decoder"> => ({
  encoder: [{ layer: "dense", units: units as number }],
  decoder: [{ layer: "dense", units: 3 }],
});
const arrays = () => arraysFromData({ data: new Float32Array(240).fill(1), shape: [20, 6, 2] });

/** Public functions that take options of training, as a caller calls them. */
const functions: Readonly<Record<string, (options: object) => unknown>> = {
  fit: (options) => fit(model, rows, options),
  train: (options) => train(tableFromRows(objects), options),
  trainArrays: (options) => trainArrays(arrays(), options),
  compare: (options) => compare(tableFromRows(objects), options),
  studyReduction: (options) => studyReduction(tableFromRows(objects), options),
  tune: (options) => tune(tableFromRows(objects), options),
  reduce: (options) => reduce(tableFromRows(objects), options),
  detect: (options) => detect(tableFromRows(objects), options),
};

/** Values that no option of the name can mean, and what the error says of them. */
const bad: readonly (readonly [options: object, says: RegExp])[] = [
  [{ learningRate: -1 }, /learningRate must be a number of at least 0, got -1/],
  [{ learningRate: Number.NaN }, /learningRate must be a finite number, got NaN/],
  [{ learningRate: "fast" }, /learningRate must be a finite number, got "fast"/],
  [{ seed: 1.5 }, /seed must be a whole number, got 1.5/],
  [{ seed: Number.POSITIVE_INFINITY }, /seed must be a finite number, got Infinity/],
  [{ engine: "gpu" }, /engine must be one of auto, native, wasm, got "gpu"/],
  [{ epochs: -1 }, /epochs must be a number of at least 0, got -1/],
  [{ epochs: 2.5 }, /epochs must be a whole number, got 2.5/],
  [{ batchSize: 0 }, /batchSize must be a number of at least 1, got 0/],
  [{ patience: null }, /patience must be a finite number, got null/],
  [{ clipNorm: -2 }, /clipNorm must be a number of at least 0, got -2/],
  [{ threads: 0 }, /threads must be a number of at least 1, got 0/],
  [{ optimizer: "adm" }, /optimizer must be .*adam/],
  [{ onEpoch: 5 }, /onEpoch must be a function, got 5/],
  [{ epoch: 5 }, /has no option "epoch"; did you mean "epochs"\?/],
  [{ learning_rate: 5 }, /has no option "learning_rate"; did you mean "learningRate"\?/],
];

async function errorOf(call: () => unknown): Promise<EspejoError> {
  try {
    await call();
  } catch (error) {
    if (error instanceof EspejoError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe.each(Object.keys(functions))("%s refuses", (name) => {
  test.each(bad)("%j", async (options, says) => {
    const { message, code, exitCode } = await errorOf(() => functions[name]!(options));
    expect(message).toMatch(says);
    expect(code).toMatch(/^argument_(value|unknown)$/);
    expect(exitCode).toBe(2);
  });
  test.each([[[]], [5], ["epochs"]])("%j in the place of options", async (options) => {
    const { code } = await errorOf(() => functions[name]!(options as object));
    expect(code).toMatch(/^argument_/);
  });
});

const image = { input: [8, 8, 1], latentDim: 2 };
const bounded = autoencoder({ input: 3, latentDim: 2, latentActivation: "sigmoid" });

/** Networks and what is put on them: options that cannot be, each with what the error says. */
const ofModels: readonly (readonly [name: string, make: () => unknown, says: RegExp])[] = [
  ["autoencoder", () => autoencoder(5 as never), /options must be an object/],
  ["autoencoder", () => autoencoder({ ...base, hidden: [1e9] }), /at most 2147483648 weights/],
  ["autoencoder", () => autoencoder({ ...base, input: [1e9, 1e9] }), /at most 2147483648 weights/],
  ["autoencoder", () => autoencoder({ ...base, hiden: [3] } as never), /did you mean "hidden"/],
  ["autoencoder", () => autoencoder({ ...base, dropout: 1 }), /dropout must be .* less than 1/],
  [
    "convolutional",
    () => convolutional({ ...image, filters: [] }),
    /filters must be a list of at least 1 value/,
  ],
  ["convolutional", () => convolutional({ ...image, up: "up" as never }), /up must be one of/],
  ["recurrent", () => recurrent({ input: [6, 2], latentDim: 0 }), /latentDim must be/],
  ["layered", () => layered({ input: [3], encoder: null, decoder: [] } as never), /encoder must/],
  ["layered", () => layered({ input: [3], ...dense("x") }), /encoder\[0\]: units must be/],
  ["layered", () => layered({ input: [3], ...dense(2), code: "x" } as never), /code must be/],
  ["ensemble", () => ensemble({ input: 3, codes: [] }), /codes must be/],
  ["tied", () => tied({} as never), /tied: the model must be a model/],
  ["variational", () => variational(bounded, { variance: 0 }), /variance must be/],
  ["adversarial", () => adversarial(bounded, { prior: { kind: "x" as "gaussian" } }), /prior/],
  ["wasserstein", () => wasserstein(bounded, { weight: -1 }), /weight must be/],
  ["sparse", () => sparse(bounded, { target: 1 }), /target must be .* less than 1/],
  ["contractive", () => contractive(bounded, null as never), /options must be an object/],
  ["robust", () => robust(bounded, { loss: "x" as "huber" }), /loss must be one of/],
  ["denoising", () => denoising(bounded, { amount: "x" as never }), /amount must be/],
  [
    "makeModel",
    () => makeModel({ ...base, network: "toString" as "basic" }),
    /network must be one of/,
  ],
  [
    "makeModel",
    () => makeModel({ ...base, network: Object.create(null) }),
    /network must be one of/,
  ],
  ["summary", () => summary(5 as never), /summary: the model must be a model/],
];

test.each(ofModels)("%s refuses what cannot be (%#)", async (_, make, says) => {
  const { message, code } = await errorOf(make);
  expect(message).toMatch(says);
  expect(code).toMatch(/^argument_/);
});

test.each([
  [{ denoising: { amount: "x" } }, /denoising: amount must be a finite number/],
  [{ kind: "sparse", sparse: { wait: 1 } }, /sparse has no option "wait"/],
  [{ filters: "x" }, /filters must be a list/],
  [{ kind: 5 }, /kind must be a text/],
])("train refuses %j", async (options, says) => {
  const error = await errorOf(() => train(tableFromRows(objects), options as object));
  expect(error.message).toMatch(says);
});

test.each<[FitOptions, RegExp]>([
  [{ validationRows: Uint32Array.of(5000) }, /validationRows must be numbers of rows from 0 to 39/],
  [{ validationSplit: 1 }, /validationSplit must be a number of less than 1, got 1/],
  [{ loss: "square" as "mse" }, /loss must be/],
])("fit refuses %j", async (options, says) => {
  expect((await errorOf(() => fit(model, rows, options))).message).toMatch(says);
});

const csvBytes = Buffer.from("a,b,c\n1,2,x\n3,4,y\n5,6,x\n");
const untrained = trained(model, weightsOf(model), { engine: "wasm" });
const tableModel = fit(model, rows, { epochs: 1 }).then(async (fitted) => {
  await fitted.dispose();
  return (await train(tableFromRows(objects), { epochs: 1 })).model;
});
const onModel = (use: (model: TableModel, table: Table) => unknown) => async () =>
  use(await tableModel, tableFromRows(objects));
const drain = async (batches: AsyncIterable<unknown>) => {
  for await (const batch of batches) expect(batch).toBeDefined();
};
const wrong = (value: unknown): never => value as never;

/** Functions beside those that train, each with what cannot be and what the error says. */
const others: readonly (readonly [name: string, call: () => unknown, says: RegExp])[] = [
  ["fit", () => fit(wrong("x"), rows), /the model must be a model/],
  ["fit: shape", () => fit(model, { data: [1, 2, 3], shape: wrong("x") }), /shape must be a list/],
  ["fit: a row", () => fit(model, [[1, 2, 3], null] as never), /row 1 must have 3 numbers/],
  ["fit: cells", () => fit(model, wrong([["a", "b", "c"]])), /row 0 must have 3 numbers/],
  ["fit: bigints", () => fit(model, wrong(BigInt64Array.of(1n, 2n, 3n))), /the rows must be/],
  ["fit: signal", () => fit(model, rows, { signal: wrong(5) }), /signal must be an AbortSignal/],
  ["fit: schedule", () => fit(model, rows, { schedule: wrong({ kind: "x" }) }), /schedule/],
  ["fit: plateau", () => fit(model, rows, { plateau: wrong({ factr: 1 }) }), /without "factr"/],
  ["fit: adam", () => fit(model, rows, { optimizer: wrong({ name: "adam", beta1: 2 }) }), /beta1/],
  ["fit: mask", () => fit(model, rows, { mask: wrong({ data: [1], columns: 3 }) }), /mask must/],
  ["fit: resume", () => fit(model, rows, { resume: wrong({}) }), /resume\.\w+ must be/],
  ["startFit", () => startFit(model, rows, wrong({ seed: "x" })), /seed must be/],
  ["trained", () => trained(model, wrong(null)), /parameters must be/],
  ["trained", () => trained(model, weightsOf(model), wrong({ loss: "x" })), /loss must be/],
  ["encode", async () => (await untrained).encode(wrong(null)), /the rows must be/],
  ["decode", async () => (await untrained).decode(wrong({ data: null })), /the rows must be/],
  ["generate", async () => (await untrained).generate(-1), /rows must be a number of at least 1/],
  ["evaluate", async () => (await untrained).evaluate(rows, wrong({ sed: 1 })), /"sed"/],
  ["loadEngine", () => loadEngine(wrong("gpu")), /one of auto, native, wasm, got gpu/],
  ["tableFromRows", () => tableFromRows(wrong([null])), /a list of objects/],
  ["tableFromRows", () => tableFromRows(objects, wrong({ labl: "a" })), /did you mean "label"/],
  ["tableFromRows", () => tableFromRows([{ a: new Date("x") }]), /is not a single value/],
  ["tableFromColumns", () => tableFromColumns(wrong({ a: 5 })), /columns\.a must be a list/],
  ["arraysFromData", () => arraysFromData({ data: [1], shape: wrong("x") }), /shape must be/],
  ["arraysFromData", () => arraysFromData(wrong(null)), /options must be an object/],
  ["openTable", () => openTable(csvBytes, wrong({ decimal: "x" })), /decimal must be one of/],
  [
    "openTable",
    () => openTable(csvBytes, wrong({ missing: [-200] })),
    /missing\[0\] must be a text/,
  ],
  ["openArrays", () => openArrays(csvBytes, { window: 0 }), /window must be/],
  ["ModelFile.from", () => ModelFile.from(wrong(5), "m"), /bytes must be the bytes of a file/],
  [
    "ModelFile.read",
    () => ModelFile.read("m", wrong({ engin: 1 })),
    /has no option "engin"; did you mean "engine"/,
  ],
  ["new TableModel", () => new TableModel(wrong({})), /file must be a ModelFile/],
  ["scoreRows", onModel((m) => drain(scoreRows(m, wrong(5)))), /table must be a table/],
  ["scoreRows", onModel((m, t) => drain(scoreRows(m, t, wrong({ reasons: 1 })))), /reasons must/],
  ["generateRows", onModel((m) => generateRows(m, null, { rows: -1 })), /rows must be/],
  ["denoiseTable", onModel((m, t) => denoiseTable(m, t, { rounds: 0 })), /rounds must be/],
  ["compressTable", onModel((m, t) => compressTable(m, t, "x", { maxError: -1 })), /maxError/],
  ["openArchive", () => openArchive(wrong(5)), /path must be a text/],
  ["report", onModel((m, t) => report(t, m, wrong({ language: "fr" }))), /language must be/],
  ["buildReport", onModel((m) => buildReport(wrong({ model: m }))), /source/],
  ["rethreshold", onModel((m, t) => rethreshold(m, t, wrong({}))), /threshold must be/],
  ["withThreshold", onModel((m) => withThreshold(m, wrong("x"))), /threshold must be/],
  ["evaluate", onModel((m, t) => evaluate(m, t, wrong(5))), /label must be a text/],
  ["latentMap", () => latentMap(wrong({ data: [1], shape: [] })), /codes\.shape/],
  ["denoiseImage", onModel((m) => denoiseImage(wrong(m), wrong({}))), /image/],
  ["rocAuc", () => metrics.rocAuc(wrong(null), [1]), /scores must be a list/],
  ["mean", () => metrics.mean(wrong(5)), /values must be a list/],
  ["fitPca", () => metrics.fitPca(wrong([1, 2]), 1, 2, 1), /rows must be a typed array/],
  ["parseThreshold", () => metrics.parseThreshold(wrong(5)), /text must be a text/],
  ["isolationForest", () => baselines.isolationForest(wrong("x"), 2), /rows must be/],
  ["neighbourScores", () => baselines.neighbourScores(wrong(1), wrong(2), 2), /known must be/],
  ["add", () => add(wrong("x"), 1), /takes tensors, got string/],
  ["relu", () => relu(wrong(undefined)), /takes tensors, got undefined/],
  ["tensor", () => tensor(wrong("x")), /takes numbers/],
];

test.each(others)("%s refuses what cannot be meant (%#)", async (_, call, says) => {
  const { message, exitCode } = await errorOf(call);
  expect(message).toMatch(says);
  expect([2, 3]).toContain(exitCode);
});

describe("no public function answers odd arguments with an error of JavaScript:", () => {
  const odd = [
    ...[null, undefined, 5, "x", {}, [], 10n, Symbol("s"), () => 1, new Map(), new Uint8Array(3)],
    ...[new Proxy({}, {}), Object.create(null)],
  ];
  // the first is what others throw, the second what `fit` gives
  const made = ["EspejoError", "Fitted"];
  const entries = Object.entries(espejo).filter(([name]) => !made.includes(name));
  const called = entries.flatMap(([name, value]): [string, (...given: unknown[]) => unknown][] => {
    if (value === espejo.metrics || value === espejo.baselines)
      return Object.entries(value).map(([part, figure]) => [`${name}.${part}`, figure as never]);
    if (typeof value !== "function") return [];
    if (!/^class/.test(String(value))) return [[name, value as never]];
    const Class = value as unknown as typeof TableModel;
    return [
      [`new ${name}`, (...given) => new Class(...(given as [never]))],
      [`${name}.read`, (...given) => Class.read(...(given as [never]))],
      [`${name}.from`, (...given) => Class.from(...(given as [never, never]))],
    ];
  });

  test.each(called)("%s", async (_, call) => {
    for (const value of odd)
      for (const given of [[], [value], [value, value], [value, value, value]])
        try {
          const result = await call(...given);
          if (Object(result)[Symbol.asyncIterator] && !Object(result).batches)
            await (result as AsyncGenerator).next();
          if (Object(result).done instanceof Promise) await (result as Training).done;
        } catch (error) {
          if (!(error instanceof EspejoError)) throw error;
        }
  });
});

test("arrays come out of bytes", async () => {
  const arrays = await openArrays(csvBytes, { window: 2, features: ["a", "b"] });
  expect(arrays).toMatchObject({ rows: 2, detected: { content: "sequences", shape: [2, 2] } });
  await arrays.dispose();
});

test.each([["rows.csv"], [5], [null], [{ rows }]])("fit takes no rows out of %j", async (x) => {
  const { message } = await errorOf(() => fit(model, x as never, {}));
  expect(message).toMatch(/fit: the rows must be a typed array, a list of rows/);
});

describe("a cell holds one value:", () => {
  test.each<[unknown, string]>([
    [{ value: 5 }, '{"value":5}'],
    [[5], "[5]"],
    [() => 5, "a function"],
  ])("%j is refused, with its row and column", async (cell, value) => {
    const wrong = objects.map((row, i) => (i === 7 ? { ...row, b: cell } : row));
    const error = await errorOf(() => tableFromRows(wrong as never));
    expect(error.code).toBe("cell_unreadable");
    expect(error.parameters).toMatchObject({ row: 8, column: "b", value });
  });
});

describe("values of another realm, as in a test runner's, are taken:", () => {
  const foreign = (code: string): never => runInNewContext(code) as never;
  test("typed arrays, lists and dates", async () => {
    const options = { epochs: 1, validationSplit: 0 };
    const flat = "Float32Array.from({ length: 120 }, (_, i) => Math.sin(i))";
    const list = "Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(i), i / 40])";
    for (const x of [flat, `({ data: ${flat}, shape: [40, 3] })`, list]) {
      const fitted = await fit(model, foreign(x), options);
      expect(fitted.history).toHaveLength(1);
      await fitted.dispose();
    }
    const dates = tableFromRows(
      foreign("Array.from({ length: 9 }, (_, i) => ({ when: new Date(86400000 * i * i), a: i }))"),
    );
    expect(dates.columns[0]).toMatchObject({ name: "when", type: "date" });
  });
  test("options, and what is wrong with them", async () => {
    const { message } = await errorOf(() => fit(model, rows, foreign("({ epochs: -1 })")));
    expect(message).toMatch(/epochs must be/);
  });
});

test("cells that another thread may write to are copied", async () => {
  const shared = new Float32Array(new SharedArrayBuffer(480)).map(Math.random);
  const x = new Float32Array(new SharedArrayBuffer(480));
  x.set(shared);
  const fitted = await fit(model, x, { epochs: 1 });
  expect(fitted.history).toHaveLength(1);
  await fitted.dispose();
});

describe("data and models may be", () => {
  const csv = `a,b,c\n${rows.map((row) => row.join(",")).join("\n")}\n`;
  const options = { epochs: 1, kind: "basic" };

  test("a list of objects, bytes, packed bytes, a file: address", async () => {
    const path = join(scratch, "a file ñ.csv");
    writeFileSync(path, csv);
    const sources: readonly DataSource[] = [
      objects as never,
      Buffer.from(csv),
      runInNewContext(`new Uint8Array(${JSON.stringify([...Buffer.from(csv)])})`),
      gzipSync(csv),
      pathToFileURL(path),
      pathToFileURL(path).href,
    ];
    for (const source of sources) {
      const detector = await detect(source, options);
      expect(await detector.score(source)).toHaveLength(40);
      const model = await ModelFile.load(Buffer.from(detector.model.bytes));
      expect(model.path).toBe("model");
      for (const each of [detector, model]) await each.dispose();
    }
  });

  test.each([
    ["https://example.org/rows.csv", "address_remote"],
    [new URL("http://example.org/rows.csv"), "address_remote"],
    [5, "argument_value"],
    [null, "argument_value"],
    ["", "argument_value"],
    ["file://%zz", "file_unreadable"],
    [{ rows: 5 }, "argument_value"],
  ])("not %s", async (source, code) => {
    for (const call of [detect, openTable, openArrays, ModelFile.read, TableModel.read])
      expect((await errorOf(() => call(source as never))).code, call.name).toBe(code);
  });
});
