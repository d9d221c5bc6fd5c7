import { isMainThread } from "node:worker_threads";

/** What ONNX Runtime looks at when its first session is made, the older and the newer name. */
const switches = ["ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED"] as const;

/**
 * ONNX Runtime's official builds since 1.30 collect telemetry: a device id, log files, and a queue for upload
 * that holds what a session knows of its model. With these variables it keeps quiet.
 */
export const quietEnvironment: Readonly<Record<string, string>> = Object.fromEntries(
  switches.map((name) => [name, "1"]),
);

/**
 * Sees to it that ONNX Runtime's native library, loaded into this process from now on, collects nothing;
 * false where that cannot be done from here. The library reads the environment of the process. What the main
 * thread sets gets there; what a worker sets stays in the worker's own copy, so there one can only look.
 */
export function silenceTelemetry(): boolean {
  if (isMainThread) Object.assign(process.env, quietEnvironment);
  // Bun keeps what is set to itself, in the main thread too
  if (process.versions.bun) return false;
  silent ||= isMainThread || switches.every((name) => environmentOfProcess()[name] === "1");
  return silent;
}

let silent = false;

/** The environment as native code sees it, of which `process.env` of a worker is a copy. */
function environmentOfProcess(): Readonly<Record<string, string>> {
  const report = process.report as
    | (NodeJS.ProcessReport & { excludeNetwork?: boolean })
    | undefined;
  if (!report) return {};
  // else the report looks up the names of all machines that the process talks to
  const { excludeNetwork = false } = report;
  report.excludeNetwork = true;
  try {
    const { environmentVariables } = report.getReport() as {
      environmentVariables?: Readonly<Record<string, string>>;
    };
    return environmentVariables ?? {};
  } finally {
    report.excludeNetwork = excludeNetwork;
  }
}
