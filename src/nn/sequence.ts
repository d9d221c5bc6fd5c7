import { mistake } from "../errors.ts";
import type { Tensor } from "../graph/index.ts";
import { cellsOf } from "../graph/index.ts";
import { checkArgument, optionParts } from "../options.ts";
import type { Context } from "./context.ts";
import { applyLayer, checkLayers, type Layer, outputShapeOf, weightsOf } from "./layers.ts";
import type { LayerLine } from "./model.ts";
import type { ParameterSpec, ParameterSpecs, Parameters } from "./parameters.ts";

/** Layers in a row under a common name: `encoder.0`, `encoder.1`, ... */
export interface Sequence {
  readonly name: string;
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  readonly parameters: ParameterSpecs;
  readonly lines: readonly LayerLine[];
  /** [batch, ...outputShape] from x [batch, ...inputShape]; takes its own among all parameters. */
  apply(parameters: Parameters, x: Tensor, context: Context): Tensor;
}

/** Weights of a network, and cells of a row in it: what is more is refused before anything is held. */
const most = { weights: 2 ** 31, cells: 2 ** 53 };

/** Joins layers; `group` names the vector that the optimizer keeps their parameters in. */
export function sequence(
  name: string,
  layers: readonly Layer[],
  inputShape: readonly number[],
  group = "weights",
): Sequence {
  checkLayers("sequence", layers);
  checkArgument("sequence: the sizes of a row", optionParts.shape, inputShape);
  const parameters: Record<string, ParameterSpec> = {};
  const lines: LayerLine[] = [];
  let shape = inputShape;
  let total = 0;
  layers.forEach((layer, i) => {
    const weights = weightsOf(layer, shape);
    let count = 0;
    for (const [part, { shape: size, initial, trained = true }] of Object.entries(weights)) {
      parameters[`${name}.${i}.${part}`] = { shape: size, initial, group, trained };
      count += cellsOf(size);
    }
    shape = outputShapeOf(layer, shape);
    total += count;
    if (!(total <= most.weights && cellsOf(shape) <= most.cells))
      throw mistake(
        `${name}: layer ${i}, ${layer.layer}, makes ${total} weights and rows of [${shape.join(", ")}]; at most ${most.weights} weights and ${most.cells} cells are taken`,
      );
    const activation = ("activation" in layer && layer.activation) || "";
    lines.push({
      name: `${name}.${i}`,
      layer: layer.layer,
      output: shape,
      parameters: count,
      activation,
    });
  });
  return {
    name,
    inputShape,
    outputShape: shape,
    parameters,
    lines,
    apply: (all, x, context) =>
      layers.reduce((value, layer, i) => {
        const prefix = `${name}.${i}`;
        const own = Object.keys(weightsOf(layer, value.shape.slice(1) as readonly number[]));
        const mine = Object.fromEntries(own.map((part) => [part, all[`${prefix}.${part}`]!]));
        return applyLayer(layer, mine, value, context, prefix);
      }, x),
  };
}
