import { loadEngine } from "#engine";
import type { EngineChoice } from "../../engine/engine.ts";
import { input, type Signature, type Tensor } from "../../graph/index.ts";
import { covarianceSum } from "../../metrics/covariance.ts";
import { mostPcaColumns, type Pca, pcaOf } from "../../metrics/pca.ts";
import { inverseTransform, reconstructionErrors, transform } from "../../metrics/projection.ts";
import type { Content } from "../../models/kinds.ts";
import { type Blocks, inference, type Loss, type Model, scoredErrors } from "../../nn/index.ts";
import { writeProgram } from "../../onnx/index.ts";
import { range } from "../../random.ts";
import { chunkRowsOf } from "../../training/evaluation.ts";
import { type FitOptions, fit } from "../../training/fit.ts";
import type { Fitted } from "../../training/fitted.ts";
import { parameterConstants } from "../../training/layout.ts";
import { runLength } from "../lesson/sizes.ts";
import { runOptions, type TrainOptions } from "../lesson/train-options.ts";
import type { Labels } from "../rows/labels.ts";
import type { Split } from "../rows/split.ts";
import { firstColumns } from "../score/scores.ts";
import { tableErrors } from "../scoring/scoring.ts";
import { probabilities, squaredErrorsOf } from "./bench-errors.ts";
import type { BenchPart, BenchRows, PreparedPart } from "./bench-rows.ts";

/** What something that learnt from the training rows makes of other rows. */
export interface Judged {
  /** [n, latentDim] */
  readonly codes: Float32Array;
  /** Prepared numbers, and the probability of each value of a category: [n, outputs]. */
  readonly rebuilt: Float32Array;
  /** [n], higher is more abnormal: the score of a model file. */
  readonly scores: Float32Array;
}

/** Something that learnt from the training rows of a workbench. Holds sessions until `dispose`. */
export interface Trial {
  readonly latentDim: number;
  judge(part: BenchPart): Promise<Judged>;
  dispose(): Promise<void>;
}

export interface NetworkTrial extends Trial {
  readonly fitted: Fitted;
}

/**
 * Rows that were prepared once, so that many networks can learn from the same ones and be judged on the same
 * others, beside PCA. What a table and arrays have of their own is in `BenchContent`.
 */
export class Workbench {
  readonly path: string;
  readonly content: Content;
  readonly split: Split;
  /** null where rows were not split by class. */
  readonly labels: Labels | null;
  /** Cells that a network gives. */
  readonly outputs: number;
  readonly #content: BenchContent;
  readonly #rows: BenchRows;
  #pca: Pca | null = null;

  constructor(content: BenchContent, rows: BenchRows) {
    this.#content = content;
    this.#rows = rows;
    this.path = content.path;
    this.content = content.content;
    this.split = content.split;
    this.labels = content.labels;
    this.outputs = content.outputs;
  }

  rows(part: BenchPart): PreparedPart {
    return this.#rows.part(part);
  }

  /** What the network of some options would be. */
  network(options: TrainOptions): Model {
    return this.#content.network(options);
  }

