import type { InferenceSession, Tensor, TensorConstructor } from "onnxruntime-common";
import { EspejoError } from "../errors.ts";
import type { Data, DType } from "../graph/type.ts";
import { withoutMetadata } from "../onnx/without-metadata.ts";
import type { Engine, EngineKind, Program, Value, Values } from "./engine.ts";

/** What the native and the WASM package of ONNX Runtime have in common. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(bytes: Uint8Array, options?: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: TensorConstructor;
}

interface About {
  readonly kind: EngineKind;
  readonly version: string;
  readonly note: string | null;
  /** Where the runtime lives: it takes no arrays of another realm. */
  readonly realm?: typeof globalThis;
}

/** An engine out of a loaded ONNX Runtime package. What it is given carries no metadata. */
export function engineOf(
  runtime: OnnxRuntime,
  { kind, version, note, realm = globalThis }: About,
): Engine {
  return {
    kind,
    version,
    note,
    async load(bytes, { threads = 1, provider } = {}) {
      try {
        const session = await runtime.InferenceSession.create(withoutMetadata(bytes), {
          intraOpNumThreads: threads,
          interOpNumThreads: 1,
          executionMode: "sequential",
          graphOptimizationLevel: "all",
          logSeverityLevel: 3,
          ...(provider && { executionProviders: [provider] }),
          ...(kind === "native" && { extra: { session: { set_denormal_as_zero: "1" } } }),
        });
        return programOf(runtime, session, realm);
      } catch (error) {
        if (error instanceof EspejoError) throw error;
        throw failure("engine_refused", error);
      }
    },
  };
}

const failure = (code: "engine_refused" | "engine_failed", cause: unknown): EspejoError => {
  const reason = String((cause as Error)?.message ?? cause).trim();
  return new EspejoError(code, { reason }, { cause });
};

/** Cells as an array of a realm: the same memory, where they are of another. */
function inRealm(data: Data, realm: typeof globalThis): Data {
  if (!ArrayBuffer.isView(data)) return data;
  const name = data[Symbol.toStringTag] as "Float32Array";
  const Own = realm[name];
  return data instanceof Own
    ? data
    : new Own(data.buffer as ArrayBuffer, data.byteOffset, data.length);
}

function programOf(
  runtime: OnnxRuntime,
  session: InferenceSession,
  realm: typeof globalThis,
): Program {
  const toTensor = ({ dtype, data, shape }: Value): Tensor =>
    new runtime.Tensor(dtype as "float32", inRealm(data, realm) as Float32Array, shape);
  const toTensors = (values: Values): Record<string, Tensor> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toTensor(value)]));
  return {
    outputs: session.outputNames,
    async run(feeds) {
      let results: Awaited<ReturnType<typeof session.run>>;
      try {
        results = await session.run(toTensors(feeds));
      } catch (error) {
        throw failure("engine_failed", error);
      }
      return Object.fromEntries(
        Object.entries(results).map(([name, { type, dims, data }]) => [
          name,
          { dtype: type as DType, shape: dims, data: data as Data },
        ]),
      );
    },
    dispose: () => session.release(),
  };
}
