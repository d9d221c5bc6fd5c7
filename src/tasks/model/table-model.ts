import type { Address } from "../../data/terms/address.ts";
import type { Note } from "../../data/terms/notes.ts";
import type { ColumnPlan, Table } from "../../data/terms/table.ts";
import type { Values } from "../../engine/engine.ts";
import { EspejoError } from "../../errors.ts";
import { cut, writeModel } from "../../onnx/index.ts";
import { checkArguments } from "../../options.ts";
import { z } from "../../schema.ts";
import { argument } from "./arguments.ts";
import { areComplete, withoutFilling } from "./complete-rows.ts";
import { finitely } from "./finite-scores.ts";
import { goldenNote, rowsOfGolden } from "./golden.ts";
import type { Golden, Metadata } from "./metadata.ts";
import { floatValue, ModelFile, type ModelOptions } from "./model-file.ts";
import type { RawRows } from "./raw-rows.ts";
import { plainFeeds, tableFeeds } from "./table-feeds.ts";

export type TableOutput =
  | "latent"
  | "reconstruction"
  | "reconstruction_categories"
  | "error"
  | "score"
  | "is_anomaly"
  | "nearest"
  | "nearest_categories"
  | "prepared"
  | "mask";

const nameList = z.array(z.string());
const cellList = z.custom<unknown>(
  (list) => ArrayBuffer.isView(list) || Array.isArray(list),
  "a list of cells",
);
const rawPart = z.looseObject({
  rows: argument.rows,
  start: z.exactOptional(argument.rows),
  numeric: cellList,
  categories: cellList,
});

/** A model file of a table, loaded. Holds sessions of the engine until `dispose`. */
export class TableModel {
  readonly metadata: Metadata;
  /** Feature columns in the order of the inputs. */
  readonly numericColumns: readonly ColumnPlan[];
  readonly categoryColumns: readonly ColumnPlan[];
  readonly #file: ModelFile;
  /** A network from elsewhere takes its columns as float32 `x`, as a model of arrays does. */
  readonly #plain: boolean;

  /** Throws `model_content` for a model of images or sequences. */
  constructor(file: ModelFile) {
    checkArguments("TableModel", { file: [file, argument.file] });
    const { path, metadata } = file;
    if (!("columns" in metadata))
      throw new EspejoError("model_content", { path, content: metadata.source.content });
    this.#file = file;
    this.#plain = file.proto.graph.input?.[0]?.name === "x";
    this.metadata = metadata;
    this.numericColumns = metadata.columns.filter(({ input }) => input === "numeric");
    this.categoryColumns = metadata.columns.filter(({ input }) => input === "categories");
  }

  /** Reads a model file. Throws file_missing, model_damaged, model_not_espejo or model_content. */
  static async read(path: Address, options: ModelOptions = {}): Promise<TableModel> {
    return new TableModel(await ModelFile.read(path, options));
  }

  /** The same as `read`, under the name that users of Keras try first. */
  static load(address: Address, options?: ModelOptions): Promise<TableModel> {
    return TableModel.read(address, options);
  }

  /** A model from the bytes of its file; `path` is for messages. */
  static async from(
    bytes: Uint8Array,
    path: string,
    options: ModelOptions = {},
  ): Promise<TableModel> {
    return new TableModel(await ModelFile.from(bytes, path, options));
  }

  get path(): string {
    return this.#file.path;
  }

  get engineVersion(): string {
    return this.#file.engineVersion;
  }

  /** Size of the code. */
  get latentDim(): number {
    return this.metadata.latentDim ?? (this.metadata.architecture.latentDim as number);
  }

  /** The bytes of the file, as they were read or made. */
  get bytes(): Uint8Array {
    return this.#file.bytes;
  }

