import { isMainThread, parentPort, SHARE_ENV, Worker, workerData } from "node:worker_threads";
import { quietEnvironment, quietWorker } from "../engine/telemetry.ts";
import { writeWhole } from "../files.ts";
import { answerParent, forkFile, holdProcess } from "../own-process.ts";
import { packageFileError } from "../package-files.ts";
import { closeGates, type Gate, newGate, passGate } from "./gate.ts";
import type { FromWorker, Port, ToWorker, TrainingWorker } from "./messages.ts";

/** The gates of the workers that live. */
const gates = new Set<Gate>();
/** Before the first worker nothing needs to be heard. */
let listens = false;

/**
 * Starts a training worker: a thread of this process. A thread that is itself a worker may be ended from outside
 * with no moment to wait for native code; what it starts is a process of its own.
 */
export const spawnWorker = (): TrainingWorker => (isMainThread ? spawnThread() : spawnProcess());

const file = new URL("./worker.js", import.meta.url);

/** A bundle that took this module along and left the worker behind does not find it. */
const lostOr = (error: NodeJS.ErrnoException): Error =>
  /MODULE_NOT_FOUND$/.test(error.code ?? "")
    ? packageFileError("worker.js", file.href, "bundle_node", error)
    : error;

function spawnThread(): TrainingWorker {
  if (!listens) process.once("exit", () => closeGates(gates));
  listens = true;
  const gate = newGate();
  gates.add(gate);
  // flags of the caller's process, say --input-type, are not for the worker; its environment is, as it is then
  const worker = new Worker(file, {
    execArgv: [],
    env: SHARE_ENV,
    workerData: { ...quietWorker, gate },
  });
  worker.once("exit", () => gates.delete(gate));
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage, onError) {
      worker.on("message", onMessage);
      worker.on("error", (error: NodeJS.ErrnoException) => onError(lostOr(error)));
      worker.on("exit", () => onError(new Error("the training thread ended without an answer")));
    },
    hold: (held) => (held ? worker.ref() : worker.unref()),
    terminate() {
      closeGates([gate]);
      void worker.terminate();
    },
  };
}

function spawnProcess(): TrainingWorker {
  const child = forkFile(file, quietEnvironment);
  return {
    // that it could not be sent is told by the end of the process
    post: (message) => void child.send(message, () => {}),
    listen(onMessage, onError) {
      child.on("message", (message) => onMessage(message as FromWorker));
      child.on("error", onError);
      child.on("exit", () => onError(new Error("the training process ended without an answer")));
    },
    hold: (held) => holdProcess(child, held),
    terminate() {
      if (child.connected) child.disconnect();
    },
  };
}

/** The worker's own end of the line. */
export function workerPort(): Port<FromWorker, ToWorker> {
  const thread = parentPort;
  if (thread)
    return {
      post: (message) => thread.postMessage(message),
      listen: (onMessage) => void thread.on("message", onMessage),
    };
  // Ctrl-C is for whoever started this process, and with it ends the line
  process.on("SIGINT", () => {});
  return {
    post: answerParent,
    listen(onMessage) {
      process.on("message", (message) => onMessage(message as ToWorker));
      process.once("disconnect", () => onMessage({ type: "stop" }));
    },
  };
}

/** Does what the worker must not be ended in; a process ends by itself, and not in native code. */
export const undisturbed = <T>(work: () => Promise<T>): Promise<T> =>
  parentPort ? passGate((workerData as { readonly gate: Gate }).gate, work) : work();

export { fileSource as openFile } from "./file-source.ts";

/** Lets messages in. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const saveFile: (path: string, parts: readonly Uint8Array[]) => Promise<void> = writeWhole;
