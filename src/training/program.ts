import {
  add,
  div,
  gather,
  input,
  maximum,
  mul,
  scaledGradient,
  scan,
  sqrt,
  square,
  sum,
  type Tensor,
} from "../graph/index.ts";
import type { Context, Loss, Model, Objective } from "../nn/index.ts";
import { writeProgram } from "../onnx/index.ts";
import { flatten, layoutsOf, statistics, unflatten } from "./layout.ts";
import type { Rule } from "./optimizers.ts";
import {
  batchOf,
  type Figure,
  figuresOf,
  type NoiseInput,
  noiseRecorder,
  objectivesOf,
  type RowShapes,
  stepInput,
} from "./sketch.ts";

/** A program with what its caller must know to feed it. */
export interface TrainingProgram {
  readonly bytes: Uint8Array;
  /** Vectors that go in under their name and come out under `next.` and their name. */
  readonly state: Readonly<Record<string, number>>;
  /** Those of them that hold parameters; the others belong to the optimizer. */
  readonly groups: readonly string[];
  readonly noise: readonly NoiseInput[];
  /** Outputs [steps] or [steps, cells]: the losses of each step, then its metrics. */
  readonly figures: readonly Figure[];
  /** How many of them are losses. */
  readonly losses: number;
}

interface ProgramOptions {
  readonly clipNorm?: number;
  /** The rows are all there at each call, and every step takes those whose numbers it is given. */
  readonly gathers?: boolean;
}

/** The input with the numbers of the rows of each step, in a program that gathers. */
export const orderInput = "order";

/** The input with all rows of an array, in a program that gathers. */
export const allRowsInput = (name: string): string => `all.${name}`;

/**
 * The training program: a Scan over the batches of `x` [steps, batch, ...row]. Parameters, the optimizer's
 * slots and statistics are its state, each one flat vector; per step come what the optimizer varies, its
 * noise and its rows; the losses go out. Both `steps` and `batch` are free at run time. A program that
 * `gathers` takes all rows and, per step, the numbers of those to learn from: each batch is then copied
 * once, into memory that is still warm when it is used.
 */
export function trainingProgram(
  model: Model,
  loss: Loss,
  rule: Rule,
  rows: RowShapes,
  { clipNorm = 0, gathers = false }: ProgramOptions = {},
): TrainingProgram {
  const layouts = layoutsOf(model);
  const slotNames = new Map<string, readonly string[]>();
  const state: Record<string, number> = {};
  for (const { group, size } of layouts) state[group] = size;
  const recorder = noiseRecorder(true);
  const sketch = objectivesOf(model, loss, rows, recorder.context).objectives;
  const recorded = recorder.recorded.map(({ noise }) => noise);
  const draws = recorded.filter(({ kind }) => kind !== "step");
  const figures = figuresOf(sketch).map(({ name, cells }) => ({ name, cells }));
  for (const { name, groups } of sketch)
    for (const group of groups) {
      const prefix = sketch.length === 1 ? group : `${name}.${group}`;
      slotNames.set(
        `${name} ${group}`,
        rule.slots.map((slot) => `${prefix}.${slot}`),
      );
      const { size } = layouts.find((layout) => layout.group === group)!;
      for (const slot of rule.slots) state[`${prefix}.${slot}`] = size;
    }

  const stateNames = Object.keys(state);
  const scalarNames = Object.keys(rule.scalars(1, 1));
  const rowNames = Object.keys(rows) as (keyof RowShapes)[];
  const initial = stateNames.map((name) => input(name, "float32", [state[name]!]));
  const all = new Map(
    gathers
      ? rowNames.map((name) => [
          name,
          input(allRowsInput(name), "float32", ["rows", ...rows[name]!]),
        ])
      : [],
  );
  const sequences = [
    ...(gathers
      ? [input(orderInput, "int32", ["steps", "batch"])]
      : rowNames.map((name) => input(name, "float32", ["steps", "batch", ...rows[name]!]))),
    ...scalarNames.map((name) => input(name, "float32", ["steps"])),
    ...recorded.map(({ name, shape, perRow }) =>
      input(name, "float32", ["steps", ...(perRow ? ["batch"] : []), ...shape]),
    ),
  ];
  const result = scan(initial, sequences, (vectors, slices) => {
    const current = new Map(stateNames.map((name, i) => [name, vectors[i]!]));
    const slice = new Map(sequences.map((s, i) => [s.node.name!, slices[i]!]));
    const scalars = Object.fromEntries(scalarNames.map((name) => [name, slice.get(name)!]));
    const order = slice.get(orderInput);
    const rowsOf = (name: keyof RowShapes): Tensor | null => {
      const whole = all.get(name);
      return whole && order ? gather(whole, order, 0) : (slice.get(name) ?? null);
    };
    const done: Objective[] = [];
    // each objective sees what the ones before it have changed
    for (let k = 0; k < sketch.length; k++) {
      let next = 0;
      const updates = new Map<string, Tensor>();
      const context: Context = {
        training: true,
        noise: () => slice.get(draws[next++]!.name)!,
        step: () => slice.get(stepInput)!,
        update: (name, value) => updates.set(name, value),
      };
      const parameters = unflatten(
        layouts,
        layouts.map(({ group }) => current.get(group)!),
      );
      const batch = batchOf(rowsOf);
      const objective = model.objectives(parameters, batch, loss, context)[k]!;
      done.push(objective);
      const own = objective.groups.map((g) => layouts.find(({ group }) => group === g)!);
      const wrt = own.flatMap(({ names }) => names.map((name) => parameters[name]!));
      const { scale, gradients } = scaledGradient(objective.loss, wrt);
      const of = new Map(wrt.map((parameter, i) => [parameter, gradients[i]!]));
      const flat = own.map(({ names }) => {
        const joined = flatten(names.map((n) => of.get(parameters[n]!)!));
        return scale ? mul(joined, scale) : joined;
      });
      const clipped = clipNorm > 0 ? clipByNorm(flat, clipNorm) : flat;
      own.forEach(({ group }, i) => {
        const slots = slotNames.get(`${objective.name} ${group}`)!;
        const old = slots.map((slot) => current.get(slot)!);
        const moved = rule.update(current.get(group)!, clipped[i]!, old, scalars);
        current.set(group, moved.theta);
        for (const [s, slot] of slots.entries()) current.set(slot, moved.slots[s]!);
      });
      const kept = layouts.find(({ group }) => group === statistics);
      if (kept)
        current.set(statistics, flatten(kept.names.map((n) => updates.get(n) ?? parameters[n]!)));
    }
    return {
      state: stateNames.map((name) => current.get(name)!),
      outputs: figuresOf(done).map(({ value }) => value),
    };
  });
  return {
    bytes: writeProgram(
      {
        inputs: [...initial, ...sequences, ...all.values()],
        outputs: Object.fromEntries([
          ...stateNames.map((name, i) => [`next.${name}`, result.state[i]!]),
          ...figures.map(({ name }, i) => [name, result.outputs[i]!]),
        ]),
      },
      { name: "training" },
    ),
    state,
    groups: layouts.map(({ group }) => group),
    noise: recorded,
    losses: sketch.length,
    figures,
  };
}

/** Scales gradients down to a joint length of `norm` at most. */
function clipByNorm(gradients: readonly Tensor[], norm: number): readonly Tensor[] {
  const length = sqrt(gradients.map((g) => sum(square(g))).reduce((a, b) => add(a, b)));
  const scale = div(norm, maximum(length, norm));
  return gradients.map((g) => mul(g, scale));
}
