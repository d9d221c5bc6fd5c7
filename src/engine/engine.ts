import { EspejoError } from "../errors.ts";
import type { Data, DType } from "../graph/type.ts";

/** A computed or given tensor: row-major cells of a known shape. */
export interface Value {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: Data;
}
export type Values = Readonly<Record<string, Value>>;

/** A loaded program. It holds memory of the engine until `dispose`. */
export interface Program {
  readonly outputs: readonly string[];
  /** Computes the outputs. */
  run(feeds: Values): Promise<Values>;
  dispose(): Promise<void>;
}

export interface LoadOptions {
  /** Threads that one operator may use. */
  readonly threads?: number;
  /** An execution provider of ONNX Runtime, such as "cuda" or "coreml"; its errors are passed on. */
  readonly provider?: string;
}

/** Runs ONNX programs. */
export interface Engine {
  readonly kind: EngineKind;
  /** Name and version of what runs, for reports and model files. */
  readonly version: string;
  /** Why this is not the engine that was hoped for, or null. */
  readonly note: string | null;
  load(bytes: Uint8Array, options?: LoadOptions): Promise<Program>;
}
export type EngineKind = "native" | "wasm";
/** "auto" takes the native engine where it is installed. */
export type EngineChoice = EngineKind | "auto";

const choices: readonly unknown[] = ["auto", "native", "wasm"] satisfies readonly EngineChoice[];

/** Throws `argument_value` for what names no engine. */
export function checkChoice(choice: unknown): void {
  if (choices.includes(choice)) return;
  throw new EspejoError("argument_value", {
    argument: "loadEngine: the engine",
    ...{
      wanted: `one of ${choices.join(", ")}`,
      got: typeof choice === "string" ? choice.slice(0, 60) : typeof choice,
    },
  });
}
