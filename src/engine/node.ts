import { availableParallelism } from "node:os";
import { isMainThread } from "node:worker_threads";
import { EspejoError } from "../errors.ts";
import { missingPartError } from "../missing-parts.ts";
import { packageFileError } from "../package-files.ts";
import { childEngine } from "./child-engine.ts";
import type { Engine, EngineChoice } from "./engine.ts";
import { checkChoice } from "./engine.ts";
import { nativeEngine } from "./native.ts";
import { engineOf, type OnnxRuntime } from "./onnxruntime.ts";
import { realm, requireIn } from "./realm.ts";
import { silenceTelemetry } from "./telemetry.ts";

const require = requireIn(import.meta.url);
/** The code of the warning that says that the native engine is absent; its detail is the reason. */
export const engineWarning = "ESPEJO_ENGINE";

let loadedWasm: Engine | null = null;

/** Threads that a program uses unless told: all cores that this process may run on. */
export const defaultThreads = (): number => availableParallelism();

// before any thread is started that may load the library
silenceTelemetry();

/**
 * The engine for Node: ONNX Runtime's native library where it is installed, else its WASM build, which
 * ships with the package; that is said once. The variable ESPEJO_ENGINE names one for all. Nothing is
 * collected or sent: in a thread that cannot see to that, the native engine runs in a process of its own.
 */
export async function loadEngine(choice: EngineChoice = chosen()): Promise<Engine> {
  checkChoice(choice);
  if (choice === "wasm") return wasm(null);
  try {
    return silenceTelemetry() ? nativeEngine() : await childEngine();
  } catch (error) {
    if (choice === "native") throw missingPartError("onnxruntime-node", error);
    return wasm((error as Error).message.split("\n")[0]!);
  }
}

function chosen(): EngineChoice {
  const name = process.env.ESPEJO_ENGINE ?? "auto";
  if (name === "auto" || name === "native" || name === "wasm") return name;
  throw new EspejoError("option_value", {
    option: "ESPEJO_ENGINE",
    expected: "auto, native or wasm",
    value: name,
  });
}

function wasm(reason: string | null): Engine {
  if (loadedWasm) return loadedWasm;
  const runtime = wasmRuntime();
  const note =
    reason &&
    `the native engine is absent (${reason}): the slower WASM engine takes over; "espejo doctor" tells the cure`;
  const { wasm: settings } = runtime.env;
  settings.wasmPaths = new URL("./onnxruntime-web/", import.meta.url).href;
  settings.numThreads = 1;
  loadedWasm = engineOf(runtime, {
    kind: "wasm",
    version: `onnxruntime-web ${runtime.env.versions.web}`,
    note,
    realm,
  });
  // a worker has its own copy of this module; what runs it has said it already
  if (note && isMainThread)
    process.emitWarning(note, { code: engineWarning, detail: reason ?? "" });
  return loadedWasm;
}

function wasmRuntime(): OnnxRuntime & WasmEnvironment {
  const file = "./onnxruntime-web/ort.wasm.min.cjs";
  try {
    return require(file) as OnnxRuntime & WasmEnvironment;
  } catch (error) {
    throw packageFileError(file, import.meta.url, "bundle_node", error);
  }
}

interface WasmEnvironment {
  readonly env: {
    readonly wasm: { wasmPaths?: string; numThreads?: number };
    readonly versions: { readonly web?: string };
  };
}
