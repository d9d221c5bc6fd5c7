export * from "./graph/index.ts";
export * from "./nn/index.ts";
export { type AutoencoderOptions, autoencoder } from "./models/autoencoder.ts";
export { parameterCount, summary } from "./models/summary.ts";
export { Fitted, type Matrix } from "./training/fitted.ts";
export { type FitOptions, fit, startFit, type Training } from "./training/fit.ts";
export { EspejoError } from "./errors.ts";
