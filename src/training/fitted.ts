import { defaultThreads, loadEngine } from "#engine";
import type { EngineChoice, Program } from "../engine/engine.ts";
import { EspejoError } from "../errors.ts";
import { cellsOf, input, type Tensor } from "../graph/index.ts";
import { inference, type Loss, type Model, scoredErrors } from "../nn/index.ts";
import { cut, type ModelProto, toModel, writeModel } from "../onnx/index.ts";
import { checkArgument, checkOptions, optionParts } from "../options.ts";
import { range } from "../random.ts";
import { z } from "../schema.ts";
import { chunkRowsOf, evaluateRows } from "./evaluation.ts";
import { type Metrics, namedFigures } from "./figures.ts";
import { evaluationProgram } from "./judging.ts";
import { parameterConstants } from "./layout.ts";
import type { Outcome } from "./loop.ts";
import { drawPriorCodes } from "./prior-codes.ts";
import { memorySource, type Rows, type RowsInput, toRows } from "./rows.ts";
import type { RowShapes } from "./sketch.ts";
import type { Epoch, Vectors } from "./state.ts";
import { vectorsOf } from "./vectors.ts";

/** Numbers with their shape, row-major. */
export interface Matrix {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

interface FittedOptions {
  readonly loss: Loss;
  readonly threads?: number | undefined;
  readonly engine?: EngineChoice | undefined;
  readonly engineVersion: string;
  readonly engineNote: string | null;
}

const seed = z.exactOptional(z.int());
const seedOptions: z.ZodMiniObject = z.object({ seed });
const evaluateOptions: z.ZodMiniObject = z.object({ seed, target: z.exactOptional(z.any()) });
/** So many rows at once; of more, their cells would not fit into one array. */
const newRows = optionParts.whole(1).check(z.maximum(1e7));

/** Mean nats below which a unit of a variational code is idle. */
const collapsed = 0.01;

/** A trained network: it encodes, decodes, reconstructs and scores. Holds sessions until `dispose`. */
export class Fitted {
  readonly model: Model;
  /** Weights by name, such as `encoder.0.weight`. */
  readonly parameters: Vectors;
  readonly history: readonly Epoch[];
  /** The epoch whose weights these are. */
  readonly bestEpoch: number;
  readonly stopped: Outcome["stopped"];
  readonly compileSeconds: number;
  readonly engineVersion: string;
  readonly engineNote: string | null;
  readonly #options: FittedOptions;
  readonly #programs = new Map<string, Promise<Program>>();
  #onnx: ModelProto | undefined;

  constructor(model: Model, parameters: Vectors, outcome: Outcome, options: FittedOptions) {
    this.model = model;
    this.parameters = parameters;
    this.history = outcome.history;
    this.bestEpoch = outcome.bestEpoch;
    this.stopped = outcome.stopped;
    this.compileSeconds = outcome.compileSeconds;
    this.engineVersion = options.engineVersion;
    this.engineNote = options.engineNote;
    this.#options = options;
  }

  /** Codes [rows, latentDim] of rows. */
  encode(x: RowsInput): Promise<Matrix> {
    return this.#compute("latent", x, this.model.inputShape, [this.model.latentDim]);
  }

  /** Rows from codes [rows, latentDim]. */
  decode(codes: RowsInput): Promise<Matrix> {
    return this.#compute("decoded", codes, [this.model.latentDim], this.model.outputShape);
  }

  /** What the mirror makes of the rows: decode(encode(x)). */
  reconstruct(x: RowsInput): Promise<Matrix> {
    return this.#compute("reconstruction", x, this.model.inputShape, this.model.outputShape);
  }

  /** The mean error of each row; higher is more abnormal. Throws `score_not_finite`. */
  async scoreSamples(x: RowsInput): Promise<Float32Array> {
    const { data } = await this.#compute("score", x, this.model.inputShape, []);
    const bad = data.findIndex((score) => !Number.isFinite(score));
    if (bad >= 0)
      throw new EspejoError("score_not_finite", {
        ...{ path: "scoreSamples", row: bad + 1, value: String(data[bad]) },
      });
    return data;
  }

