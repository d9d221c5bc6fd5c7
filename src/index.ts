// The public API of Espejo wherever it runs, in the order a newcomer needs it.

export { type ErrorCode, EspejoError } from "./errors.ts";
// a formula: any differentiable program of tensors
export * from "./graph/index.ts";
// how well it does
export * as metrics from "./metrics/index.ts";
// a model, as in Keras
export { type AutoencoderOptions, autoencoder } from "./models/autoencoder.ts";
export { parameterCount, summary } from "./models/summary.ts";
// layers, losses, activations: a model of one's own
export * from "./nn/index.ts";
export { writeProgram } from "./onnx/write.ts";
export { type FitOptions, fit, startFit, type Training } from "./training/fit.ts";
export { Fitted, type Matrix } from "./training/fitted.ts";
export type { Progress } from "./training/loop.ts";
export type { Optimizer, OptimizerName } from "./training/optimizers.ts";
export type { RowsInput } from "./training/rows.ts";
export type { Plateau, Schedule } from "./training/schedules.ts";
export type { Epoch, Vectors } from "./training/state.ts";
