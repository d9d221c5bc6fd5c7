import { EspejoError, isMistake } from "../errors.ts";
import { outputShapeOf, weightsOf } from "../nn/index.ts";
import type { Chain, ChainLayer } from "./chain.ts";
import type { Stage } from "./halves.ts";
import type { Reading } from "./layers/row.ts";
import { readLayer } from "./layers.ts";
import type { Values, Wanted } from "./weights.ts";

/** A layer of the file with ours that stand for it. */
export interface Leaf extends Stage, Reading {
  readonly from: ChainLayer;
  /** The shape of the rows that it gets. */
  readonly input: readonly number[];
}

/** The layers of a file one after the other, with ours. Throws `keras_shape` where rows do not fit into one. */
export function leavesOf({ layers }: Chain, inputShape: readonly number[]): readonly Leaf[] {
  const leaves: Leaf[] = [];
  let shape = inputShape;
  for (const from of layers) {
    const { place } = from.settings;
    try {
      const reading = readLayer(from.className, from.settings, shape);
      const after = reading.layers.reduce((size, layer) => outputShapeOf(layer, size), shape);
      leaves.push({ ...reading, from, name: place.name, input: shape, shape: after });
      shape = after;
    } catch (error) {
      if (!isMistake(error)) throw error;
      const { path, position, name, className } = place;
      const reason = error.message;
      throw new EspejoError("keras_shape", { path, position, name, class: className, reason });
    }
  }
  return leaves;
}

/** The weights of the file that a layer has: its own, or numbers that make settings of ours. */
export function wantedOf({
  from,
  layers,
  weights,
  weighted = 0,
  kept,
  input,
}: Leaf): readonly Wanted[] {
  if (kept) return kept.places.map((place) => ({ layer: from, place, shape: place.shape }));
  if (weights.length === 0) return [];
  const reached = layers
    .slice(0, weighted)
    .reduce((shape, layer) => outputShapeOf(layer, shape), input);
  const own = weightsOf(layers[weighted]!, reached);
  return weights.map((place) => ({ layer: from, place, shape: own[place.name]!.shape }));
}

/** A layer with the numbers of the file that are settings of ours. */
export const filled = (leaf: Leaf, wanted: readonly Wanted[], valuesOf: Values): Leaf =>
  leaf.kept ? { ...leaf, layers: leaf.kept.layersOf(wanted.map(valuesOf)) } : leaf;

/**
 * Where our layers with the weights of each layer of the file stand: `encoder.0`. `ahead` counts layers of each
 * half that are not in the file.
 */
export function placesOf(
  leaves: readonly Leaf[],
  end: number,
  ahead: { readonly encoder: number; readonly decoder: number },
): readonly string[] {
  let index = ahead.encoder;
  return leaves.map(({ layers, weighted = 0 }, i) => {
    if (i === end) index = ahead.decoder;
    const place = `${i < end ? "encoder" : "decoder"}.${index + weighted}`;
    index += layers.length;
    return place;
  });
}
