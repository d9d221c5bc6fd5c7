import type { Layer } from "../../nn/index.ts";
import { channelsLast, sizesIn } from "./convolution.ts";
import { plain, type Read, type Writing } from "./row.ts";

const pools = {
  MaxPooling1D: { layer: "maxPooling1d", axes: 1 },
  MaxPooling2D: { layer: "maxPooling2d", axes: 2 },
  AveragePooling1D: { layer: "averagePooling1d", axes: 1 },
  AveragePooling2D: { layer: "averagePooling2d", axes: 2 },
} as const;

const globals = {
  GlobalAveragePooling1D: "globalAveragePooling1d",
  GlobalAveragePooling2D: "globalAveragePooling2d",
  GlobalMaxPooling1D: "globalMaxPooling1d",
  GlobalMaxPooling2D: "globalMaxPooling2d",
} as const;

const readPool =
  ({ layer, axes }: (typeof pools)[keyof typeof pools]): Read =>
  (s) => {
    channelsLast(s);
    const poolSize = sizesIn(s, "pool_size", axes, 2);
    const strides = s.has("strides") ? sizesIn(s, "strides", axes) : poolSize;
    return plain({
      layer,
      poolSize,
      strides,
      padding: s.only("padding", "valid", "same"),
    } as Layer);
  };

const readGlobal =
  (layer: (typeof globals)[keyof typeof globals]): Read =>
  (s, shape) => {
    channelsLast(s);
    if (!s.flag("keepdims", false)) return plain({ layer });
    const kept = shape.map((size, axis) => (axis === shape.length - 1 ? size : 1));
    return plain({ layer }, { layer: "reshape", shape: kept });
  };

/** Keras' pooling and upsampling. */
export const poolingReads: Readonly<Record<string, Read>> = {
  ...Object.fromEntries(
    Object.entries(pools).map(([className, kind]) => [className, readPool(kind)]),
  ),
  ...Object.fromEntries(
    Object.entries(globals).map(([className, layer]) => [className, readGlobal(layer)]),
  ),
  UpSampling1D: (s) => plain({ layer: "upSampling1d", size: s.count("size", 2) }),
  UpSampling2D: (s) => {
    channelsLast(s);
    s.only("interpolation", "nearest");
    return plain({ layer: "upSampling2d", size: sizesIn(s, "size", 2, 2) });
  },
};

/** The Keras layer for one of our poolings and upsamplings; null for other layers. */
export function writePooling(layer: Layer): Writing | null {
  const named = (table: object, wanted: string): string | undefined =>
    Object.entries(table).find(([, row]) => (row.layer ?? row) === wanted)?.[0];
  const pool = named(pools, layer.layer);
  if (pool && "poolSize" in layer) {
    const { poolSize = 2, strides = poolSize, padding = "valid" } = layer;
    return { className: pool, config: { pool_size: poolSize, strides, padding }, weights: [] };
  }
  if (pool) return { className: pool, config: { pool_size: 2 }, weights: [] };
  const whole = named(globals, layer.layer);
  if (whole) return { className: whole, config: {}, weights: [] };
  if (layer.layer === "upSampling1d" || layer.layer === "upSampling2d") {
    const className = layer.layer === "upSampling1d" ? "UpSampling1D" : "UpSampling2D";
    return { className, config: { size: layer.size ?? 2 }, weights: [] };
  }
  return null;
}
