// Makes ONNX files of every kind that Espejo writes, and lets the official checker and Python's onnxruntime
// judge them: the same inputs must give the outputs that our engine gave. Ends with "N passed, N failed".
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mixed } from "../dist/nn/index.js";
import {
  adversarial,
  arraysFromData,
  autoencoder,
  contractive,
  denoising,
  fit,
  layered,
  loadEngine,
  losses,
  openTable,
  train,
  trainArrays,
  variational,
  wasserstein,
} from "../dist/node.js";
import { random } from "../dist/random.js";
import { evaluationProgram } from "../dist/training/judging.js";
import { ruleOf } from "../dist/training/optimizers.js";
import { allRowsInput, orderInput, trainingProgram } from "../dist/training/program.js";
import { pythonWith } from "./python.mjs";

const folder = mkdtempSync(join(tmpdir(), "espejo-onnx-"));
const engine = await loadEngine();
const files = [];

/** Writes a model with an example: what goes in, and what our engine makes of it. */
async function keep(name, bytes, feeds) {
  const program = await engine.load(bytes);
  const results = await program.run(feeds);
  await program.dispose();
  const path = join(folder, `${name}.onnx`);
  writeFileSync(path, bytes);
  writeFileSync(
    path.replace(/onnx$/, "json"),
    JSON.stringify({ inputs: texts(feeds), outputs: texts(results) }),
  );
  files.push(path);
}

const texts = (values) =>
  Object.fromEntries(
    Object.entries(values).map(([name, { dtype, shape, data }]) => [
      name,
      { dtype, shape, data: dtype === "string" ? [...data] : base64(data) },
    ]),
  );
const base64 = ({ buffer, byteOffset, byteLength }) =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64");

const draw = random(1);
const normal = (...shape) => ({
  dtype: "float32",
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => draw.normal() / 2),
});
const uniform = (...shape) => {
  const value = normal(...shape);
  return { ...value, data: value.data.map(() => draw.uniform()) };
};
const ones = (...shape) => ({ ...normal(...shape), data: normal(...shape).data.fill(1) });

/** What a training program takes for 3 steps of 5 rows. */
function trainingFeeds(rule, { state, noise }, rows) {
  const feeds = {};
  for (const [name, size] of Object.entries(state))
    feeds[name] = name.includes(".") || name === "statistics" ? uniform(size) : normal(size);
  for (const [name, shape] of Object.entries(rows))
    feeds[name] = name === "mask" ? ones(3, 5, ...shape) : normal(3, 5, ...shape);
  const scalars = [1, 2, 3].map((step) => rule.scalars(step, 0.01));
  for (const name of Object.keys(scalars[0]))
    feeds[name] = {
      dtype: "float32",
      shape: [3],
      data: Float32Array.from(scalars, (s) => s[name]),
    };
  const drawn = { uniform, normal, step: ones };
  for (const { name, kind, shape, perRow } of noise)
    feeds[name] = drawn[kind](3, ...(perRow ? [5] : []), ...shape);
  return feeds;
}

async function keepTraining(name, model, loss, optimizer, rows, options) {
  const rule = ruleOf(optimizer);
  const program = trainingProgram(model, loss, rule, rows, options);
  await keep(name, program.bytes, trainingFeeds(rule, program, rows));
}

const plain = autoencoder({ input: 6, hidden: [5], latentDim: 2, activation: "relu", l2: 1e-3 });
const rich = autoencoder({
  input: 6,
  hidden: [5],
  latentDim: 2,
  outputSize: 4,
  activation: "gelu",
  output: "sigmoid",
  dropout: 0.2,
  noise: 0.1,
  batchNormalization: true,
});
const table = autoencoder({
  input: 9,
  hidden: [5],
  latentDim: 2,
  outputSize: 8,
  activation: "selu",
});