  /**
   * The loss of rows and what the kind reports beside it, as Keras' evaluate: reconstruction and KL of a
   * variational autoencoder, say. Noise that belongs to the objective is drawn from the seed.
   */
  async evaluate(
    x: RowsInput,
    options: { readonly target?: RowsInput; readonly seed?: number } = {},
  ): Promise<Metrics> {
    checkOptions("evaluate", evaluateOptions, options);
    const { target, seed = 0 } = options;
    const { model } = this;
    const given = toRows("evaluate", x, model.inputShape, model);
    const wanted = target && toRows("evaluate: target", target, model.outputShape, model);
    const shapes: RowShapes = {
      x: model.inputShape,
      ...(wanted && { target: model.outputShape }),
    };
    const width = (cells: Rows) => ({ data: cells.data, width: cells.data.length / cells.rows });
    const arrays = { x: width(given), ...(wanted && { target: width(wanted) }) };
    const program = evaluationProgram(model, this.#options.loss, shapes);
    const { engine: choice, threads = defaultThreads() } = this.#options;
    const evaluator = await (await loadEngine(choice)).load(program.bytes, { threads });
    try {
      const vectors = vectorsOf(model, this.parameters);
      const judged = { program, rows: shapes, vectors, seed };
      const source = memorySource(arrays, range(given.rows), seed);
      return namedFigures(program.figures, await evaluateRows(evaluator, judged, source));
    } finally {
      await evaluator.dispose();
    }
  }

  /**
   * New rows: codes drawn from the prior of the kind, decoded. Throws `argument_wrong` for a kind without one.
   */
  async generate(rows: number, options: { readonly seed?: number } = {}): Promise<Matrix> {
    return this.decode(await this.drawCodes(rows, options));
  }

  /** Codes [rows, latentDim] from the prior of the kind. Throws `argument_wrong` for a kind without one. */
  async drawCodes(rows: number, options: { readonly seed?: number } = {}): Promise<Matrix> {
    checkArgument("generate: rows", newRows, rows);
    checkOptions("generate", seedOptions, options);
    const { seed = 0 } = options;
    const { engine } = this.#options;
    const data = await drawPriorCodes(this.model, rows, { seed, engine });
    return { data, shape: [rows, this.model.latentDim] };
  }

  /**
   * Units of a variational code that say nothing of the row: on average their KL divergence is below 0.01
   * nats. All of them: the posterior has collapsed. null for other kinds.
   */
  get collapsedUnits(): readonly number[] | null {
    const kl = this.history[this.bestEpoch - 1]?.metrics?.klPerUnit;
    if (kl === undefined) return null;
    return [kl].flat().flatMap((nats, unit) => (nats < collapsed ? [unit] : []));
  }

  /** The network as an ONNX model: x in; latent, reconstruction, error and score out. */
  toOnnx(): Uint8Array {
    return writeModel(this.#model());
  }

  /** Frees the sessions of the engine; a call after it loads anew what it needs. */
  async dispose(): Promise<void> {
    const programs = [...this.#programs.values()];
    this.#programs.clear();
    for (const program of programs) await (await program).dispose();
  }

  #model(): ModelProto {
    this.#onnx ??= networkModel(this.model, this.parameters, this.#options.loss);
    return this.#onnx;
  }

  #program(output: string): Promise<Program> {
    let program = this.#programs.get(output);
    if (!program) {
      const bytes = writeModel(
        output === "decoded"
          ? decoderModel(this.model, this.parameters)
          : cut(this.#model(), [output]),
      );
      const { engine: choice, threads = defaultThreads() } = this.#options;
      program = loadEngine(choice).then((engine) => engine.load(bytes, { threads }));
      this.#programs.set(output, program);
    }
    return program;
  }

  async #compute(
    output: string,
    given: RowsInput,
    row: readonly number[],
    result: readonly number[],
  ): Promise<Matrix> {
    const { data, rows } = toRows(output, given, row, this.model);
    const chunkRows = chunkRowsOf(this.model.inputShape);
    const program = await this.#program(output);
    const inWidth = data.length / rows;
    const outWidth = cellsOf(result);
    const all = new Float32Array(rows * outWidth);
    for (let done = 0; done < rows; done += chunkRows) {
      const size = Math.min(chunkRows, rows - done);
      const cells = data.subarray(done * inWidth, (done + size) * inWidth);
      const x = { dtype: "float32", shape: [size, ...row], data: cells } as const;
      const y = (await program.run({ x }))[output]!;
      all.set(y.data as Float32Array, done * outWidth);
    }
    return { data: all, shape: [rows, ...result] };
  }
}

function networkModel(model: Model, values: Vectors, loss: Loss): ModelProto {
  const parameters = parameterConstants(model, values);
  const x = input("x", "float32", ["rows", ...model.inputShape]);
  const latent = model.encode(parameters, x, inference);
  const reconstruction = model.decode(parameters, latent, inference);
  const outputs: Record<string, Tensor> = { latent, reconstruction };
  if (String(model.inputShape) === String(model.outputShape)) {
    const { error, score } = scoredErrors(loss, reconstruction, x, model);
    outputs.error = error;
    outputs.score = score;
  }
  return toModel({ inputs: [x], outputs });
}

function decoderModel(model: Model, values: Vectors): ModelProto {
  const x = input("x", "float32", ["rows", model.latentDim]);
  const decoded = model.decode(parameterConstants(model, values), x, inference);
  return toModel({ inputs: [x], outputs: { decoded } });
}
