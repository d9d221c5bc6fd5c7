import { EspejoError } from "../errors.ts";
import { cellsOf } from "../graph/index.ts";
import type { Layer } from "../nn/index.ts";
import type { Chain } from "./chain.ts";

/** A layer of the file as ours, with the shape of a row behind it. */
export interface Stage {
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly shape: readonly number[];
}

/** Layers that change the cells of a code but not what it is. */
const finishing = new Set<Layer["layer"]>([
  ...(["activation", "relu", "elu", "prelu", "batchNormalization", "layerNormalization"] as const),
  ...(["dropout", "spatialDropout", "gaussianDropout", "gaussianNoise", "rescaling"] as const),
]);
/** Layers that lay out the same cells in another way. */
const laying = new Set<Layer["layer"]>(["flatten", "reshape", "permute"]);

const finishes = ({ layers }: Stage): boolean => layers.every(({ layer }) => finishing.has(layer));
/** Whether a layer prepares rows, or gives them back as they came, and makes no code. */
const frames = ({ layers }: Stage): boolean =>
  layers.every(({ layer }) => finishing.has(layer) || laying.has(layer));

/**
 * How many stages are the encoder: up to the layer called `code`; else the first of two models in a row; else
 * up to the narrowest place between input and output, what finishes the code included. Throws `keras_code`
 * where no layer is called so.
 */
export function encoderStages(
  stages: readonly Stage[],
  inputShape: readonly number[],
  { first, path, code }: Pick<Chain, "first"> & { readonly path: string; readonly code?: string },
): number {
  if (code !== undefined) {
    const at = stages.findIndex(({ name }) => name === code);
    const names = stages.map(({ name }) => name).join(", ");
    if (at < 0) throw new EspejoError("keras_code", { path, code, names });
    return at + 1;
  }
  if (first !== null) return first;
  const output = stages.at(-1)?.shape ?? inputShape;
  const mirror = String(output) === String(inputShape);
  const begin = Math.max(
    stages.findIndex((stage) => !frames(stage)),
    0,
  );
  const last = stages.findLastIndex((stage) => !frames(stage));
  // a network that is no mirror may be an encoder or a decoder by itself
  const candidates = mirror ? stages.slice(begin, Math.max(last, begin + 1)) : stages;
  const sizes = candidates.map(({ shape }) => cellsOf(shape));
  const least = Math.min(...sizes);
  if (!mirror && cellsOf(inputShape) < least) return 0;
  let end = sizes.indexOf(least) + 1;
  while (end < candidates.length && finishes(candidates[end]!)) end++;
  return (mirror ? begin : 0) + end;
}
