/** What runs in the worker: it loads the engine, runs the loop and reports. */
import { loadEngine } from "#engine";
import { nextTurn, saveFile, workerPort } from "#worker";
import { EspejoError } from "../errors.ts";
import { encodeCheckpoint } from "./checkpoint.ts";
import { runLoop, type Watch } from "./loop.ts";
import type { StartMessage } from "./messages.ts";
import { memorySource } from "./rows.ts";

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
  const { job, engine: choice, arrays, train, validation, start: from, checkpointPath } = message;
  let saved = performance.now();
  const watch: Watch = {
    onProgress: (progress) => port.post({ type: "progress", progress }),
    onEpoch: (epoch) => port.post({ type: "epoch", epoch }),
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
        await saveFile(checkpointPath, encodeCheckpoint(current));
        saved = performance.now();
      },
    }),
  };
  try {
    const engine = await loadEngine(choice);
    const { seed } = job.options;
    const learn = memorySource(arrays, train, seed);
    const judge = validation.length > 0 ? memorySource(arrays, validation, seed) : null;
    const outcome = await runLoop(engine, job, learn, judge, from, watch);
    port.post({ type: "done", outcome, engine: engine.version, note: engine.note });
  } catch (error) {
    const known = error instanceof EspejoError;
    port.post({
      type: "failed",
      code: known ? error.code : null,
      parameters: known ? error.parameters : {},
      message: (error as Error).message,
    });
  }
}
