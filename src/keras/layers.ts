import { EspejoError, mistake } from "../errors.ts";
import type { Layer } from "../nn/index.ts";
import { convolutionReads, writeConvolution } from "./layers/convolution.ts";
import { denseReads, writeDense } from "./layers/dense.ts";
import { normalizationReads, writeNormalization } from "./layers/normalization.ts";
import { poolingReads, writePooling } from "./layers/pooling.ts";
import { activationReads, writeActivation } from "./layers/rectifiers.ts";
import { readBidirectional, readRecurrent, writeRecurrent } from "./layers/recurrent.ts";
import { plain, type Read, type Reading, type Writing } from "./layers/row.ts";
import { shapeReads, writeShape } from "./layers/shape.ts";
import { standardizationReads } from "./layers/standardization.ts";
import type { Settings } from "./settings.ts";

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
  ...standardizationReads,
  SimpleRNN: (s) => readRecurrent("SimpleRNN", s)!,
  GRU: (s) => readRecurrent("GRU", s)!,
  LSTM: (s) => readRecurrent("LSTM", s)!,
  Bidirectional: readBidirectional,
  TimeDistributed: (s, shape) => {
    const inner = s.inner("layer");
    if (!inner || !Object.hasOwn(perStep, inner.className))
      return s.refuse("layer", Object.keys(perStep).join(" | "));
    const { layers, weights } = perStep[inner.className]!(inner.settings, shape.slice(1));
    return {
      layers: layers.map(overSteps),
      weights: weights.map((w) => ({ ...w, path: `layer/${w.path}` })),
    };
  },
  // they say something about training or about the input only
  ActivityRegularization: (s) => {
    s.whileTraining("l1", "l2");
    return plain();
  },
  AlphaDropout: (s) => {
    s.whileTraining("rate", "noise_shape");
    return plain();
  },
  Identity: () => plain(),
};

/** A layer over rows of one step as one over all steps: what it learns for each cell is the same at each step. */
function overSteps(layer: Layer): Layer {
  if (layer.layer !== "prelu") return layer;
  return { ...layer, sharedAxes: [1, ...(layer.sharedAxes ?? []).map((axis) => axis + 1)] };
}

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
  if (Object.hasOwn(reads, className)) {
    const reading = reads[className]!(settings, shape);
    settings.refuseOthers();
    return reading;
  }
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
