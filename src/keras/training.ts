import type { LossName, PenaltyOptions } from "../nn/index.ts";
import type { ChainLayer } from "./chain.ts";
import { type LeftOut, textOf } from "./settings.ts";

/** What acts only while training, as far as our kinds have it. */
export interface TrainingSettings {
  readonly penalties: PenaltyOptions;
  /** L1 of the code's activations. */
  readonly sparsity: number | null;
  readonly leftOut: readonly LeftOut[];
}

type Json = Readonly<Record<string, unknown>>;

/** L1 and L2 of a regularizer as Keras writes it; null for another one. */
function norms(value: unknown): { readonly l1: number; readonly l2: number } | null {
  const { class_name: className, config = {} } = value as Json;
  const { l1 = 0, l2 = 0 } = config as { l1?: number; l2?: number };
  return /^L1$|^L2$|^L1L2$/.test(String(className)) ? { l1, l2 } : null;
}

const settings = [
  ...["kernel_regularizer", "recurrent_regularizer", "bias_regularizer"],
  ...["beta_regularizer", "gamma_regularizer", "alpha_regularizer", "activity_regularizer"],
  ...["kernel_constraint", "recurrent_constraint", "bias_constraint"],
  ...["dropout", "recurrent_dropout"],
];

/**
 * Penalties that all kernels share are weight penalties of ours, an L1 of the code's activations is our sparse
 * kind; everything else that acts only while training is listed as left out.
 */
export function trainingSettings(
  layers: readonly ChainLayer[],
  codeName: string | null,
): TrainingSettings {
  const kernels = layers.filter(({ settings: { values } }) => "kernel_regularizer" in values);
  const [one, ...others] = kernels.map(({ settings: { values } }) => values.kernel_regularizer);
  const shared =
    one && others.every((other) => JSON.stringify(other) === JSON.stringify(one))
      ? norms(one)
      : null;
  let sparsity: number | null = null;
  const leftOut: LeftOut[] = [];
  for (const { className, settings: own } of layers) {
    const { name } = own.place;
    if (className === "ActivityRegularization")
      leftOut.push({ layer: name, setting: className, value: textOf({ ...own.values }) });
    for (const setting of settings) {
      const value = own.values[setting];
      if (value === null || value === undefined || value === 0) continue;
      if (setting === "kernel_regularizer" && shared) continue;
      const activity =
        setting === "activity_regularizer" && name === codeName ? norms(value) : null;
      if (activity && activity.l1 > 0 && activity.l2 === 0) sparsity = activity.l1;
      else leftOut.push({ layer: name, setting, value: regularizerText(value) });
    }
  }
  return { penalties: shared ?? {}, sparsity, leftOut };
}

const regularizerText = (value: unknown): string => {
  const { class_name: className, config } = Object(value) as Json;
  return className ? `${className}${textOf(config)}` : textOf(value);
};

const lossNames: Readonly<Record<string, LossName>> = {
  mse: "mse",
  mean_squared_error: "mse",
  MeanSquaredError: "mse",
  mae: "mae",
  mean_absolute_error: "mae",
  MeanAbsoluteError: "mae",
  huber: "huber",
  Huber: "huber",
  binary_crossentropy: "binaryCrossentropy",
  BinaryCrossentropy: "binaryCrossentropy",
};

/** Our loss for the one that a file was compiled with, where there is one and we have it. */
export function lossOf(compiled: unknown): LossName | undefined {
  const { loss } = Object(compiled) as { readonly loss?: unknown };
  const { class_name: className, config } = Object(loss) as Json;
  const name = typeof loss === "string" ? loss : className === "function" ? config : className;
  return lossNames[String(name)];
}
