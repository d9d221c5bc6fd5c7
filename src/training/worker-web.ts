import type { FromWorker, Port, ToWorker, TrainingWorker } from "./messages.ts";
import type { RowSource } from "./rows.ts";

/** Starts a training worker in a browser. */
export function spawnWorker(): TrainingWorker {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage, onError) {
      worker.addEventListener("message", (event) => onMessage(event.data as FromWorker));
      worker.addEventListener("error", (event) => onError(new Error(event.message)));
    },
    // a page does not end for want of something to do
    hold: () => {},
    terminate: () => worker.terminate(),
  };
}

/** The worker's own end of the line. */
export function workerPort(): Port<FromWorker, ToWorker> {
  return {
    post: (message) => postMessage(message),
    listen: (onMessage) =>
      addEventListener("message", (event) => onMessage((event as MessageEvent<ToWorker>).data)),
  };
}

export const openFile = (): Promise<RowSource> => {
  throw new TypeError("rows in files need Node");
};

/** Lets messages in. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

export const saveFile = (): Promise<void> => {
  throw new TypeError("checkpoints are files, which a browser does not have");
};
