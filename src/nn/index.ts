export { type Activation, activationOf, activations } from "./activations.ts";
export { dense } from "./dense.ts";
export { type InitializerName, initializers } from "./initializers.ts";
export type { Layer } from "./layers.ts";
export {
  type Blocks,
  binaryCrossentropy,
  huber,
  type Loss,
  type LossName,
  losses,
  mae,
  mixed,
  mse,
  observedMean,
  reduceErrors,
} from "./losses.ts";
export {
  type Batch,
  type Context,
  inference,
  type LayerLine,
  type Model,
  type NoiseKind,
  type Objective,
  type ParameterSpec,
  type ParameterSpecs,
  type Parameters,
} from "./model.ts";
export { type PenaltyOptions, weightPenalty } from "./penalties.ts";
export { type Sequence, sequence } from "./sequence.ts";
