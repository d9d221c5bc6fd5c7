import { mistake } from "../errors.ts";
import { cellsOf } from "../graph/index.ts";
import { initializers, type Model } from "../nn/index.ts";
import { random } from "../random.ts";
import { numbersOf } from "./figures.ts";
import { layoutsOf } from "./layout.ts";
import type { TrainingProgram } from "./program.ts";
import type { Checkpoint, Vectors } from "./state.ts";

/** The state before the first step: drawn or given weights, empty slots. Throws `argument_wrong` on weights that do not fit. */
export function initialState(
  model: Model,
  program: TrainingProgram,
  seed: number,
  given: Vectors = {},
): Checkpoint {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(model.parameters, name));
  if (unknown !== undefined)
    throw mistake(
      `fit: initial names weights of the network, one of ${Object.keys(model.parameters).join(", ")}; got ${unknown}`,
    );
  const vectors: Record<string, Float32Array> = {};
  for (const [name, size] of Object.entries(program.state)) vectors[name] = new Float32Array(size);
  const position = new Map(Object.keys(model.parameters).map((name, i) => [name, i]));
  for (const { group, names, shapes } of layoutsOf(model)) {
    let at = 0;
    names.forEach((name, i) => {
      const draw = initializers[model.parameters[name]!.initial];
      const values = given[name] ?? draw(shapes[i]!, random(seed, 3, position.get(name)!));
      const cells = cellsOf(shapes[i]!);
      if (values.length !== cells)
        throw mistake(
          `fit: initial ${name} must have ${cells} numbers, [${shapes[i]!.join(", ")}], got ${values.length}`,
        );
      vectors[group]!.set(values, at);
      at += values.length;
    });
  }
  return {
    epoch: 0,
    step: 0,
    totalSteps: 0,
    vectors,
    sums: new Array(numbersOf(program.figures)).fill(0),
    best: null,
    waited: 0,
    plateauWaited: 0,
    plateauBest: Number.POSITIVE_INFINITY,
    rateFactor: 1,
    history: [],
  };
}

/** The parameters by name out of the flat vectors. */
export function parametersOf(model: Model, vectors: Vectors): Vectors {
  const entries = layoutsOf(model).flatMap(({ group, names, shapes }) => {
    let at = 0;
    return names.map((name, i) => {
      const size = cellsOf(shapes[i]!);
      const values = vectors[group]!.slice(at, at + size);
      at += size;
      return [name, values] as const;
    });
  });
  const byName = new Map(entries);
  return Object.fromEntries(Object.keys(model.parameters).map((name) => [name, byName.get(name)!]));
}

/** The flat vectors of parameters by name. */
export function vectorsOf(model: Model, parameters: Vectors): Vectors {
  return Object.fromEntries(
    layoutsOf(model).map(({ group, names, size }) => {
      const vector = new Float32Array(size);
      let at = 0;
      for (const name of names) {
        vector.set(parameters[name]!, at);
        at += parameters[name]!.length;
      }
      return [group, vector];
    }),
  );
}
