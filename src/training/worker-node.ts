import { parentPort, SHARE_ENV, Worker } from "node:worker_threads";
import { writeWhole } from "../files.ts";
import type { FromWorker, Port, ToWorker, TrainingWorker } from "./messages.ts";

/** Starts a training worker as a thread of this process. */
export function spawnWorker(): TrainingWorker {
  // flags of the caller's process, say --input-type, are not for the worker; its environment is, as it is then
  const worker = new Worker(new URL("./worker.js", import.meta.url), {
    execArgv: [],
    env: SHARE_ENV,
  });
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage, onError) {
      worker.on("message", onMessage);
      worker.on("error", onError);
      worker.on("exit", () => onError(new Error("the training thread ended without an answer")));
    },
    hold: (held) => (held ? worker.ref() : worker.unref()),
    terminate: () => void worker.terminate(),
  };
}

/** The worker's own end of the line. */
export function workerPort(): Port<FromWorker, ToWorker> {
  return {
    post: (message) => parentPort!.postMessage(message),
    listen: (onMessage) => void parentPort!.on("message", onMessage),
  };
}

export { fileSource as openFile } from "./file-source.ts";

/** Lets messages in. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const saveFile: (path: string, parts: readonly Uint8Array[]) => Promise<void> = writeWhole;
