import { EspejoError } from "../errors.ts";
import type { Engine, EngineChoice } from "./engine.ts";
import { engineOf, type OnnxRuntime } from "./onnxruntime.ts";

/** Threads that a program uses unless told; more need a page that is cross-origin isolated. */
export const defaultThreads = (): number => 1;

/** The engine for browsers: ONNX Runtime's WASM build, whose files lie beside this one. */
export async function loadEngine(choice: EngineChoice = "auto"): Promise<Engine> {
  if (choice === "native")
    throw new EspejoError("engine_missing", { reason: "a browser has only the WASM engine" });
  const entry = new URL("./onnxruntime-web/ort.wasm.min.mjs", import.meta.url).href;
  const runtime = (await import(/* @vite-ignore */ entry)) as OnnxRuntime & {
    readonly env: { wasm: { wasmPaths?: string; numThreads?: number }; versions: { web?: string } };
  };
  runtime.env.wasm.wasmPaths = new URL("./onnxruntime-web/", import.meta.url).href;
  runtime.env.wasm.numThreads = 1;
  const version = `onnxruntime-web ${runtime.env.versions.web}`;
  return engineOf(runtime, { kind: "wasm", version, note: null });
}
