import { EspejoError, mistake } from "../errors.ts";
import type { Layer } from "../nn/index.ts";
import { convolutionReads, writeConvolution } from "./layers/convolution.ts";
import { denseReads, writeDense } from "./layers/dense.ts";
import { normalizationReads, writeNormalization } from "./layers/normalization.ts";
import { poolingReads, writePooling } from "./layers/pooling.ts";
import { activationReads, writeActivation } from "./layers/rectifiers.ts";
import { readBidirectional, readRecurrent, writeRecurrent } from "./layers/recurrent.ts";
import { plain, type Reading, type Writing } from "./layers/row.ts";
import { shapeReads, writeShape } from "./layers/shape.ts";
import type { Settings } from "./settings.ts";

type Read = (settings: Settings, shape: readonly number[]) => Reading;

/** Layers that do the same at each step, wherever they stand. */
const perStep: Readonly<Record<string, Read>> = {
  ...denseReads,
  ...activationReads,
  ...normalizationReads,
};

const reads: Readonly<Record<string, Read>> = {
  ...perStep,
  ...convolutionReads,
  ...poolingReads,
  ...shapeReads,
  SimpleRNN: (s) => readRecurrent("SimpleRNN", s)!,
  GRU: (s) => readRecurrent("GRU", s)!,
  LSTM: (s) => readRecurrent("LSTM", s)!,
  Bidirectional: readBidirectional,
  TimeDistributed: (s, shape) => {
    const inner = s.inner("layer");
    if (!inner || !Object.hasOwn(perStep, inner.className))
      return s.refuse("layer", Object.keys(perStep).join(" | "));
    const { layers, weights } = perStep[inner.className]!(inner.settings, shape.slice(1));
    return { layers, weights: weights.map((w) => ({ ...w, path: `layer/${w.path}` })) };
  },
  // they say something about training or about the input only
  ActivityRegularization: () => plain(),
  Identity: () => plain(),
};

/** The Keras classes that can be read. */
export const kerasClasses: readonly string[] = Object.keys(reads);

/**
 * Our layers for one of a Keras file that gets rows of a shape. Throws `keras_layer` for a class that we lack
 * and `keras_setting` for a setting.
 */
export function readLayer(
  className: string,
  settings: Settings,
  shape: readonly number[],
): Reading {
  if (Object.hasOwn(reads, className)) return reads[className]!(settings, shape);
  const { path, position, name } = settings.place;
  throw new EspejoError("keras_layer", {
    ...{ path, position, name, class: className },
    known: kerasClasses.join(", "),
  });
}

/** The Keras layer that computes what one of ours does on rows of a shape. */
export function writeLayer(layer: Layer, shape: readonly number[]): Writing {
  const writing =
    writeDense(layer) ??
    writeActivation(layer) ??
    writeConvolution(layer) ??
    writePooling(layer) ??
    writeShape(layer, shape) ??
    writeNormalization(layer, shape) ??
    writeRecurrent(layer);
  if (writing) return writing;
  throw mistake(`Keras has no layer like ${layer.layer}`);
}
