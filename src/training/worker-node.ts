import { parentPort, SHARE_ENV, Worker, workerData } from "node:worker_threads";
import { writeWhole } from "../files.ts";
import { closeGates, type Gate, newGate, passGate } from "./gate.ts";
import type { FromWorker, Port, ToWorker, TrainingWorker } from "./messages.ts";

/** The gates of the workers that live. */
const gates = new Set<Gate>();
/** Before the first worker nothing needs to be heard. */
let listens = false;

/** Starts a training worker as a thread of this process; the process does not end while it is in native code. */
export function spawnWorker(): TrainingWorker {
  if (!listens) process.once("exit", () => closeGates(gates));
  listens = true;
  const gate = newGate();
  gates.add(gate);
  // flags of the caller's process, say --input-type, are not for the worker; its environment is, as it is then
  const worker = new Worker(new URL("./worker.js", import.meta.url), {
    execArgv: [],
    env: SHARE_ENV,
    workerData: gate,
  });
  worker.once("exit", () => gates.delete(gate));
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage, onError) {
      worker.on("message", onMessage);
      worker.on("error", onError);
      worker.on("exit", () => onError(new Error("the training thread ended without an answer")));
    },
    hold: (held) => (held ? worker.ref() : worker.unref()),
    terminate() {
      closeGates([gate]);
      void worker.terminate();
    },
  };
}

/** The worker's own end of the line. */
export function workerPort(): Port<FromWorker, ToWorker> {
  return {
    post: (message) => parentPort!.postMessage(message),
    listen: (onMessage) => void parentPort!.on("message", onMessage),
  };
}

/** Does what the worker must not be ended in. */
export const undisturbed = <T>(work: () => Promise<T>): Promise<T> =>
  passGate(workerData as Gate, work);

export { fileSource as openFile } from "./file-source.ts";

/** Lets messages in. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const saveFile: (path: string, parts: readonly Uint8Array[]) => Promise<void> = writeWhole;
