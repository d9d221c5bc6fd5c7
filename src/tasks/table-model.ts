import { readFile } from "node:fs/promises";
import { defaultThreads, loadEngine } from "#engine";
import { type Note, note } from "../data/notes.ts";
import type { ColumnPlan, Table } from "../data/table.ts";
import type { Engine, EngineChoice, LoadOptions, Program, Values } from "../engine/engine.ts";
import { EspejoError } from "../errors.ts";
import { writeWhole } from "../files.ts";
import { operatorNames } from "../graph/index.ts";
import {
  cut,
  type ModelProto,
  metadataOf,
  readModel,
  type ValueProto,
  writeModel,
} from "../onnx/index.ts";
import { golden, rowsOfGolden } from "./golden.ts";
import { type Metadata, metadataFrom } from "./metadata.ts";
import type { RawRows } from "./raw-rows.ts";

export interface ModelOptions {
  readonly engine?: EngineChoice;
  readonly threads?: number;
  readonly provider?: string;
}

export type TableOutput =
  | "latent"
  | "reconstruction"
  | "reconstruction_categories"
  | "error"
  | "score"
  | "is_anomaly"
  | "prepared"
  | "mask";

/** A model file of a table, loaded. Holds sessions of the engine until `dispose`. */
export class TableModel {
  readonly path: string;
  readonly metadata: Metadata;
  /** Feature columns in the order of the inputs. */
  readonly numericColumns: readonly ColumnPlan[];
  readonly categoryColumns: readonly ColumnPlan[];
  readonly #proto: ModelProto;
  readonly #bytes: Uint8Array;
  readonly #engine: Engine;
  readonly #load: LoadOptions;
  readonly #programs = new Map<string, Promise<Program>>();

  private constructor(
    path: string,
    bytes: Uint8Array,
    proto: ModelProto,
    metadata: Metadata,
    engine: Engine,
    load: LoadOptions,
  ) {
    this.path = path;
    this.metadata = metadata;
    this.#bytes = bytes;
    this.#proto = proto;
    this.#engine = engine;
    this.#load = load;
    this.numericColumns = metadata.columns.filter(({ input }) => input === "numeric");
    this.categoryColumns = metadata.columns.filter(({ input }) => input === "categories");
  }

  /** Reads a model file. Throws file_missing, model_damaged or model_not_espejo. */
  static async read(path: string, options: ModelOptions = {}): Promise<TableModel> {
    let bytes: Uint8Array;
    try {
      bytes = await readFile(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT")
        throw new EspejoError("file_missing", { path });
      throw new EspejoError("file_unreadable", { path, reason: (error as Error).message });
    }
    return TableModel.from(bytes, path, options);
  }

  /** A model from the bytes of its file; `path` is for messages. */
  static async from(
    bytes: Uint8Array,
    path: string,
    options: ModelOptions = {},
  ): Promise<TableModel> {
    const proto = readModel(bytes, path, operatorNames);
    let metadata: Metadata | null;
    try {
      metadata = metadataFrom(metadataOf(proto));
    } catch (error) {
      throw new EspejoError("model_damaged", { path, reason: (error as Error).message });
    }
    if (!metadata?.columns) throw new EspejoError("model_not_espejo", { path });
    const { engine: choice, threads = defaultThreads(), provider } = options;
    const engine = await loadEngine(choice);
    return new TableModel(path, bytes, proto, metadata, engine, {
      threads,
      ...(provider && { provider }),
    });
  }

  get engineVersion(): string {
    return this.#engine.version;
  }

  /** Size of the code. */
  get latentDim(): number {
    return this.metadata.architecture.latentDim as number;
  }

  /** The bytes of the file, as they were read or made. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Values of the outputs for raw rows; only what they need is computed. */
  async run(outputs: readonly TableOutput[], raw: RawRows): Promise<Values> {
    const program = await this.#program(outputs);
    const { rows } = raw;
    const feeds: Record<string, Values[string]> = {};
    const p = this.numericColumns.length;
    const q = this.categoryColumns.length;
    if (p > 0) feeds.numeric = { dtype: "float64", shape: [rows, p], data: raw.numeric };
    if (q > 0) feeds.categories = { dtype: "string", shape: [rows, q], data: raw.categories };
    return program.run(feeds);
  }

  /** Rows from codes [rows, latentDim]: reconstruction, reconstruction_categories. */
  async decode(codes: Float32Array, rows: number): Promise<Values> {
    const width = codes.length / rows;
    const program = await this.#loaded("decode", () =>
      cut(this.#proto, this.#reconstructions(), [floatValue("latent", ["rows", width])]),
    );
    return program.run({ latent: { dtype: "float32", shape: [rows, width], data: codes } });
  }

  /** What the model rebuilds, by the names of its outputs. */
  #reconstructions(): TableOutput[] {
    return [
      ...(this.numericColumns.length > 0 ? (["reconstruction"] as const) : []),
      ...(this.categoryColumns.length > 0 ? (["reconstruction_categories"] as const) : []),
    ];
  }

  /** All that explains a row: its error per column and what the model expected. */
  explain(raw: RawRows): Promise<Values> {
    return this.run(["error", ...this.#reconstructions()], raw);
  }

  /** The rows that a table gives for this model, as batches. */
  batches(table: Table, text: readonly string[] = []) {
    const names = (columns: readonly ColumnPlan[]): string[] => columns.map(({ name }) => name);
    return table.batches({
      numeric: names(this.numericColumns),
      categories: names(this.categoryColumns),
      text,
    });
  }

  /** A note when the model's own example rows no longer get the scores that are kept with them, or null. */
  async checkGolden(): Promise<Note | null> {
    const kept = this.metadata.golden;
    const raw = rowsOfGolden(kept, this.numericColumns.length);
    const scores = (await this.run(["score"], raw)).score!.data as Float32Array;
    let difference = 0;
    kept.scores.forEach((score, i) => {
      difference = Math.max(
        difference,
        Math.abs(score - scores[i]!) / Math.max(1e-3, Math.abs(score)),
      );
    });
    return difference > golden.tolerance
      ? note("golden_differs", { difference: `${(100 * difference).toPrecision(2)} %` })
      : null;
  }

  async save(path: string): Promise<void> {
    await writeWhole(path, [this.#bytes]);
  }

  async dispose(): Promise<void> {
    const programs = [...this.#programs.values()];
    this.#programs.clear();
    for (const program of programs) await (await program).dispose();
  }

  #program(outputs: readonly TableOutput[]): Promise<Program> {
    return this.#loaded(outputs.join(" "), () =>
      cut(
        this.#proto,
        outputs.map((name) =>
          name === "prepared" || name === "mask"
            ? floatValue(name, ["rows", `${name}_columns`])
            : name,
        ),
      ),
    );
  }

  #loaded(key: string, make: () => ModelProto): Promise<Program> {
    let program = this.#programs.get(key);
    if (!program) {
      program = this.#engine.load(writeModel(make()), this.#load);
      this.#programs.set(key, program);
    }
    return program;
  }
}

/** The description of a float32 value inside a model. */
function floatValue(name: string, shape: readonly (number | string)[]): ValueProto {
  const dim = shape.map((d) => (typeof d === "number" ? { value: d } : { name: d }));
  return { name, type: { tensorType: { elemType: 1, shape: { dim } } } };
}
