import {
  add,
  concat,
  constant,
  div,
  gather,
  input,
  maximum,
  mul,
  reshape,
  type Shape,
  scaledGradient,
  scan,
  split,
  sqrt,
  square,
  sum,
  type Tensor,
} from "../graph/index.ts";
import {
  type Batch,
  type Context,
  inference,
  type Loss,
  type Model,
  type NoiseKind,
  type Parameters,
} from "../nn/index.ts";
import { writeProgram } from "../onnx/index.ts";
import type { Rule } from "./optimizers.ts";

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
  readonly kind: NoiseKind;
  readonly shape: readonly number[];
  readonly perRow: boolean;
}

/** A program with what its caller must know to feed it. */
export interface TrainingProgram {
  readonly bytes: Uint8Array;
  /** Vectors that go in under their name and come out under `next.` and their name. */
  readonly state: Readonly<Record<string, number>>;
  /** Those of them that hold parameters; the others belong to the optimizer. */
  readonly groups: readonly string[];
  readonly noise: readonly NoiseInput[];
  /** Outputs [steps], the loss of each step. */
  readonly losses: readonly string[];
}

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
    return { group, names, shapes, size: shapes.reduce((total, s) => total + cells(s), 0) };
  });
}

const cells = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** The parameters of flat vectors, by name. */
export function unflatten(layouts: readonly Layout[], vectors: readonly Tensor[]): Parameters {
  return Object.fromEntries(
    layouts.flatMap(({ names, shapes }, i) => {
      const parts = split(vectors[i]!, shapes.map(cells), 0);
      return names.map((name, k) => [name, reshape(parts[k]!, shapes[k]!)] as const);
    }),
  );
}

const flatten = (tensors: readonly Tensor[]): Tensor =>
  concat(
    tensors.map((t) => reshape(t, [cells(t.shape as readonly number[])])),
    0,
  );

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
  const recorded: NoiseInput[] = [];
  const slotNames = new Map<string, readonly string[]>();
  const state: Record<string, number> = {};
  for (const { group, size } of layouts) state[group] = size;
  const sketch = objectivesOf(model, loss, rows, noiseRecorder(recorded)).objectives;
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
    const losses: Tensor[] = [];
    // each objective sees what the ones before it have changed
    for (let k = 0; k < sketch.length; k++) {
      let next = 0;
      const updates = new Map<string, Tensor>();
      const context: Context = {
        training: true,
        noise: () => slice.get(recorded[next++]!.name)!,
        update: (name, value) => updates.set(name, value),
      };
      const parameters = unflatten(
        layouts,
        layouts.map(({ group }) => current.get(group)!),
      );
      const batch = batchOf(rowsOf);
      const objective = model.objectives(parameters, batch, loss, context)[k]!;
      losses.push(objective.loss);
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
    return { state: stateNames.map((name) => current.get(name)!), outputs: losses };
  });
  const lossNames = sketch.map(({ name }) => name);
  return {
    bytes: writeProgram(
      {
        inputs: [...initial, ...sequences, ...all.values()],
        outputs: Object.fromEntries([
          ...stateNames.map((name, i) => [`next.${name}`, result.state[i]!]),
          ...lossNames.map((name, i) => [name, result.outputs[i]!]),
        ]),
      },
      { name: "training" },
    ),
    state,
    groups: layouts.map(({ group }) => group),
    noise: recorded,
    losses: lossNames,
  };
}

/** Scales gradients down to a joint length of `norm` at most. */
function clipByNorm(gradients: readonly Tensor[], norm: number): readonly Tensor[] {
  const length = sqrt(gradients.map((g) => sum(square(g))).reduce((a, b) => add(a, b)));
  const scale = div(norm, maximum(length, norm));
  return gradients.map((g) => mul(g, scale));
}

/** The objectives on placeholders: to learn their names, groups and noise before the program is made. */
function objectivesOf(model: Model, loss: Loss, rows: RowShapes, context: Context) {
  const layouts = layoutsOf(model);
  const vectors = layouts.map(({ group, size }) => input(group, "float32", [size]));
  const parameters = unflatten(layouts, vectors);
  const batch = batchOf((name) => {
    const shape: Shape | undefined = rows[name];
    return shape ? input(name, "float32", ["batch", ...shape]) : null;
  });
  return { vectors, batch, objectives: model.objectives(parameters, batch, loss, context) };
}

function batchOf(array: (name: keyof RowShapes) => Tensor | null): Batch {
  const x = array("x")!;
  return { x, target: array("target") ?? x, mask: array("mask"), weight: array("weight") };
}

function noiseRecorder(recorded: NoiseInput[]): Context {
  return {
    training: true,
    noise: (kind, shape) => {
      const perRow = shape[0] === "batch";
      const own = (perRow ? shape.slice(1) : shape) as readonly number[];
      const name = `noise.${recorded.length}`;
      recorded.push({ name, kind, shape: own, perRow });
      return input(name, "float32", shape);
    },
    update: () => {},
  };
}

/** The program that gives the losses of rows with given state, without noise and without learning. */
export function evaluationProgram(model: Model, loss: Loss, rows: RowShapes): Uint8Array {
  const { vectors, batch, objectives } = objectivesOf(model, loss, rows, inference);
  const { x, target, mask, weight } = batch;
  const given = [x, rows.target ? target : null, mask, weight].filter((array) => array !== null);
  const outputs = Object.fromEntries(objectives.map(({ name, loss }) => [name, loss]));
  return writeProgram({ inputs: [...vectors, ...given], outputs }, { name: "evaluation" });
}

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