await keepTraining("training-adam", plain, losses.mse, { name: "adam" }, { x: [6] });
await keepTraining(
  "training-noise-statistics-clipping",
  rich,
  losses.binaryCrossentropy,
  { name: "rmsprop", momentum: 0.9 },
  { x: [6], target: [4] },
  { clipNorm: 0.1 },
);
const blocks = { numeric: 3, categories: [3, 2] };
const masked = { x: [9], mask: [5] };
await keepTraining("training-mixed-table", table, mixed(blocks), { name: "adamw" }, masked);

const sgd = ruleOf({ name: "sgd", momentum: 0.9 });
const gathers = trainingProgram(plain, losses.mse, sgd, { x: [6] }, { gathers: true });
const { x: _, ...feeds } = trainingFeeds(sgd, gathers, { x: [6] });
await keep("training-gathering", gathers.bytes, {
  ...feeds,
  [allRowsInput("x")]: normal(20, 6),
  [orderInput]: {
    dtype: "int32",
    shape: [3, 5],
    data: Int32Array.from({ length: 15 }, () => draw.below(20)),
  },
});

for (const optimizer of ["sgd", "rmsprop"])
  await keepTraining(`training-${optimizer}`, plain, losses.huber, { name: optimizer }, { x: [6] });

const evaluation = evaluationProgram(plain, losses.mae, { x: [6] });
const size = Object.values(plain.parameters).reduce(
  (n, { shape }) => n + shape.reduce((a, b) => a * b),
  0,
);
await keep("evaluation", evaluation.bytes, { weights: normal(size), x: normal(7, 6) });

/** A recurrent autoencoder, all kinds of cells in it. */
const recurrent = layered({
  input: [7, 3],
  encoder: [
    { layer: "gru", units: 4, bidirectional: true, returnSequences: true },
    { layer: "lstm", units: 2 },
  ],
  decoder: [
    { layer: "repeat", times: 7 },
    { layer: "simpleRnn", units: 4, returnSequences: true },
    { layer: "lstm", units: 4, returnSequences: true, bidirectional: true },
    { layer: "dense", units: 3 },
  ],
});
await keepTraining("training-recurrent", recurrent, losses.mse, { name: "adam" }, { x: [7, 3] });
const sequences = await fit(recurrent, normal(32, 7, 3), { epochs: 2, engine: engine.kind });
await keep("recurrent", sequences.toOnnx(), { x: normal(5, 7, 3) });
await sequences.dispose();

const fitted = await fit(
  autoencoder({ input: 6, latentDim: 2, batchNormalization: true }),
  normal(64, 6),
  {
    epochs: 2,
    engine: engine.kind,
  },
);
await keep("network", fitted.toOnnx(), { x: normal(9, 6) });
await fitted.dispose();

const csv = join(folder, "table.csv");
const cell = (value) => (draw.uniform() < 0.1 ? "" : value);
const lines = Array.from({ length: 120 }, (_, i) => {
  const day = new Date(Date.UTC(2020, 0, 1 + 3 * i, i % 24))
    .toISOString()
    .slice(0, 16)
    .replace("T", " ");
  const color = ["red", "green", "blue, dark"][draw.below(3)];
  return [
    cell(draw.normal().toFixed(4)),
    cell((1e6 * draw.uniform()).toFixed(2)),
    cell(`"${color}"`),
    cell(day),
  ];
});
writeFileSync(csv, ["small,large,color,day", ...lines.map((line) => line.join(","))].join("\n"));
const rows = await openTable(csv);
const { model, fitted: core } = await train(rows, {
  epochs: 3,
  log: ["large"],
  engine: engine.kind,
});
const raw = {
  numeric: {
    dtype: "float64",
    shape: [4, 3],
    data: Float64Array.of(
      0.5,
      1000,
      18300,
      Number.NaN,
      1e300,
      Number.NaN,
      -3,
      Number.NaN,
      18301.5,
      0,
      0,
      0,
    ),
  },
  categories: { dtype: "string", shape: [4, 1], data: ["red", "", "blue, dark", "never seen"] },
};
await keep("table-model", model.bytes, raw);
await model.dispose();
await core.dispose();
await rows.dispose();

