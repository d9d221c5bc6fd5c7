import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { isMainThread } from "node:worker_threads";
import { EspejoError } from "../errors.ts";
import type { Engine, EngineChoice, EngineKind } from "./engine.ts";
import { engineOf, type OnnxRuntime } from "./onnxruntime.ts";

const require = createRequire(import.meta.url);
/** The code of the warning that says that the native engine is absent; its detail is the reason. */
export const engineWarning = "ESPEJO_ENGINE";

const loaded = new Map<EngineKind, Engine>();

/** Threads that a program uses unless told: all cores that this process may run on. */
export const defaultThreads = (): number => availableParallelism();

/**
 * The engine for Node: ONNX Runtime's native library where it is installed, else its WASM build, which
 * ships with the package; that is said once. The variable ESPEJO_ENGINE names one for all.
 */
export async function loadEngine(choice: EngineChoice = chosen()): Promise<Engine> {
  if (choice === "wasm") return wasm(null);
  const known = loaded.get("native");
  if (known) return known;
  try {
    const runtime = require("onnxruntime-node") as OnnxRuntime;
    const { version } = require("onnxruntime-node/package.json") as { version: string };
    const engine = engineOf(runtime, {
      kind: "native",
      version: `onnxruntime-node ${version}`,
      note: null,
    });
    loaded.set("native", engine);
    return engine;
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0]!;
    if (choice === "native") throw new EspejoError("engine_missing", { reason }, { cause: error });
    return wasm(reason);
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
  const known = loaded.get("wasm");
  if (known) return known;
  const runtime = require("./onnxruntime-web/ort.wasm.min.cjs") as OnnxRuntime & WasmEnvironment;
  const note =
    reason &&
    `the native engine is absent (${reason}): the slower WASM engine takes over; "espejo doctor" tells the cure`;
  const { wasm: settings } = runtime.env;
  settings.wasmPaths = new URL("./onnxruntime-web/", import.meta.url).href;
  settings.numThreads = 1;
  const engine = engineOf(runtime, {
    kind: "wasm",
    version: `onnxruntime-web ${runtime.env.versions.web}`,
    note,
  });
  loaded.set("wasm", engine);
  // a worker has its own copy of this module; what runs it has said it already
  if (note && isMainThread)
    process.emitWarning(note, { code: engineWarning, detail: reason ?? "" });
  return engine;
}

interface WasmEnvironment {
  readonly env: {
    readonly wasm: { wasmPaths?: string; numThreads?: number };
    readonly versions: { readonly web?: string };
  };
}
