import { add, constant, mul, type Tensor } from "../../graph/index.ts";
import { type LayerRow, none, same } from "./row.ts";

/** x scale + offset, each a number, or one for each channel. */
export interface Rescaling {
  readonly layer: "rescaling";
  readonly scale: number | readonly number[];
  /** 0 by default. */
  readonly offset?: number | readonly number[];
}

export const rescalingRow: LayerRow<Rescaling> = {
  weights: none,
  output: same,
  apply: ({ scale, offset = 0 }, _, x) => add(mul(x, cells(scale)), cells(offset)),
};

const cells = (value: number | readonly number[]): number | Tensor =>
  typeof value === "number" ? value : constant("float32", [value.length], Float32Array.from(value));
