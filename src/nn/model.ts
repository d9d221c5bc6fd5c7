import { EspejoError } from "../errors.ts";
import type { Tensor } from "../graph/index.ts";
import { inShort } from "../schema.ts";
import type { Activation } from "./activations.ts";
import type { Context } from "./context.ts";
import type { Dense } from "./layers/dense.ts";
import type { Layer } from "./layers.ts";
import type { Loss } from "./losses.ts";
import type { ParameterSpecs, Parameters } from "./parameters.ts";
import type { PenaltyOptions } from "./penalties.ts";

/** One batch as the objectives see it. */
export interface Batch {
  readonly x: Tensor;
  /** What the output should be: x itself unless another array was given. */
  readonly target: Tensor;
  /** 1 where a source column was observed, 0 where it was missing; [batch, columns]. */
  readonly mask: Tensor | null;
  /** How much each row counts; [batch, 1]. */
  readonly weight: Tensor | null;
}

/** A loss and the groups of parameters that follow its gradient. */
export interface Objective {
  readonly name: string;
  readonly loss: Tensor;
  readonly groups: readonly string[];
  /** Figures to watch, scalars or vectors: their means over an epoch stand in its history. */
  readonly metrics?: Readonly<Record<string, Tensor>>;
}

/** The layers of an autoencoder, before it has an objective; all plain data. */
export interface Network {
  /** Sizes of one row. */
  readonly inputShape: readonly number[];
  /** From x to what the code is made of. */
  readonly encoder: readonly Layer[];
  /** The layer that gives the code; null where the encoder's own result, flattened, is the code. */
  readonly code: Dense | null;
  readonly decoder: readonly Layer[];
  /** Cells that are NaN are missing or padding, and do not count. */
  readonly masked: boolean;
  readonly penalties: PenaltyOptions;
}

/** An autoencoder as training and export see it: a plug-in, described by plain data. */
export interface Model {
  readonly kind: string;
  /** Plain data that makes the same model again. */
  readonly architecture: Readonly<Record<string, unknown>>;
  /** Sizes of one row. */
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly latentDim: number;
  /** The activation that gives the code its bounds; `linear` for codes of any value. */
  readonly codeActivation: Activation;
  /** Whether NaN cells are padding rather than mistakes. */
  readonly masked: boolean;
  /** What other kinds can be made from; null where the code is more than a layer's output. */
  readonly network: Network | null;
  readonly parameters: ParameterSpecs;
  /** Lines for `summary`, and what a user should be warned of. */
  readonly layers: readonly LayerLine[];
  /** The code [batch, latentDim] of rows x [batch, ...inputShape], as graph. */
  encode(parameters: Parameters, x: Tensor, context: Context): Tensor;
  /** The output [batch, ...outputShape] of codes [batch, latentDim], as graph. */
  decode(parameters: Parameters, code: Tensor, context: Context): Tensor;
  /** Codes [batch, latentDim] of rows that do not exist yet; only kinds whose codes follow a distribution. */
  prior?(context: Context): Tensor;
  /** What is minimised on each batch, in order. */
  objectives(
    parameters: Parameters,
    batch: Batch,
    loss: Loss,
    context: Context,
  ): readonly Objective[];
}

/** A line of `summary`: sizes of one row after the layer, and how many numbers the layer holds. */
export interface LayerLine {
  readonly name: string;
  readonly layer: string;
  readonly output: readonly number[];
  readonly parameters: number;
  readonly activation: string;
}

/** Throws `argument_value` for what no function of models gave. */
export function checkModel(call: string, model: unknown): asserts model is Model {
  const { encode, objectives, inputShape, parameters } = Object(model) as Partial<Model>;
  const acts = [encode, objectives].every((part) => typeof part === "function");
  if (acts && Array.isArray(inputShape) && typeof parameters === "object") return;
  throw new EspejoError("argument_value", {
    argument: `${call}: the model`,
    ...{ wanted: "a model, as autoencoder({ input, latentDim }) gives one", got: inShort(model) },
  });
}
