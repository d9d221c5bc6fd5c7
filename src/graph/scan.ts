import { mistake } from "../errors.ts";
import { pullback } from "./gradient.ts";
import { add } from "./ops/elementwise.ts";
import { zerosLike } from "./ops/shape.ts";
import {
  apply,
  type Body,
  checkTensor,
  input,
  isConstant,
  type Node,
  type Op,
  type Tensor,
} from "./tensor.ts";
import { type Dim, type Shape, sameShape, typeText } from "./type.ts";
import { walk } from "./walk.ts";

/** What one step computes: the next state, and what is kept of this step. */
export interface ScanStep {
  readonly state: readonly Tensor[];
  readonly outputs?: readonly Tensor[];
}

/** What a scan gave, or the gradients of that: the last state, the outputs of all steps. */
export interface ScanResult<T = Tensor> {
  readonly state: readonly T[];
  readonly outputs: readonly T[];
}

/** What a hand-written gradient may use of its scan: `before` is the state that each step met, stacked. */
export interface ScanRecord extends ScanResult {
  readonly before: readonly Tensor[];
}

/**
 * Gives, from the gradients of a scan's results (null where none flows), those of the tensors that it
 * took: initial state, sequences, captures. What it leaves out gets none.
 */
export type ScanGradient = (
  gradients: ScanResult<Tensor | null>,
  record: ScanRecord,
) => ReadonlyMap<Tensor, Tensor>;

export interface ScanOptions {
  /** From the last slice to the first; outputs lie where their slices lay. */
  readonly backwards?: boolean;
  /** Takes the place of the gradient that is derived from the body. */
  readonly gradient?: ScanGradient;
}

/**
 * Runs `body` over the slices of `sequences` along their first axis, handing the state on.
 * Gives the last state and the outputs of all steps, stacked. What the body uses from outside is
 * captured, as by any function, and computed once.
 */
export function scan(
  initial: readonly Tensor[],
  sequences: readonly Tensor[],
  body: (state: readonly Tensor[], slices: readonly Tensor[]) => ScanStep,
  { backwards = false, gradient }: ScanOptions = {},
): ScanResult {
  if (![initial, sequences].every(Array.isArray) || typeof body !== "function")
    throw mistake("scan: takes two lists of tensors and a function of them");
  for (const each of [...initial, ...sequences]) checkTensor("scan", each);
  const states = initial.map((t) => input("state", t.dtype, t.shape));
  const slices = sequences.map((t) => input("slice", t.dtype, t.shape.slice(1)));
  const { state, outputs = [] } = body(states, slices);
  state.forEach((next, i) => {
    if (!sameShape(next.shape, initial[i]!.shape) || next.dtype !== initial[i]!.dtype)
      throw mistake(
        `scan: state ${i} must stay ${typeText(initial[i]!)}, the body gives ${typeText(next)}`,
      );
  });
  // the incoming states are outputs too: the gradient needs them, and nobody pays where none is taken
  const results = run(
    { initial, sequences },
    { parameters: [...states, ...slices], results: [...state, ...outputs, ...states] },
    backwards,
    gradient ? { ...Scan, grad: handWritten(gradient) } : Scan,
  );
  const { before: _, ...result } = recordOf(results, states.length);
  return result;
}

/** The outputs of a Scan node, by what they are for. */
function recordOf<T>(results: readonly T[], states: number) {
  const last = results.length - states;
  return {
    state: results.slice(0, states),
    outputs: results.slice(states, last),
    before: results.slice(last),
  };
}

const handWritten =
  (gradient: ScanGradient): Op["grad"] =>
  (node, gradients) => {
    const { states } = partsOf(node);
    const { before, ...given } = recordOf(gradients, states);
    refuseSecondOrder(before);
    const found = new Map(gradient(given, recordOf(node.outputs, states)));
    // a tensor that stands in two places gets its gradient once
    return node.inputs.map((each) => {
      const g = found.get(each) ?? null;
      found.delete(each);
      return g;
    });
  };

function refuseSecondOrder(before: readonly (Tensor | null)[]): void {
  if (before.some((g) => g !== null))
    throw mistake("gradient: a Scan has no second-order gradient");
}

