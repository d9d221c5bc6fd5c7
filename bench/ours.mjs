/** Espejo as a contender: the built library, `--engine native` or `wasm`. */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { fit } from "../dist/index.js";
import { networks } from "./networks.mjs";
import { Stopwatch, serve, uniformRows } from "./protocol.mjs";

const { values } = parseArgs({
  options: { engine: { type: "string", default: "native" }, threads: { type: "string" } },
});
const engine = values.engine === "wasm" ? "wasm" : "native";
const threads = Number(values.threads ?? 1);
// Where all processors of this process may be used, the library chooses, as the peers do.
const limit = threads < availableParallelism() ? { threads } : {};

/** @param {import("./protocol.mjs").FitTask} task */
async function trained({ kind, shape, sizes, batch, rows, epochs, seed }) {
  const { build, loss } = networks[kind];
  const columns = shape.reduce((product, size) => product * size, 1);
  const x = uniformRows(rows, columns, seed);
  const watch = new Stopwatch();
  const fitted = await fit(build({ shape, sizes }), x, {
    loss,
    optimizer: "adam",
    learningRate: 1e-3,
    epochs,
    batchSize: batch,
    validationSplit: 0,
    patience: 0,
    seed,
    ...limit,
    engine,
    onEpoch: () => watch.epochEnds(),
  });
  return { fitted, answer: watch.answer(fitted.history.at(-1)?.loss ?? Number.NaN) };
}

await serve(
  { espejo: engine },
  {
    async fit(task) {
      const { fitted, answer } = await trained(task);
      await fitted.dispose();
      const { compileSeconds, engineVersion } = fitted;
      return { ...answer, sessionSeconds: compileSeconds, engine: engineVersion };
    },
    /** Rows in memory to scores in memory. */
    async score({ sizes, rows, repeats }) {
      const { fitted } = await trained({
        kind: "dense",
        shape: sizes.slice(0, 1),
        sizes,
        batch: 256,
        rows: 2560,
        epochs: 1,
        seed: 1,
      });
      const x = uniformRows(rows, sizes[0]);
      await fitted.scoreSamples(x);
      const seconds = [];
      for (let i = 0; i < repeats; i++) {
        const start = performance.now();
        await fitted.scoreSamples(x);
        seconds.push((performance.now() - start) / 1000);
      }
      await fitted.dispose();
      return { seconds };
    },
  },
);
