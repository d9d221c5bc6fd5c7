import type { EspejoError } from "../errors.ts";
import { mistake } from "../errors.ts";
import { packageFileError } from "../package-files.ts";
import type { FromWorker, Port, ToWorker, TrainingWorker } from "./messages.ts";
import type { RowSource } from "./rows.ts";

/** Starts a training worker in a browser. Throws package_file, or tells `onError`, where it cannot be loaded. */
export function spawnWorker(): TrainingWorker {
  const worker = newWorker();
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage, onError) {
      worker.addEventListener("message", (event) => onMessage(event.data as FromWorker));
      // a file that is not there, or no script, is an event without a message
      worker.addEventListener("error", ({ message }) =>
        onError(message ? new Error(message) : lost()),
      );
    },
    // a page does not end for want of something to do
    hold: () => {},
    terminate: () => worker.terminate(),
  };
}

function newWorker(): Worker {
  try {
    // bundlers look for just this way of writing it
    return new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  } catch (error) {
    // a content security policy that allows no workers, or a bundle that is no ES module
    throw lost(error);
  }
}

function lost(cause?: unknown): EspejoError {
  return packageFileError("worker.js", import.meta.url, "bundle_web", cause);
}

/** The worker's own end of the line. */
export function workerPort(): Port<FromWorker, ToWorker> {
  return {
    post: (message) => postMessage(message),
    listen: (onMessage) =>
      addEventListener("message", (event) => onMessage((event as MessageEvent<ToWorker>).data)),
  };
}

/** Does what a worker must not be ended in; in a browser it may be ended in all. */
export const undisturbed = <T>(work: () => Promise<T>): Promise<T> => work();

export const openFile = (): Promise<RowSource> => {
  throw mistake("rows in files need Node");
};

/** Lets messages in. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

export const saveFile = (): Promise<void> => {
  throw mistake("checkpoints are files, which a browser does not have");
};
