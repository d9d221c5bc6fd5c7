import type { Layer } from "../../nn/index.ts";
import type { Settings } from "../settings.ts";
import { channelsLast } from "./convolution.ts";
import { inOrder, lastAxis, plain, type Read, type Writing } from "./row.ts";

/** Scale and shift, as far as the layer has them; without them they are 1 and 0. */
const scaleAndShift = (s: Settings): readonly string[] => [
  ...(s.flag("scale", true) ? ["gamma"] : []),
  ...(s.flag("center", true) ? ["beta"] : []),
];

/** What acts only while training: Keras' layers that let rows pass when they predict. */
const passing =
  (layerOf: (s: Settings) => Layer): Read =>
  (s) => {
    s.whileTraining("noise_shape");
    channelsLast(s);
    return plain(layerOf(s));
  };

const dropout = passing((s) => ({ layer: "dropout", rate: s.number("rate") }));
const spatialDropout = passing((s) => ({ layer: "spatialDropout", rate: s.number("rate") }));

/** Keras' normalisations, and what acts only while training. */
export const normalizationReads: Readonly<Record<string, Read>> = {
  BatchNormalization: (s, shape) => {
    lastAxis(s, shape);
    s.only("renorm", false);
    s.harmless("renorm_clipping", "renorm_momentum", "synchronized", "fused");
    return {
      layers: [
        {
          layer: "batchNormalization",
          momentum: s.number("momentum", 0.99),
          epsilon: s.number("epsilon", 1e-3),
        },
      ],
      weights: inOrder([...scaleAndShift(s), "mean", "variance"]),
    };
  },
  LayerNormalization: (s, shape) => {
    lastAxis(s, shape);
    s.only("rms_scaling", false);
    return {
      layers: [{ layer: "layerNormalization", epsilon: s.number("epsilon", 1e-3) }],
      weights: inOrder(scaleAndShift(s)),
    };
  },
  Dropout: dropout,
  SpatialDropout1D: spatialDropout,
  SpatialDropout2D: spatialDropout,
  GaussianDropout: passing((s) => ({ layer: "gaussianDropout", rate: s.number("rate") })),
  GaussianNoise: passing((s) => ({ layer: "gaussianNoise", deviation: s.number("stddev") })),
};

/** The Keras layer for one of ours that normalises or regularises; null for other layers. */
export function writeNormalization(layer: Layer, shape: readonly number[]): Writing | null {
  const made = (className: string, config: object, weights: readonly string[] = []): Writing => ({
    className,
    config: { ...config },
    weights: inOrder(weights),
  });
  switch (layer.layer) {
    case "batchNormalization":
      return made(
        "BatchNormalization",
        { axis: -1, momentum: layer.momentum ?? 0.99, epsilon: layer.epsilon ?? 1e-3 },
        ["gamma", "beta", "mean", "variance"],
      );
    case "layerNormalization":
      return made("LayerNormalization", { axis: -1, epsilon: layer.epsilon ?? 1e-3 }, [
        "gamma",
        "beta",
      ]);
    case "dropout":
      return made("Dropout", { rate: layer.rate });
    case "spatialDropout":
      return made(`SpatialDropout${shape.length - 1}D`, { rate: layer.rate });
    case "gaussianDropout":
      return made("GaussianDropout", { rate: layer.rate });
    case "gaussianNoise":
      return made("GaussianNoise", { stddev: layer.deviation });
    default:
      return null;
  }
}
