import type { Layer } from "../../nn/index.ts";
import type { Settings } from "../settings.ts";
import { inOrder, plain, type Read, type Writing } from "./row.ts";

/** Scale and shift, as far as the layer has them; without them they are 1 and 0. */
const scaleAndShift = (s: Settings): readonly string[] => [
  ...(s.flag("scale", true) ? ["gamma"] : []),
  ...(s.flag("center", true) ? ["beta"] : []),
];

/** Refuses an axis that is not the last one. */
function lastAxis(s: Settings, rank: number): void {
  const axis = s.numbers("axis", [-1]);
  if (axis.length !== 1 || (axis[0] !== -1 && axis[0] !== rank)) s.refuse("axis", "-1");
}

/** Keras' normalisations, and what acts only while training. `shape` is that of the rows. */
export const normalizationReads: Readonly<
  Record<string, (s: Settings, shape: readonly number[]) => ReturnType<Read>>
> = {
  BatchNormalization: (s, shape) => {
    lastAxis(s, shape.length);
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
    lastAxis(s, shape.length);
    s.only("rms_scaling", false);
    return {
      layers: [{ layer: "layerNormalization", epsilon: s.number("epsilon", 1e-3) }],
      weights: inOrder(scaleAndShift(s)),
    };
  },
  Dropout: (s) => {
    s.only("noise_shape", null);
    return plain({ layer: "dropout", rate: s.number("rate") });
  },
  SpatialDropout1D: (s) => plain({ layer: "spatialDropout", rate: s.number("rate") }),
  SpatialDropout2D: (s) => plain({ layer: "spatialDropout", rate: s.number("rate") }),
  GaussianDropout: (s) => plain({ layer: "gaussianDropout", rate: s.number("rate") }),
  GaussianNoise: (s) => plain({ layer: "gaussianNoise", deviation: s.number("stddev") }),
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