// real people: nine text columns and missing cells, and every row scored on raw values
const adult = fileURLToPath(new URL("../../shared/data/tabular/adult-train.csv", import.meta.url));
if (existsSync(adult)) {
  const people = await openTable(adult);
  const trained = await train(people, { epochs: 2, engine: engine.kind });
  for await (const { rows: count, numeric, categories } of trained.model.batches(people)) {
    await keep("adult", trained.model.bytes, {
      numeric: { dtype: "float64", shape: [count, 6], data: numeric },
      categories: { dtype: "string", shape: [count, 9], data: categories },
    });
    break;
  }
  await trained.model.dispose();
  await trained.fitted.dispose();
  await people.dispose();
} else console.log("adult: skipped, ../shared/data is not there");

// images: convolutions down, pooled, and up again, trained and exported
const same = /** @type {const} */ ({ kernelSize: 3, padding: "same" });
const imageModel = layered({
  input: [8, 8, 1],
  encoder: [
    { layer: "conv2d", filters: 9, activation: "relu", ...same },
    { layer: "maxPooling2d", padding: "same" },
    { layer: "conv2d", filters: 10, strides: 2, ...same },
  ],
  decoder: [
    { layer: "conv2dTranspose", filters: 9, strides: 2, ...same },
    { layer: "upSampling2d" },
    { layer: "averagePooling2d", poolSize: 3, strides: 1, padding: "same" },
    { layer: "conv2d", filters: 1, activation: "sigmoid", ...same },
  ],
});
await keepTraining("training-images", imageModel, losses.mse, { name: "adam" }, { x: [8, 8, 1] });
const seen = await fit(imageModel, uniform(12, 8, 8, 1), { epochs: 1, engine: engine.kind });
await keep("images", seen.toOnnx(), { x: uniform(3, 8, 8, 1) });
await seen.dispose();

// kinds that draw, count steps, and update in turns
const small = autoencoder({ input: 6, hidden: [5], latentDim: 3 });
await keepTraining(
  "training-variational",
  denoising(variational(small, { warmUp: 10 })),
  losses.mse,
  { name: "adam" },
  { x: [6] },
);
for (const [name, made] of Object.entries({
  adversarial: adversarial(small, { prior: { kind: "mixture" } }),
  wasserstein: wasserstein(small),
  contractive: contractive(small),
}))
  await keepTraining(`training-${name}`, made, losses.mse, { name: "adam" }, { x: [6] });

// the files of images and of sequences with missing steps
const bright = uniform(40, 8, 8, 1);
const brightRows = arraysFromData({ data: bright.data.map((v) => 255 * v), shape: bright.shape });
const waves = normal(40, 6, 2);
const gaps = waves.data.map((v, i) => (i % 12 >= 8 && i % 5 < 2 ? Number.NaN : v));
const waveRows = arraysFromData({ data: gaps, shape: waves.shape });
for (const [name, arrays, kind] of [
  ["image-model", brightRows, "convolutional+variational"],
  ["sequence-model", waveRows, "recurrent"],
]) {
  const made = await trainArrays(arrays, { kind, epochs: 2, engine: engine.kind });
  for await (const { rows: count, x } of arrays.batches({ size: 5 })) {
    const dtype = x instanceof Float64Array ? "float64" : "float32";
    const data = { dtype, shape: [count, ...arrays.detected.shape], data: x };
    await keep(name, made.model.bytes, { x: data });
    break;
  }
  await made.model.dispose();
  await made.fitted.dispose();
}

const status = judge();
rmSync(folder, { recursive: true, force: true });
process.exitCode = status;

/** Runs the judge. */
function judge() {
  const python = pythonWith("espejo-python", ["onnx", "onnxruntime", "numpy"]);
  const script = fileURLToPath(new URL("check-onnx.py", import.meta.url));
  return spawnSync(python, [script, ...files], { stdio: "inherit" }).status ?? 1;
}
