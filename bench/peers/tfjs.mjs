/** TensorFlow.js on its WebAssembly backend: model.fit of the layers API, from bench/.venv/tfjs. */
import { createRequire } from "node:module";
import path from "node:path";
import { Stopwatch, serve, uniformRows } from "../protocol.mjs";

const home = createRequire(new URL("../.venv/tfjs/package.json", import.meta.url));
const tf = home("@tensorflow/tfjs-core");
const layers = home("@tensorflow/tfjs-layers");
const wasm = home("@tensorflow/tfjs-backend-wasm");

const threads = Number(process.argv[process.argv.indexOf("--threads") + 1]) || 1;
wasm.setThreadsCount(threads);
wasm.setWasmPaths(`${path.dirname(home.resolve("@tensorflow/tfjs-backend-wasm"))}/`);
await tf.setBackend("wasm");

/** @param {import("../protocol.mjs").FitTask} task */
async function fit({ kind, sizes, batch, rows, epochs, seed }) {
  if (kind !== "dense") throw new RangeError(`no ${kind} here`);
  const columns = sizes[0] ?? 0;
  const x = tf.tensor2d(uniformRows(rows, columns, seed), [rows, columns]);
  const watch = new Stopwatch();
  const model = layers.sequential();
  sizes.slice(1).forEach((units, i) => {
    const activation = i === sizes.length - 2 ? "sigmoid" : "relu";
    model.add(
      layers.layers.dense({ units, activation, ...(i === 0 && { inputShape: [columns] }) }),
    );
  });
  model.compile({ optimizer: tf.train.adam(1e-3), loss: "meanSquaredError" });
  const { history } = await model.fit(x, x, {
    batchSize: batch,
    epochs,
    verbose: 0,
    yieldEvery: "never",
    callbacks: { onEpochEnd: () => watch.epochEnds() },
  });
  const answer = watch.answer(history.loss.at(-1));
  model.dispose();
  x.dispose();
  return answer;
}

await serve({ tfjs: tf.version_core }, { fit });
