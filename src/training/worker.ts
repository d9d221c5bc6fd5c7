/** What runs in the worker: it loads the engine, runs the loop and reports. */
import { loadEngine } from "#engine";
import { nextTurn, openFile, saveFile, undisturbed, workerPort } from "#worker";
import { carryError } from "../carried-errors.ts";
import type { Engine } from "../engine/engine.ts";
import { encodeCheckpoint } from "./checkpoint.ts";
import { runLoop, type Watch } from "./loop.ts";
import type { SourceMessage, StartMessage } from "./messages.ts";
import { memorySource, type RowSource } from "./rows.ts";

const port = workerPort();
let stopping = false;
let paused = false;
let wake: () => void = () => {};

port.listen(
  (message) => {
    if (message.type === "start") void start(message);
    else {
      stopping ||= message.type === "stop";
      paused = message.type === "pause";
      wake();
    }
  },
  () => {},
);

async function start(message: StartMessage): Promise<void> {
  const { job, engine: choice, source, start: from, checkpointPath, weightsEvery } = message;
  // what was said to a former training is not for this one
  stopping = message.stopped;
  paused = false;
  let saved = performance.now();
  let told = Number.NEGATIVE_INFINITY;
  const watch: Watch = {
    onProgress: (progress) => port.post({ type: "progress", progress }),
    onEpoch: (epoch, vectors) => {
      port.post({ type: "epoch", epoch });
      if (weightsEvery === null || performance.now() - told < weightsEvery) return;
      told = performance.now();
      port.post({ type: "weights", vectors, epoch: epoch.epoch });
    },
    async breathe() {
      await nextTurn();
      while (paused && !stopping)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      return stopping;
    },
    ...(checkpointPath && {
      async save(checkpoint, endOfEpoch) {
        const current = checkpoint();
        const first = endOfEpoch && current.epoch === 1;
        if (!first && performance.now() - saved < 1000) return;
        await undisturbed(() => saveFile(checkpointPath, encodeCheckpoint(current)));
        saved = performance.now();
      },
    }),
  };
  try {
    const engine = calmed(await undisturbed(() => loadEngine(choice)));
    const [learn, judge] = await openSource(source, job.options.seed);
    const outcome = await runLoop(engine, job, learn, judge, from, watch).finally(async () => {
      await learn.close?.();
      await judge?.close?.();
    });
    port.post({ type: "done", outcome, engine: engine.version, note: engine.note });
  } catch (error) {
    port.post({ type: "failed", ...carryError(error) });
  }
}

/** An engine in whose calls this thread is not ended. */
const calmed = (engine: Engine): Engine => ({
  ...engine,
  load: (bytes, options) =>
    undisturbed(async () => {
      const program = await engine.load(bytes, options);
      return {
        outputs: program.outputs,
        run: (feeds) => undisturbed(() => program.run(feeds)),
        dispose: () => undisturbed(() => program.dispose()),
      };
    }),
});

/** Rows to learn from, and rows to judge by where there are some. */
async function openSource(
  source: SourceMessage,
  seed: number,
): Promise<[RowSource, RowSource | null]> {
  if (source.kind === "memory") {
    const { arrays, train, validation } = source;
    const judge = validation.length > 0 ? memorySource(arrays, validation, seed) : null;
    return [memorySource(arrays, train, seed), judge];
  }
  const { train, validation, widths } = source;
  const judge = validation && validation.rows > 0 ? await openFile(validation, widths, seed) : null;
  return [await openFile(train, widths, seed), judge];
}