  /** Values of the outputs for raw rows; only what they need is computed. Throws `score_not_finite`. */
  async run(outputs: readonly TableOutput[], raw: RawRows): Promise<Values> {
    checkArguments("run", { outputs: [outputs, nameList], rows: [raw, rawPart] });
    const { start = 0 } = raw;
    return finitely(outputs, (asked) => this.#compute(asked, raw), { path: this.path, start });
  }

  #compute(outputs: readonly TableOutput[], raw: RawRows): Promise<Values> {
    const feeds = this.#plain
      ? plainFeeds(raw)
      : tableFeeds(raw, this.numericColumns.length, this.categoryColumns.length);
    const complete = areComplete(raw);
    const part = () =>
      cut(complete ? withoutFilling(this.#file.proto) : this.#file.proto, outputs.map(wantedValue));
    return this.#file.run(`${complete ? "complete " : ""}${outputs.join(" ")}`, part, feeds);
  }

  /** Rows from codes [rows, latentDim]: reconstruction, reconstruction_categories. */
  async decode(codes: Float32Array, rows: number): Promise<Values> {
    const width = codes.length / rows;
    return this.#file.run(
      "decode",
      () => cut(this.#file.proto, this.#reconstructions(), [floatValue("latent", ["rows", width])]),
      { latent: { dtype: "float32", shape: [rows, width], data: codes } },
    );
  }

  /** What the network gives for codes [rows, latentDim], not yet in units: scaled numbers, then logits of categories. */
  async decodePrepared(codes: Float32Array, rows: number): Promise<Float32Array> {
    const width = codes.length / rows;
    const { decoded } = await this.#file.run(
      "decodePrepared",
      () =>
        cut(
          this.#file.proto,
          [floatValue("decoded", ["rows", "decoded_columns"])],
          [floatValue("latent", ["rows", width])],
        ),
      { latent: { dtype: "float32", shape: [rows, width], data: codes } },
    );
    return decoded!.data as Float32Array;
  }

  /**
   * The part of the file from code to row, as a model of its own: `latent` float32 [rows, latentDim] in; out what
   * `reconstruction` and `reconstruction_categories` are there, and `decoded`, as `decodePrepared` gives it.
   */
  decoderBytes(): Uint8Array {
    const { proto } = this.#file;
    return writeModel(
      cut(
        proto,
        [...this.#reconstructions(), floatValue("decoded", ["rows", "decoded_columns"])],
        [floatValue("latent", ["rows", this.latentDim])],
      ),
    );
  }

  /** The part of the file that gives some outputs, as a model of its own, which takes what the file takes. */
  partBytes(outputs: readonly TableOutput[]): Uint8Array {
    return writeModel(cut(this.#file.proto, outputs.map(wantedValue)));
  }

  /** What the model rebuilds, by the names of its outputs. */
  #reconstructions(): TableOutput[] {
    return [
      ...(this.numericColumns.length > 0 ? (["reconstruction"] as const) : []),
      ...(this.categoryColumns.length > 0 ? (["reconstruction_categories"] as const) : []),
    ];
  }

  /**
   * All that explains a row: its error per column, what the model expected and, where the file holds rows of the
   * data, the most similar of them.
   */
  explain(raw: RawRows): Promise<Values> {
    const held = new Set(this.#file.proto.graph.output?.map(({ name }) => name));
    const similar = (["nearest", "nearest_categories"] as const).filter((name) => held.has(name));
    return this.run(["error", ...this.#reconstructions(), ...similar], raw);
  }

  /** The rows that a table gives for this model, as batches. */
  batches(table: Table, text: readonly string[] = []) {
    checkArguments("batches", {
      table: [table, argument.table],
      text: [text, nameList],
    });
    const names = (columns: readonly ColumnPlan[]): string[] => columns.map(({ name }) => name);
    return table.batches({
      numeric: names(this.numericColumns),
      categories: names(this.categoryColumns),
      text,
    });
  }

  /** The scores of example rows, finite or not. */
  async goldenScores(golden: Omit<Golden, "scores">): Promise<readonly number[]> {
    const { score } = await this.#compute(
      ["score"],
      rowsOfGolden(golden, this.numericColumns.length),
    );
    return Array.from(score!.data as Float32Array);
  }

  /** A note when the model's own example rows no longer get the scores that are kept with them, or null. */
  async checkGolden(): Promise<Note | null> {
    const kept = this.metadata.golden;
    return goldenNote(kept.scores, await this.goldenScores(kept));
  }

  /** Writes the model file, whole or not at all. Throws `write_failed`. */
  save(path: string): Promise<void> {
    return this.#file.save(path);
  }

  /** Frees the sessions of the engine; a call after it loads anew what it needs. */
  dispose(): Promise<void> {
    return this.#file.dispose();
  }
}

/** An output of the graph; what stands in the middle of it with its type. */
const wantedValue = (name: TableOutput) =>
  name === "prepared" || name === "mask" ? floatValue(name, ["rows", `${name}_columns`]) : name;
