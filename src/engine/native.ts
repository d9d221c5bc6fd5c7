import type { Engine } from "./engine.ts";
import { engineOf, type OnnxRuntime } from "./onnxruntime.ts";
import { realm, requireIn } from "./realm.ts";

const require = requireIn(import.meta.url);
let loaded: Engine | null = null;

/**
 * ONNX Runtime's native library in this process, which must be silenced before (`silenceTelemetry`). Throws
 * where it is not installed or does not load.
 */
export function nativeEngine(): Engine {
  if (loaded) return loaded;
  const runtime = require("onnxruntime-node") as OnnxRuntime;
  const { version } = require("onnxruntime-node/package.json") as { version: string };
  loaded = engineOf(runtime, {
    kind: "native",
    version: `onnxruntime-node ${version}`,
    note: null,
    realm,
  });
  return loaded;
}
