import type { Address } from "../../data/terms/address.ts";
import type { Arrays, Cells } from "../../data/terms/arrays.ts";
import { itemsOf } from "../../data/terms/items.ts";
import type { Note } from "../../data/terms/notes.ts";
import type { Values } from "../../engine/engine.ts";
import { tellingOf } from "../../error-items.ts";
import { EspejoError } from "../../errors.ts";
import { cut } from "../../onnx/index.ts";
import { checkArgument, checkArguments, optionParts } from "../../options.ts";
import { z } from "../../schema.ts";
import { argument } from "./arguments.ts";
import { arrayFeeds, type Precision, precisionOf } from "./array-feeds.ts";
import { finitely } from "./finite-scores.ts";
import { goldenNote } from "./golden.ts";
import type { ArrayMetadata } from "./metadata.ts";
import { floatValue, ModelFile, type ModelOptions } from "./model-file.ts";

export type ArrayOutput =
  | "latent"
  | "reconstruction"
  | "error"
  | "score"
  | "is_anomaly"
  | "prepared";

const nameList = z.array(z.string());

/** Distances from the mean, in deviations, of the rows that a model keeps the scores of. */
const goldenDeviations = [-1, 0, 1];

/** A model file of images or sequences, loaded. Holds sessions of the engine until `dispose`. */
export class ArrayModel {
  readonly metadata: ArrayMetadata;
  readonly #file: ModelFile;
  /** Of `x` and of what is rebuilt: double for sequences, but in files from before they were, and for images single. */
  readonly precision: Precision;

  /** Throws `model_content` for a model of a table. */
  constructor(file: ModelFile) {
    checkArguments("ArrayModel", { file: [file, argument.file] });
    const { path, metadata } = file;
    if ("columns" in metadata) throw new EspejoError("model_content", { path, content: "tables" });
    this.#file = file;
    this.metadata = metadata;
    this.precision = precisionOf(metadata);
  }

  /** Reads a model file. Throws file_missing, model_damaged, model_not_espejo or model_content. */
  static async read(path: Address, options: ModelOptions = {}): Promise<ArrayModel> {
    return new ArrayModel(await ModelFile.read(path, options));
  }

  /** The same as `read`, under the name that users of Keras try first. */
  static load(address: Address, options?: ModelOptions): Promise<ArrayModel> {
    return ArrayModel.read(address, options);
  }

  /** A model from the bytes of its file; `path` is for messages. */
  static async from(
    bytes: Uint8Array,
    path: string,
    options: ModelOptions = {},
  ): Promise<ArrayModel> {
    return new ArrayModel(await ModelFile.from(bytes, path, options));
  }

  get path(): string {
    return this.#file.path;
  }

  get engineVersion(): string {
    return this.#file.engineVersion;
  }

  get bytes(): Uint8Array {
    return this.#file.bytes;
  }

  /** Sizes of one row: [height, width, channels] or [time, features]. */
  get shape(): readonly number[] {
    return this.metadata.source.shape;
  }

  /** Size of the code. */
  get latentDim(): number {
    return this.metadata.latentDim;
  }

  /**
   * Values of the outputs for raw rows [rows, ...shape]; only what they need is computed. `start`, rows of the source before
   * these, is for messages. Throws `score_not_finite`.
   */
  async run(
    outputs: readonly ArrayOutput[],
    x: ArrayLike<number>,
    rows: number,
    start = 0,
  ): Promise<Values> {
    checkArguments("run", {
      outputs: [outputs, nameList],
      rows: [rows, argument.rows],
      start: [start, argument.rows],
    });
    checkArgument("run: x", optionParts.numbers, x);
    const compute = (asked: readonly ArrayOutput[]) => this.#compute(asked, x, rows);
    return tellingOf(itemsOf(this.metadata.source), () =>
      finitely(outputs, compute, { path: this.path, start }),
    );
  }

  #compute(outputs: readonly ArrayOutput[], x: ArrayLike<number>, rows: number): Promise<Values> {
    const part = () =>
      cut(
        this.#file.proto,
        outputs.map((name) =>
          name === "prepared" ? floatValue(name, ["rows", ...this.shape]) : name,
        ),
      );
    const feeds = arrayFeeds(this.precision, x, rows, this.shape);
    return this.#file.run(outputs.join(" "), part, feeds);
  }

  /** Rows from codes [rows, latentDim], in the units of the source. */
  async decode(codes: Float32Array, rows: number): Promise<Cells> {
    const { reconstruction } = await this.#file.run(
      "decode",
      () =>
        cut(this.#file.proto, ["reconstruction"], [floatValue("latent", ["rows", this.latentDim])]),
      { latent: { dtype: "float32", shape: [rows, this.latentDim], data: codes } },
    );
    return reconstruction!.data as Cells;
  }

  /** The rows that new data give for this model. Throws `arrays_shape` where their sizes differ. */
  batches(arrays: Arrays) {
    checkArguments("batches", { arrays: [arrays, argument.arrays] });
    const { path, detected } = arrays;
    if (String(detected.shape) !== String(this.shape))
      throw new EspejoError("arrays_shape", {
        path,
        shape: detected.shape.join(" x "),
        wanted: this.shape.join(" x "),
        items: itemsOf(detected),
      });
    return arrays.batches({ size: 256 });
  }

  /** The scores of rows that lie some deviations from the mean in all cells. */
  async goldenScores(): Promise<{ deviations: readonly number[]; scores: readonly number[] }> {
    const { mean, deviation } = this.metadata.scale;
    const cells = this.shape.reduce((n, dim) => n * dim, 1);
    const x = new Float64Array(goldenDeviations.length * cells);
    goldenDeviations.forEach((distance, i) => {
      for (let k = 0; k < cells; k++) {
        const feature = k % mean.length;
        x[i * cells + k] = mean[feature]! + distance * deviation[feature]!;
      }
    });
    const { score } = await this.#compute(["score"], x, goldenDeviations.length);
    return { deviations: goldenDeviations, scores: Array.from(score!.data as Float32Array) };
  }

  /** A note when the model's own example rows no longer get the scores that are kept with them, or null. */
  async checkGolden(): Promise<Note | null> {
    const { scores } = await this.goldenScores();
    return goldenNote(this.metadata.golden.scores, scores);
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
