// Real Keras saves models of many shapes, Espejo reads them and predicts the same; Espejo writes models of its
// own and those it read, and real Keras loads them and predicts the same. Files of Keras 2 are kept in
// test/golden/keras2.zip; with --keras2 they are made anew (TensorFlow is installed: 2 GB). Ends with "N passed, N
// failed".
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync, zipSync } from "fflate";
import { kerasClasses } from "../dist/keras/layers.js";
import {
  adversarial,
  autoencoder,
  contractive,
  convolutional,
  denoising,
  fit,
  readKeras,
  recurrent,
  sparse,
  tied,
  trained,
  variational,
  writeKeras,
} from "../dist/node.js";
import { random } from "../dist/random.js";
import { pythonWith, run } from "./python.mjs";

const bound = 1e-5;
const folder = mkdtempSync(join(tmpdir(), "espejo-keras-"));
const python = pythonWith("espejo-keras", ["keras", "jax", "numpy"]);
const script = fileURLToPath(new URL("check-keras.py", import.meta.url));
const ask = (what) => run(python, [script, what, folder], { quiet: true });
const written = [];
let passed = 0;
let failed = 0;

function judged(name, far) {
  const good = far >= 0 && far <= bound;
  if (good) passed++;
  else failed++;
  console.log(`${good ? "ok    " : "FAILED"} ${name}: ${far.toExponential(1)}`);
}

/** How far numbers are apart, relative to the largest. */
function distance(got, wanted) {
  if (got.length !== wanted.length) return -1;
  const largest = wanted.reduce((most, v) => Math.max(most, Math.abs(v)), 1);
  return got.reduce((most, v, i) => Math.max(most, Math.abs(v - wanted[i])), 0) / largest;
}

/** Writes a network for Keras to judge, with what ours gives. */
async function keep(name, model, parameters, { x, shape, part }) {
  const fitted = await trained(model, parameters);
  const rows = { data: Float32Array.from(x), shape };
  const call = { encoder: "encode", decoder: "decode" }[part] ?? "reconstruct";
  const y = await fitted[call](rows);
  await fitted.dispose();
  const file = `${name}.written.keras`;
  writeFileSync(join(folder, file), await writeKeras({ model, parameters }, { part }));
  written.push({ name, file, x: [...x], input: shape, y: [...y.data], output: y.shape });
}

/** Reads each model that real Keras saved to a folder; what is read from a `.keras` is written for Keras 3 to judge. */
async function readAll(version, from) {
  const models = JSON.parse(readFileSync(join(from, "models.json"), "utf8"));
  for (const each of models) {
    const rows = { data: Float32Array.from(each.x), shape: [2, ...each.input] };
    for (const ending of ["keras", "h5"]) {
      const path = `${each.name}.${ending}`;
      const { model, parameters, code } = await readKeras(readFileSync(join(from, path)), { path });
      const fitted = await trained(model, parameters);
      const { data } = await fitted.reconstruct(rows);
      await fitted.dispose();
      judged(
        `Keras ${version}: read ${path}, its code from "${code}"`,
        code === each.code ? distance(data, each.y) : -1,
      );
      const name = `${each.name} of Keras ${version}`;
      if (ending === "keras")
        await keep(name, model, parameters, { x: rows.data, shape: rows.shape });
    }
  }
  const met = new Set(models.flatMap(({ classes }) => classes));
  const missing = kerasClasses.filter((name) => !met.has(name) && gone[name] !== version);
  judged(`Keras ${version}: every layer is in a file (not: ${missing})`, missing.length);
}
/** Layers that a version of Keras does not have. */
const gone = { ThresholdedReLU: 3 };

const kept = fileURLToPath(new URL("../test/golden/keras2.zip", import.meta.url));
const second = join(folder, "keras2");
mkdirSync(second);
if (process.argv.includes("--keras2")) {
  run(pythonWith("espejo-keras2", ["tf_keras", "tensorflow-cpu"]), [script, "make2", second]);
  const files = readdirSync(second).map((name) => [name, readFileSync(join(second, name))]);
  writeFileSync(kept, zipSync(Object.fromEntries(files), { level: 9, mtime: "1980-01-01" }));
} else {
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(kept))))
    writeFileSync(join(second, name), bytes);
}
ask("make");
await readAll(3, folder);
await readAll(2, second);

// models of ours, trained for an epoch
const draw = random(3);
const uniform = (...shape) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => draw.uniform()),
});
const dense = autoencoder({ input: 9, hidden: [7], latentDim: 4, activation: "sigmoid" });
const normalised = autoencoder({
  ...{ input: 9, hidden: [6], latentDim: 2, activation: "elu", output: "sigmoid" },
  ...{ batchNormalization: true, dropout: 0.2, noise: 0.1 },
});
const images = { input: [9, 11, 1], filters: [4, 5], output: "sigmoid" };
const series = { input: [12, 2], units: [5, 4], latentDim: 3 };
const own = {
  "our basic": [dense, [9]],
  "our normalised": [normalised, [9]],
  "our tied": [tied(dense), [9]],
  "our sparse denoising": [denoising(sparse(dense)), [9]],
  "our contractive": [contractive(dense), [9]],
  "our variational": [variational(dense), [9]],
  "our adversarial": [adversarial(dense), [9]],
  "our convolutional": [convolutional({ ...images, latentDim: 6 }), [9, 11, 1]],
  "our pooled": [convolutional({ ...images, down: "pooled", up: "upsampled" }), [9, 11, 1]],
  "our convolutional of series": [convolutional({ input: [13, 2], filters: [4] }), [13, 2]],
  "our lstm": [recurrent({ ...series, bidirectional: true }), [12, 2]],
  "our gru": [recurrent({ ...series, cell: "gru", masked: true }), [12, 2]],
  "our simple rnn": [recurrent({ ...series, cell: "simple" }), [12, 2]],
};
for (const [name, [model, row]] of Object.entries(own)) {
  const x = uniform(20, ...row);
  const fitted = await fit(model, x, { epochs: 2, learningRate: 0.02 });
  const some = { x: x.data.slice(0, (3 * x.data.length) / 20), shape: [3, ...row] };
  await keep(name, model, fitted.parameters, some);
  if (name === "our variational" || name === "our convolutional")
    await keep(`${name}, encoder`, model, fitted.parameters, { ...some, part: "encoder" });
  if (name === "our lstm") {
    const codes = uniform(3, 3);
    const part = { x: codes.data, shape: codes.shape, part: "decoder" };
    await keep(`${name}, decoder`, model, fitted.parameters, part);
  }
  await fitted.dispose();
}
writeFileSync(join(folder, "written.json"), JSON.stringify(written));
ask("judge");
const answers = JSON.parse(readFileSync(join(folder, "judged.json"), "utf8"));
for (const { name, far } of answers) judged(`written ${name}`, far);

rmSync(folder, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
