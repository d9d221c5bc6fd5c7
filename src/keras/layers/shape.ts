import { phrases } from "../../errors.ts";
import { cellsOf } from "../../graph/index.ts";
import type { Layer } from "../../nn/index.ts";
import type { Settings } from "../settings.ts";
import { channelsLast } from "./convolution.ts";
import { type Edges, plain, type Read, type Writing } from "./row.ts";

/** Cells around the sides of a row: one number for all, one for each side, or a pair for each. */
function edgesIn(s: Settings, setting: string, axes: number): Edges {
  const value = s.get(setting) ?? 1;
  const sides = typeof value === "number" ? new Array(axes).fill(value) : value;
  const one = axes === 1 && Array.isArray(sides) && sides.length === 2;
  const pairs = (one || !Array.isArray(sides) ? [sides] : sides).map((side: unknown) =>
    typeof side === "number" ? [side, side] : side,
  );
  const whole = (n: unknown) => typeof n === "number" && Number.isInteger(n) && n >= 0;
  if (
    pairs.length === axes &&
    pairs.every((p) => Array.isArray(p) && p.length === 2 && p.every(whole))
  )
    return pairs as unknown as Edges;
  return s.refuse(setting, phrases.keras_sides);
}

const edged =
  (layer: "zeroPadding" | "cropping", axes: number): Read =>
  (s) => {
    channelsLast(s);
    const edges = edgesIn(s, layer === "cropping" ? "cropping" : "padding", axes);
    return plain(layer === "cropping" ? { layer, cropping: edges } : { layer, padding: edges });
  };

/** A reshape whose -1 stands for what is left. */
const reshapeTo = (target: readonly number[], shape: readonly number[]): readonly number[] => {
  const known = cellsOf(target.filter((n) => n !== -1));
  return target.map((n) => (n === -1 ? cellsOf(shape) / known : n));
};

/** Keras' layers that move cells. */
export const shapeReads: Readonly<Record<string, Read>> = {
  Flatten: (s) => {
    channelsLast(s);
    return plain({ layer: "flatten" });
  },
  Reshape: (s, shape) =>
    plain({ layer: "reshape", shape: reshapeTo(s.numbers("target_shape"), shape) }),
  Permute: (s) => plain({ layer: "permute", order: s.numbers("dims") }),
  RepeatVector: (s) => plain({ layer: "repeat", times: s.count("n") }),
  Rescaling: (s) => {
    const one = (list: readonly number[]) => (list.length === 1 ? list[0]! : list);
    return plain({
      layer: "rescaling",
      scale: one(s.numbers("scale")),
      offset: one(s.numbers("offset", [0])),
    });
  },
  ZeroPadding1D: edged("zeroPadding", 1),
  ZeroPadding2D: edged("zeroPadding", 2),
  Cropping1D: edged("cropping", 1),
  Cropping2D: edged("cropping", 2),
};

const sided = (name: string, edges: Edges) => {
  const one = edges.length === 1;
  return { className: `${name}${edges.length}D`, cells: one ? edges[0]! : edges };
};

/** The Keras layer for one of ours that moves cells; null for other layers. `shape` is that of its rows. */
export function writeShape(layer: Layer, shape: readonly number[]): Writing | null {
  const made = (className: string, config: object): Writing => ({
    className,
    config: { ...config },
    weights: [],
  });
  switch (layer.layer) {
    case "flatten":
      return made("Flatten", {});
    case "reshape":
      return made("Reshape", { target_shape: layer.shape });
    case "permute":
      return made("Permute", { dims: layer.order });
    case "repeat":
      return made("RepeatVector", { n: layer.times });
    case "rescaling":
      return made("Rescaling", { scale: layer.scale, offset: layer.offset ?? 0 });
    case "zeroPadding": {
      const { className, cells } = sided("ZeroPadding", layer.padding);
      return made(className, { padding: cells });
    }
    case "cropping": {
      const { className, cells } = sided("Cropping", layer.cropping);
      return made(className, { cropping: cells });
    }
    case "crop": {
      const over = shape
        .slice(0, -1)
        .map((size, axis) => [0, size - (layer.to[axis] ?? size)] as const);
      const { className, cells } = sided("Cropping", over);
      return made(className, { cropping: cells });
    }
    default:
      return null;
  }
}
