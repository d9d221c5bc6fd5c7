import { defaultThreads, loadEngine } from "#engine";
import type { EngineChoice, Program } from "../engine/engine.ts";
import { input, mean, type Tensor } from "../graph/index.ts";
import { inference, type Loss, type Model } from "../nn/index.ts";
import { cut, type ModelProto, toModel, writeModel } from "../onnx/index.ts";
import type { Outcome } from "./loop.ts";
import { parameterConstants } from "./program.ts";
import { type RowsInput, toRows } from "./rows.ts";
import type { Epoch, Vectors } from "./state.ts";

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

/** Rows that one call of the engine computes: enough to be quick, few enough to stay in cache. */
const chunkRows = 4096;

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

  /** The mean error of each row; higher is more abnormal. */
  async scoreSamples(x: RowsInput): Promise<Float32Array> {
    return (await this.#compute("score", x, this.model.inputShape, [])).data;
  }

  /** The network as an ONNX model: x in; latent, reconstruction, error and score out. */
  toOnnx(): Uint8Array {
    return writeModel(this.#model());
  }

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
    const { data, rows } = toRows(output, given, row);
    const program = await this.#program(output);
    const inWidth = data.length / rows;
    const outWidth = result.reduce((product, n) => product * n, 1);
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
    const error = loss.errors(reconstruction, x);
    outputs.error = error;
    outputs.score = mean(
      error,
      error.shape.slice(1).map((_, i) => i + 1),
    );
  }
  return toModel({ inputs: [x], outputs });
}

function decoderModel(model: Model, values: Vectors): ModelProto {
  const x = input("x", "float32", ["rows", model.latentDim]);
  const decoded = model.decode(parameterConstants(model, values), x, inference);
  return toModel({ inputs: [x], outputs: { decoded } });
}
