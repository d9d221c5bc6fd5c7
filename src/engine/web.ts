import { EspejoError } from "../errors.ts";
import { packageFileError } from "../package-files.ts";
import type { Engine, EngineChoice } from "./engine.ts";
import { checkChoice } from "./engine.ts";
import { engineOf, type OnnxRuntime } from "./onnxruntime.ts";

/** Threads of a program: one, so that a page needs no headers for cross-origin isolation. */
export const defaultThreads = (): number => 1;

/**
 * The engine for browsers: ONNX Runtime's WASM build, whose files lie beside this one. Throws package_file
 * where one of them cannot be loaded.
 */
export async function loadEngine(choice: EngineChoice = "auto"): Promise<Engine> {
  checkChoice(choice);
  if (choice === "native")
    throw new EspejoError("engine_missing", { reason: "a browser has only the WASM engine" });
  const { runtime, mjs, wasm } = await loadRuntime();
  runtime.env.wasm.wasmPaths = { mjs, wasm };
  runtime.env.wasm.numThreads = 1;
  const version = `onnxruntime-web ${runtime.env.versions.web}`;
  return engineOf(fetching(runtime, wasm), { kind: "wasm", version, note: null });
}

async function loadRuntime(): Promise<{
  readonly runtime: OnnxRuntime & WasmEnvironment;
  readonly mjs: string;
  readonly wasm: string;
}> {
  try {
    // each file by a URL of its own: so bundlers find them and take them along
    const mjs = new URL("./onnxruntime-web/ort-wasm-simd-threaded.mjs", import.meta.url).href;
    const wasm = new URL("./onnxruntime-web/ort-wasm-simd-threaded.wasm", import.meta.url).href;
    // @ts-expect-error the build puts it there
    return { runtime: await import("./onnxruntime-web/ort.wasm.min.mjs"), mjs, wasm };
  } catch (error) {
    throw packageFileError("ort.wasm.min.mjs", import.meta.url, "bundle_web", error);
  }
}

/** The runtime, which fetches its WebAssembly at the first session; where that fails, the error says so. */
function fetching({ InferenceSession, Tensor }: OnnxRuntime, wasm: string): OnnxRuntime {
  return {
    Tensor,
    InferenceSession: {
      async create(bytes, options) {
        try {
          return await InferenceSession.create(bytes, options);
        } catch (error) {
          if (!(error as Error).message.startsWith("no available backend")) throw error;
          throw packageFileError("ort-wasm-simd-threaded.wasm", wasm, "bundle_web", error);
        }
      },
    },
  };
}

interface WasmEnvironment {
  readonly env: {
    readonly wasm: { wasmPaths?: { mjs: string; wasm: string }; numThreads?: number };
    readonly versions: { readonly web?: string };
  };
}
