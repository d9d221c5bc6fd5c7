import { isMainThread, workerData } from "node:worker_threads";
import { realm } from "./realm.ts";

/**
 * ONNX Runtime's official builds since 1.30 collect telemetry: a device id, log files, and a queue for upload
 * that holds what a session knows of its model. With these variables in the environment of the process, the
 * older and the newer name, it keeps quiet.
 */
export const quietEnvironment: Readonly<Record<string, string>> = {
  ORT_DISABLE_TELEMETRY: "1",
  ORT_TELEMETRY_DISABLED: "1",
};

/** Data of a worker that a main thread starts which has silenced telemetry: it may load the native library. */
export const quietWorker = { espejoQuiet: true } as const;

/**
 * Sees to it that ONNX Runtime's native library, loaded into this process from now on, collects nothing;
 * false where that cannot be done from here. The library reads the environment of the process: what the main
 * thread sets gets there, what a worker sets stays in the worker's own copy. Bun keeps an environment of its
 * own in the main thread too.
 */
export function silenceTelemetry(): boolean {
  if (process.versions.bun) return false;
  if (!isMainThread)
    return (workerData as Partial<typeof quietWorker> | null)?.espejoQuiet === true;
  Object.assign(realm.process.env, quietEnvironment);
  return true;
}
