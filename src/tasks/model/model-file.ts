import { defaultThreads, loadEngine } from "#engine";
import type { Address } from "../../data/terms/address.ts";
import type { Engine, EngineChoice, LoadOptions, Program, Values } from "../../engine/engine.ts";
import { EspejoError, isMistake } from "../../errors.ts";
import { writeWhole } from "../../files.ts";
import { type ModelProto, type ValueProto, writeModel } from "../../onnx/index.ts";
import { checkArguments, checkOptions } from "../../options.ts";
import { z } from "../../schema.ts";
import { argument, modelShape } from "./arguments.ts";
import type { AnyMetadata } from "./metadata.ts";
import { nameOf, readBytes } from "./read-bytes.ts";
import { readModelFile } from "./read-metadata.ts";

export interface ModelOptions {
  readonly engine?: EngineChoice;
  readonly threads?: number;
  readonly provider?: string;
}

const modelOptions: z.ZodMiniObject = z.object(modelShape);

/** What a model file is told, of options that tell a training more. */
export const modelOptionsOf = ({ engine, threads, provider }: ModelOptions): ModelOptions => ({
  ...(engine !== undefined && { engine }),
  ...(threads !== undefined && { threads }),
  ...(provider !== undefined && { provider }),
});

/** A model file, checked, with the engine that runs parts of it. Holds sessions until `dispose`. */
export class ModelFile {
  /** As a person named it. */
  readonly path: string;
  /** The bytes of the file, as they were read or made. */
  readonly bytes: Uint8Array;
  readonly proto: ModelProto;
  readonly metadata: AnyMetadata;
  readonly #engine: Engine;
  readonly #load: LoadOptions;
  readonly #programs = new Map<string, Promise<Program>>();

  private constructor(
    path: string,
    bytes: Uint8Array,
    proto: ModelProto,
    metadata: AnyMetadata,
    engine: Engine,
    load: LoadOptions,
  ) {
    this.path = path;
    this.bytes = bytes;
    this.proto = proto;
    this.metadata = metadata;
    this.#engine = engine;
    this.#load = load;
  }

  /**
   * Reads a model file by its path or `file:` address, or out of its bytes. Throws file_missing, file_unreadable,
   * model_damaged, model_newer or model_not_espejo.
   */
  static async read(address: Address, options: ModelOptions = {}): Promise<ModelFile> {
    checkOptions("a model", modelOptions, options);
    return ModelFile.#of(await readBytes(address), nameOf(address), options);
  }

  /** The same as `read`, under the name that users of Keras try first. */
  static load(address: Address, options?: ModelOptions): Promise<ModelFile> {
    return ModelFile.read(address, options);
  }

  /** A model from the bytes of its file; `path` is for messages. */
  static async from(
    bytes: Uint8Array,
    path: string,
    options: ModelOptions = {},
  ): Promise<ModelFile> {
    checkArguments("a model", { bytes: [bytes, argument.bytes], path: [path, argument.path] });
    checkOptions("a model", modelOptions, options);
    return ModelFile.#of(bytes, path, options);
  }

  static async #of(bytes: Uint8Array, path: string, options: ModelOptions): Promise<ModelFile> {
    const { proto, metadata } = readModelFile(bytes, path);
    const { engine: choice, threads = defaultThreads(), provider } = options;
    const engine = await loadEngine(choice);
    const load = { threads, ...(provider && { provider }) };
    return new ModelFile(path, bytes, proto, metadata, engine, load);
  }

  /** Whether it learnt from images or sequences, not from a table. */
  get holdsArrays(): boolean {
    return !("columns" in this.metadata);
  }

  get engineVersion(): string {
    return this.#engine.version;
  }

  /** Runs a part of the model, which is made and loaded once for each `key`. */
  async run(key: string, make: () => ModelProto, feeds: Values): Promise<Values> {
    let program = this.#programs.get(key);
    if (!program) {
      program = this.#engine.load(writeModel(this.#part(make)), this.#load);
      this.#programs.set(key, program);
    }
    const results = await (await program).run(feeds);
    this.#check(feeds, results);
    return results;
  }

  /** A part of the file, which may lack the values that it is cut at. */
  #part(make: () => ModelProto): ModelProto {
    try {
      return make();
    } catch (error) {
      if (!isMistake(error)) throw error;
      const { path } = this;
      throw new EspejoError("model_damaged", { path, reason: error.message }, { cause: error });
    }
  }

  /** Each output has a row for each of the inputs, and the sizes that the file says: a graph may compute others. */
  #check(feeds: Values, results: Values): void {
    const { path } = this;
    const rows = Object.values(feeds)[0]!.shape[0]!;
    for (const [name, { shape }] of Object.entries(results)) {
      const declared = this.proto.graph.output?.find((output) => output.name === name);
      const dims = declared?.type?.tensorType?.shape?.dim;
      const fits = !dims
        ? shape[0] === rows
        : dims.length === shape.length &&
          shape.every((size, i) => size === (i === 0 ? rows : (dims[i]!.value ?? size)));
      if (fits) continue;
      const wanted = [
        rows,
        ...(dims ?? []).slice(1).map(({ value, name }) => value ?? name ?? "?"),
      ];
      const reason = `it computes "${name}" as [${shape.join(", ")}], [${wanted.join(", ")}] is expected`;
      throw new EspejoError("model_damaged", { path, reason });
    }
  }

  /** Writes the model file, whole or not at all. Throws `write_failed`. */
  async save(path: string): Promise<void> {
    await writeWhole(path, [this.bytes]);
  }

  /** Frees the sessions of the engine; a call after it loads anew what it needs. */
  async dispose(): Promise<void> {
    const programs = [...this.#programs.values()];
    this.#programs.clear();
    for (const program of programs) await (await program).dispose();
  }
}

/** The description of a float32 value inside a model. */
export function floatValue(name: string, shape: readonly (number | string)[]): ValueProto {
  const dim = shape.map((d) => (typeof d === "number" ? { value: d } : { name: d }));
  return { name, type: { tensorType: { elemType: 1, shape: { dim } } } };
}
