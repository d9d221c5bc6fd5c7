export { type Activation, activationOf, activations } from "./activations.ts";
export { type Context, inference, type NoiseKind } from "./context.ts";
export { dense } from "./dense.ts";
export { type InitializerName, initializers } from "./initializers.ts";
export type { Dense } from "./layers/dense.ts";
export { checkLayers, type Layer, outputShapeOf, weightsOf } from "./layers.ts";
export {
  type Blocks,
  binaryCrossentropy,
  huber,
  type Loss,
  type LossName,
  losses,
  lossNamed,
  mae,
  meanOfRows,
  mixed,
  mse,
  observedMean,
  type Reduction,
  reduceErrors,
  rowErrors,
} from "./losses.ts";
export { fillingGaps, observed, scoredErrors } from "./masking.ts";
export {
  type Batch,
  checkModel,
  type LayerLine,
  type Model,
  type Network,
  type Objective,
} from "./model.ts";
export type { ParameterSpec, ParameterSpecs, Parameters } from "./parameters.ts";
export { type PenaltyOptions, weightPenalty } from "./penalties.ts";
export { type Sequence, sequence } from "./sequence.ts";
export { smoothL1 } from "./smooth-l1.ts";