function run(
  { initial, sequences }: { initial: readonly Tensor[]; sequences: readonly Tensor[] },
  body: Body,
  backwards: boolean,
  op: Op,
): readonly Tensor[] {
  const inputs = [...initial, ...sequences, ...capturesOf(body)];
  const attributes = {
    body,
    num_scan_inputs: sequences.length,
    ...(backwards && {
      scan_input_directions: sequences.map(() => 1),
      scan_output_directions: body.results.slice(initial.length).map(() => 1),
    }),
  };
  return apply(op, inputs, attributes);
}

/** The parts of a Scan node, by what they are for. */
function partsOf({ inputs, attributes }: Node) {
  const body = attributes.body as Body;
  const count = body.parameters.length;
  const states = count - (attributes.num_scan_inputs as number);
  return { body, states, initial: inputs.slice(0, states), sequences: inputs.slice(states, count) };
}

export const Scan: Op = {
  onnx: "Scan",
  type: (inputs, attributes) => {
    const body = attributes.body as Body;
    const states = body.parameters.length - (attributes.num_scan_inputs as number);
    const steps = inputs[states]!.shape[0] as Dim;
    return body.results.map(({ dtype, shape }, i): { dtype: typeof dtype; shape: Shape } => ({
      dtype,
      shape: i < states ? shape : [steps, ...shape],
    }));
  },
  grad: (node, gradients) => {
    const { body, states, initial, sequences } = partsOf(node);
    const stacked = body.results.length - 2 * states;
    const captures = node.inputs.slice(body.parameters.length);
    const history = node.outputs.slice(states + stacked);
    const given = gradients.slice(states, states + stacked);
    refuseSecondOrder(gradients.slice(states + stacked));

    const carried = [...node.outputs.slice(0, states), ...captures];
    const start = carried.map((t, i) => (i < states && gradients[i]) || zerosLike(t));
    const sums = start.map((t) => input("gradient", t.dtype, t.shape));
    const used = given.flatMap((g, i) => (g ? [{ g, i }] : []));
    const seeds = used.map(({ g }) => input("seed", g.dtype, g.shape.slice(1)));

    const outputs = body.results.slice(0, states + stacked);
    const seedOf: (Tensor | null)[] = outputs.map((_, i) => (i < states ? sums[i]! : null));
    used.forEach(({ i }, k) => {
      seedOf[states + i] = seeds[k]!;
    });
    const wrt = [...body.parameters, ...captures];
    const found = pullback(outputs, seedOf, wrt, { frontier: true });
    const of = (i: number): Tensor => found[i] ?? zerosLike(wrt[i]!);
    const first = body.parameters.length;
    const backwards: Body = {
      parameters: [...sums, ...body.parameters, ...seeds],
      results: [
        ...initial.map((_, i) => of(i)),
        ...captures.map((_, i) =>
          found[first + i] ? add(sums[states + i]!, of(first + i)) : sums[states + i]!,
        ),
        ...sequences.map((_, i) => of(states + i)),
      ],
    };
    const results = run(
      { initial: start, sequences: [...history, ...sequences, ...used.map(({ g }) => g)] },
      backwards,
      node.attributes.scan_input_directions === undefined,
      Scan,
    );
    const carriedCount = states + captures.length;
    return [
      ...results.slice(0, states),
      ...results.slice(carriedCount),
      ...results.slice(states, carriedCount),
    ];
  },
};

/** Below this many cells a constant is repeated in the body, which is cheaper than handing it in. */
export const localConstantCells = 64;

/** A constant that each scope has for itself. */
export function isLocalConstant(value: Tensor): boolean {
  return isConstant(value) && !value.node.name && value.node.data!.length <= localConstantCells;
}

/** What the body uses from outside: the tensors nearest to it that hang on none of its parameters. */
function capturesOf({ parameters, results }: Body): readonly Tensor[] {
  const inside = new Map<Node, boolean>(parameters.map((p) => [p.node, true]));
  walk(
    results.map((result) => result.node),
    (node) => (inside.has(node) ? [] : node.inputs.map((each) => each.node)),
    (node) => {
      if (!inside.has(node))
        inside.set(
          node,
          node.inputs.some((each) => inside.get(each.node)),
        );
    },
  );
  const captures = new Set<Tensor>();
  const seen = new Set<Node>();
  const left = [...results].reverse();
  for (let tensor = left.pop(); tensor; tensor = left.pop()) {
    const { node } = tensor;
    if (!inside.get(node)) {
      if (!isLocalConstant(tensor)) captures.add(tensor);
    } else if (!seen.has(node)) {
      seen.add(node);
      left.push(...[...node.inputs].reverse());
    }
  }
  return [...captures];
}