  /** Trains a network on the rows that train, as `train` does. */
  async fit(options: TrainOptions): Promise<NetworkTrial> {
    const network = this.network(options);
    const loss = this.#content.loss(network);
    const { train, validate } = this.split.counts;
    const { seed = 42 } = options;
    const { x, mask, weight } = this.#rows.learning();
    const fitted = await fit(network, x, {
      ...(runOptions(options) as FitOptions),
      ...runLength(train, this.content, options),
      ...{ loss, seed },
      validationRows: range(train + validate).subarray(train),
      ...(mask && { mask: { data: mask, columns: this.#rows.columns } }),
      ...(weight && { sampleWeight: weight }),
    });
    return {
      fitted,
      latentDim: network.latentDim,
      judge: remembered((part) => this.#judge(fitted, loss, this.rows(part), options)),
      dispose: () => fitted.dispose(),
    };
  }

  /**
   * PCA of so many components on the same cells, the one-hot places of categories included; null where rows
   * have more than `mostPcaColumns`, since its cost is cubic in them. Missing cells hold what they are filled with.
   */
  pca(components: number): (Trial & { readonly pca: Pca }) | null {
    const { outputs } = this;
    if (outputs > mostPcaColumns) return null;
    if (!this.#pca) {
      const sum = covarianceSum(outputs);
      sum.add(this.#filled(this.rows("train")));
      this.#pca = pcaOf(sum.result(), outputs);
    }
    const pca = firstComponents(this.#pca, components);
    return {
      pca,
      latentDim: components,
      judge: remembered(async (part) => {
        const x = this.#filled(this.rows(part));
        const codes = transform(pca, x);
        return {
          codes,
          rebuilt: inverseTransform(pca, codes),
          scores: reconstructionErrors(pca, x),
        };
      }),
      dispose: async () => {},
    };
  }

  /** The squared error of each row of a part: the mean over its observed columns, categories place by place. */
  squaredErrors(part: BenchPart, rebuilt: Float32Array): Float64Array {
    return squaredErrorsOf(this.#content.blocks, this.outputs, this.rows(part), rebuilt);
  }

  /** The squared errors of guessing the mean of the rows that train. */
  meanErrors(part: BenchPart): Float64Array {
    const train = this.rows("train");
    const { outputs } = this;
    const width = train.x.length / train.rows.length;
    const sums = new Float64Array(outputs);
    const counts = new Float64Array(outputs);
    for (let i = 0; i < train.rows.length; i++)
      for (let j = 0; j < outputs; j++) {
        const value = train.x[i * width + j]!;
        if (Number.isNaN(value)) continue;
        sums[j]! += value;
        counts[j]!++;
      }
    const n = this.rows(part).rows.length;
    const rebuilt = new Float32Array(n * outputs);
    for (let i = 0; i < rebuilt.length; i++) {
      const j = i % outputs;
      rebuilt[i] = sums[j]! / Math.max(1, counts[j]!);
    }
    return this.squaredErrors(part, rebuilt);
  }

  /** The cells of a part that a network gives [n, outputs], what is missing filled in. */
  cells(part: BenchPart): Float32Array {
    return this.#filled(this.rows(part));
  }

  #filled({ x, rows }: PreparedPart): Float32Array {
    const own = firstColumns(x, rows.length, this.outputs);
    return own.some(Number.isNaN) ? own.map((value) => (Number.isNaN(value) ? 0 : value)) : own;
  }

  async #judge(
    { model, parameters }: Fitted,
    loss: Loss,
    { x, mask, rows }: PreparedPart,
    { engine: choice, threads = 1 }: { engine?: EngineChoice; threads?: number },
  ): Promise<Judged> {
    const { columns } = this.#rows;
    const table = this.#content.blocks !== null;
    const signature = judgeSignature(model, parameters, loss, table ? columns : 0);
    const program = await (await loadEngine(choice)).load(writeProgram(signature), { threads });
    const n = rows.length;
    const width = x.length / Math.max(1, n);
    const codes = new Float32Array(n * model.latentDim);
    const rebuilt = new Float32Array(n * this.outputs);
    const scores = new Float32Array(n);
    const size = chunkRowsOf(model.inputShape);
    try {
      for (let from = 0; from < n; from += size) {
        const to = Math.min(n, from + size);
        const shape = [to - from, ...model.inputShape];
        const seen = mask?.subarray(from * columns, to * columns);
        const observed = seen ?? new Float32Array((to - from) * columns).fill(1);
        const result = await program.run({
          x: { dtype: "float32", shape, data: x.subarray(from * width, to * width) },
          ...(table && {
            mask: { dtype: "float32", shape: [to - from, columns], data: observed } as const,
          }),
        });
        codes.set(result.codes!.data as Float32Array, from * model.latentDim);
        const y = firstColumns(result.rebuilt!.data as Float32Array, to - from, this.outputs);
        rebuilt.set(y, from * this.outputs);
        scores.set(result.score!.data as Float32Array, from);
      }
    } finally {
      await program.dispose();
    }
    if (this.#content.blocks) probabilities(this.#content.blocks, rebuilt);
    return { codes, rebuilt, scores };
  }
}

/** Judges each part once. */
function remembered(judge: Trial["judge"]): Trial["judge"] {
  const known = new Map<BenchPart, Promise<Judged>>();
  return (part) => {
    const judged = known.get(part) ?? judge(part);
    known.set(part, judged);
    return judged;
  };
}

/** What a table and arrays have of their own on a workbench. */
export interface BenchContent {
  readonly path: string;
  readonly content: Content;
  readonly split: Split;
  readonly labels: Labels | null;
  readonly outputs: number;
  /** Of a table: how its columns lie among the outputs. */
  readonly blocks: Blocks | null;
  readonly network: (options: TrainOptions) => Model;
  readonly loss: (network: Model) => Loss;
}

function judgeSignature(
  model: Model,
  parameters: Fitted["parameters"],
  loss: Loss,
  columns: number,
): Signature {
  const x = input("x", "float32", ["rows", ...model.inputShape]);
  const weights = parameterConstants(model, parameters);
  const codes = model.encode(weights, x, inference);
  const rebuilt = model.decode(weights, codes, inference);
  const inputs: Tensor[] = [x];
  let score: Tensor;
  if (columns > 0) {
    const mask = input("mask", "float32", ["rows", columns]);
    inputs.push(mask);
    score = tableErrors(loss, rebuilt, x, mask).score;
  } else score = scoredErrors(loss, rebuilt, x, model).score;
  return { inputs, outputs: { codes, rebuilt, score } };
}

/** The first components of a PCA. */
function firstComponents(pca: Pca, count: number): Pca {
  const k = Math.min(count, pca.explainedVariance.length);
  return {
    mean: pca.mean,
    components: pca.components.subarray(0, k * pca.mean.length),
    explainedVariance: pca.explainedVariance.subarray(0, k),
    explainedVarianceRatio: pca.explainedVarianceRatio.subarray(0, k),
  };
}
