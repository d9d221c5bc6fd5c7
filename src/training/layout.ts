import { cellsOf, concat, constant, reshape, split, type Tensor } from "../graph/index.ts";
import type { Model, Parameters } from "../nn/index.ts";

/** Where the parameters of a group lie in its flat vector. */
export interface Layout {
  readonly group: string;
  readonly names: readonly string[];
  readonly shapes: readonly (readonly number[])[];
  readonly size: number;
}

/** The name of the vector of what is not trained. */
export const statistics = "statistics";

/** The flat vectors of a model: one per group of trained parameters, one for all statistics. */
export function layoutsOf({ parameters }: Model): readonly Layout[] {
  const groups = new Map<string, string[]>();
  for (const [name, { group, trained }] of Object.entries(parameters)) {
    const key = trained ? group : statistics;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups].map(([group, names]) => {
    const shapes = names.map((name) => parameters[name]!.shape);
    return { group, names, shapes, size: shapes.reduce((total, s) => total + cellsOf(s), 0) };
  });
}

/** The parameters of flat vectors, by name. */
export function unflatten(layouts: readonly Layout[], vectors: readonly Tensor[]): Parameters {
  return Object.fromEntries(
    layouts.flatMap(({ names, shapes }, i) => {
      const parts = split(vectors[i]!, shapes.map(cellsOf), 0);
      return names.map((name, k) => [name, reshape(parts[k]!, shapes[k]!)] as const);
    }),
  );
}

/** Tensors side by side in one vector. */
export const flatten = (tensors: readonly Tensor[]): Tensor =>
  concat(
    tensors.map((t) => reshape(t, [cellsOf(t.shape as readonly number[])])),
    0,
  );

/** Parameters with their values, as constants of a graph. */
export function parameterConstants(
  { parameters }: Model,
  values: Readonly<Record<string, Float32Array>>,
): Parameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { shape }]) => [
      name,
      constant("float32", shape, values[name]!, name),
    ]),
  );
}
