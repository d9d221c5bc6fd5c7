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

/**
 * Penalties that all kernels share are weight penalties of ours, an L1 of the code's activations is our sparse
 * kind; everything else that acts only while training is listed as left out.
 */
export function trainingSettings(
  layers: readonly ChainLayer[],
  codeName: string | null,
): TrainingSettings {
  const [one, ...others] = layers
    .flatMap(({ settings }) => settings.training)
    .filter(([setting]) => setting === "kernel_regularizer")
    .map(([, value]) => value);
  const shared =
    one && others.every((other) => JSON.stringify(other) === JSON.stringify(one))
      ? norms(one)
      : null;
  let sparsity: number | null = null;
  const leftOut: LeftOut[] = [];
  for (const { settings } of layers) {
    const { name } = settings.place;
    for (const [setting, value] of settings.training) {
      if (value === null || value === undefined || value === 0) continue;
      if (setting === "kernel_regularizer" && shared) continue;
      const activity =
        setting === "activity_regularizer" && name === codeName ? norms(value) : null;
      if (activity && activity.l1 > 0 && activity.l2 === 0) sparsity = activity.l1;
      else leftOut.push({ layer: name, setting, value: textOf(value) });
    }
  }
  return { penalties: shared ?? {}, sparsity, leftOut };
}

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

/** Settings of a loss that say what is so anyway. */
const usualOfLosses: Readonly<Record<string, unknown>> = {
  ...{ delta: 1, from_logits: false, label_smoothing: 0, axis: -1 },
};
const neverCount = ["name", "fn", "dtype", "reduction"];

/** The loss that a file was compiled with: ours, where we have it, and what it is called. */
export function lossOf(compiled: unknown): {
  readonly loss: LossName | undefined;
  readonly called: string | null;
} {
  const { loss = null } = Object(compiled) as { readonly loss?: unknown };
  const { class_name: className, config } = Object(loss) as Json;
  const name = typeof loss === "string" ? loss : className === "function" ? config : className;
  const settings = Object.entries(typeof config === "object" ? Object(config) : {});
  const usual = settings.every(
    ([setting, value]) => neverCount.includes(setting) || usualOfLosses[setting] === value,
  );
  return {
    loss: usual && Object.hasOwn(lossNames, String(name)) ? lossNames[String(name)] : undefined,
    called: loss === null ? null : textOf(loss),
  };
}
