import type { Tensor } from "../../graph/index.ts";
import type { Context } from "../context.ts";
import type { InitializerName } from "../initializers.ts";
import type { Parameters } from "../parameters.ts";

/** A weight of a layer, named within it. */
export interface WeightSpec {
  readonly shape: readonly number[];
  readonly initial: InitializerName;
  readonly trained?: boolean;
}
export type WeightSpecs = Readonly<Record<string, WeightSpec>>;

/** All that is known about a kind of layer. `shape` is that of one row. */
export interface LayerRow<L> {
  readonly weights: (layer: L, shape: readonly number[]) => WeightSpecs;
  /** The shape of one row after it. Throws `argument_wrong` for a row that it cannot take. */
  readonly output: (layer: L, shape: readonly number[]) => readonly number[];
  /** `name` is the prefix of the layer's own parameters, for updates of those not trained. */
  readonly apply: (layer: L, own: Parameters, x: Tensor, context: Context, name: string) => Tensor;
}

/** No weights. */
export const none = (): WeightSpecs => ({});
/** The shape as it came. */
export const same = (_: unknown, shape: readonly number[]): readonly number[] => shape;
