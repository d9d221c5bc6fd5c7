import type { Tensor } from "../graph/index.ts";
import type { InitializerName } from "./initializers.ts";

/** A parameter before it has values. */
export interface ParameterSpec {
  readonly shape: readonly number[];
  readonly initial: InitializerName;
  /** Parameters of one group are one vector of the optimizer. */
  readonly group: string;
  /** Batch statistics and the like are changed by the forward pass, not by gradients. */
  readonly trained: boolean;
}
/** Parameters before they have values, by the names that `Parameters` has. */
export type ParameterSpecs = Readonly<Record<string, ParameterSpec>>;

/** Parameters by name, `encoder.0.weight` for one, as tensors of a graph. */
export type Parameters = Readonly<Record<string, Tensor>>;
