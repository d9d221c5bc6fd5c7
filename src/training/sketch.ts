import { cellsOf, input, type Shape, scalar, type Tensor } from "../graph/index.ts";
import type { Batch, Context, Loss, Model, NoiseKind, Objective } from "../nn/index.ts";
import { layoutsOf, unflatten } from "./layout.ts";

/** What each row of the data consists of: sizes of one row by the name of its array. */
export interface RowShapes {
  readonly x: readonly number[];
  readonly target?: readonly number[];
  readonly mask?: readonly number[];
  readonly weight?: readonly number[];
}

/** Random numbers that a program takes: `shape` is that of one row, or of one step. */
export interface NoiseInput {
  readonly name: string;
  readonly kind: NoiseKind | "step";
  readonly shape: readonly number[];
  readonly perRow: boolean;
}

/** The objectives on placeholders: to learn their names, groups and noise before the program is made. */
export function objectivesOf(model: Model, loss: Loss, rows: RowShapes, context: Context) {
  const layouts = layoutsOf(model);
  const vectors = layouts.map(({ group, size }) => input(group, "float32", [size]));
  const parameters = unflatten(layouts, vectors);
  const batch = batchOf((name) => {
    const shape: Shape | undefined = rows[name];
    return shape ? input(name, "float32", ["batch", ...shape]) : null;
  });
  return { vectors, batch, objectives: model.objectives(parameters, batch, loss, context) };
}

/** The arrays of a batch. */
export function batchOf(array: (name: keyof RowShapes) => Tensor | null): Batch {
  const x = array("x")!;
  return { x, target: array("target") ?? x, mask: array("mask"), weight: array("weight") };
}

/** A context that tells what random numbers a program needs. */
export function noiseRecorder(training: boolean) {
  const recorded: { readonly noise: NoiseInput; readonly tensor: Tensor }[] = [];
  const record = (name: string, kind: NoiseInput["kind"], shape: Shape): Tensor => {
    const perRow = shape[0] === "batch";
    const own = (perRow ? shape.slice(1) : shape) as readonly number[];
    const tensor = input(name, "float32", shape);
    recorded.push({ noise: { name, kind, shape: own, perRow }, tensor });
    return tensor;
  };
  let draws = 0;
  let step: Tensor | undefined;
  const context: Context = {
    training,
    noise: (kind, shape) => record(`noise.${draws++}`, kind, shape),
    step: () => {
      step ??= training ? record(stepInput, "step", []) : scalar(afterAllSteps);
      return step;
    },
    update: () => {},
  };
  return { context, recorded };
}

/** The input with the number of the step. */
export const stepInput = "step";
/** What a validation takes for the number of its step. */
const afterAllSteps = 2 ** 30;

/** A loss or a metric: scalars have one cell. */
export interface Figure {
  readonly name: string;
  readonly cells: number;
}

/** What a program gives beside its state: the losses, then the metrics. */
export function figuresOf(
  objectives: readonly Objective[],
): readonly (Figure & { value: Tensor })[] {
  const figure = (name: string, value: Tensor) => ({
    name,
    value,
    cells: cellsOf(value.shape as readonly number[]),
  });
  return [
    ...objectives.map(({ name, loss }) => figure(name, loss)),
    ...objectives.flatMap(({ metrics = {} }) =>
      Object.entries(metrics).map(([name, value]) => figure(name, value)),
    ),
  ];
}
