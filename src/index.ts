// biome-ignore-all assist/source/organizeImports: the order is the one in which a newcomer reads
/**
 * The public API of Espejo wherever it runs.
 *
 * @module espejo
 */

// a model, as in Keras
export { type AutoencoderOptions, autoencoder } from "./models/autoencoder.ts";
export { type ConvolutionalOptions, convolutional } from "./models/convolutional.ts";
export { type Cell, type RecurrentOptions, recurrent } from "./models/recurrent.ts";
export { type LayeredOptions, layered } from "./models/layered.ts";
export { type Ensemble, type EnsembleOptions, ensemble } from "./models/ensemble.ts";
export { tied } from "./models/tied.ts";
export { type VariationalOptions, variational } from "./models/variational.ts";
export { type AdversarialOptions, adversarial } from "./models/adversarial.ts";
export { type WassersteinOptions, wasserstein } from "./models/wasserstein.ts";
export type { Prior } from "./models/prior.ts";
export { type SparseOptions, sparse } from "./models/sparse.ts";
export { type ContractiveOptions, contractive } from "./models/contractive.ts";
export { type RobustOptions, robust } from "./models/robust.ts";
export { type Corruption, type DenoisingOptions, denoising } from "./models/denoising.ts";
export {
  type Content,
  type Kind,
  type KindOptions,
  kinds,
  makeModel,
  type NetworkOptions,
} from "./models/kinds.ts";
export { parameterCount, summary } from "./models/summary.ts";
export { type FitOptions, fit, startFit, type Training } from "./training/fit.ts";
export { Fitted, type Matrix } from "./training/fitted.ts";
export { type TrainedOptions, trained } from "./training/trained.ts";
export type { Progress } from "./training/loop.ts";
export type { Optimizer, OptimizerName } from "./training/optimizers.ts";
export type { RowsInput } from "./training/rows.ts";
export type { Plateau, Schedule } from "./training/schedules.ts";
export type { Metrics } from "./training/figures.ts";
export type { Epoch, Vectors } from "./training/state.ts";

// Keras files
export { type KerasModel, type ReadKerasOptions, readKeras } from "./keras/read.ts";
export type { LeftOut } from "./keras/settings.ts";
export { type WriteKerasOptions, writeKeras } from "./keras/write.ts";

// layers, losses, activations: a model of one's own
export { dense } from "./nn/index.ts";
export { type Activation, activationOf, activations } from "./nn/index.ts";
export { type InitializerName, initializers } from "./nn/index.ts";
export { type Layer, type Sequence, sequence } from "./nn/index.ts";
export {
  binaryCrossentropy,
  huber,
  type Loss,
  type LossName,
  losses,
  mae,
  mse,
  type Reduction,
} from "./nn/index.ts";
export { type Blocks, mixed, reduceErrors, smoothL1, weightPenalty } from "./nn/index.ts";
export type {
  Batch,
  Context,
  LayerLine,
  Model,
  Network,
  NoiseKind,
  Objective,
} from "./nn/index.ts";
export type { Parameters, ParameterSpec, ParameterSpecs } from "./nn/index.ts";
export { inference } from "./nn/index.ts";

// a formula: any differentiable program of tensors
export type { Data, Dim, DType, Shape, Signature, Tensor, Type } from "./graph/index.ts";
export { constant, input, integers, scalar, tensor } from "./graph/index.ts";
export { gradient, print, scan } from "./graph/index.ts";
export {
  add,
  div,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  reciprocal,
  square,
  sub,
} from "./graph/index.ts";
export { abs, cos, erf, exp, floor, log, round, sign, sin, sqrt } from "./graph/index.ts";
export {
  elu,
  leakyRelu,
  logSoftmax,
  relu,
  selu,
  sigmoid,
  softmax,
  softplus,
  tanh,
} from "./graph/index.ts";
export { and, cast, clip, equal, greater, isNan, less, not, or, where } from "./graph/index.ts";
export { argMax, mean, reduceMax, reduceMin, sum, topK } from "./graph/index.ts";
export { gemm, matmul } from "./graph/index.ts";
export { concat, pad, reshape, slice, split, transpose } from "./graph/index.ts";
export { expandLike, extent, gather, repeat, shapeOf, zerosLike } from "./graph/index.ts";
export { decodeLabels, encodeLabels } from "./graph/index.ts";
export { writeProgram } from "./onnx/index.ts";

// how well it does
/** Figures of plain arrays: curves and their areas, thresholds, PCA, neighbours, reconstruction. */
export * as metrics from "./metrics/index.ts";
/** What an autoencoder must beat: isolation forest and the distance to nearest neighbours. */
export * as baselines from "./baselines/index.ts";

export { type ErrorCode, EspejoError } from "./errors.ts";
