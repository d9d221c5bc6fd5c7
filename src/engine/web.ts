import { EspejoError } from "../errors.ts";
import type { Engine, EngineChoice } from "./engine.ts";
import { engineOf, type OnnxRuntime } from "./onnxruntime.ts";

/** Threads of a program: one, so that a page needs no headers for cross-origin isolation. */
export const defaultThreads = (): number => 1;

/** The engine for browsers: ONNX Runtime's WASM build, whose files lie beside this one. */
export async function loadEngine(choice: EngineChoice = "auto"): Promise<Engine> {
  if (choice === "native")
    throw new EspejoError("engine_missing", { reason: "a browser has only the WASM engine" });
  // each file by a URL of its own: so bundlers find them and take them along
  const entry = new URL("./onnxruntime-web/ort.wasm.min.mjs", import.meta.url).href;
  const runtime = (await import(/* @vite-ignore */ entry)) as OnnxRuntime & WasmEnvironment;
  runtime.env.wasm.wasmPaths = {
    mjs: new URL("./onnxruntime-web/ort-wasm-simd-threaded.mjs", import.meta.url).href,
    wasm: new URL("./onnxruntime-web/ort-wasm-simd-threaded.wasm", import.meta.url).href,
  };
  runtime.env.wasm.numThreads = 1;
  const version = `onnxruntime-web ${runtime.env.versions.web}`;
  return engineOf(runtime, { kind: "wasm", version, note: null });
}

interface WasmEnvironment {
  readonly env: {
    readonly wasm: { wasmPaths?: { mjs: string; wasm: string }; numThreads?: number };
    readonly versions: { readonly web?: string };
  };
}
