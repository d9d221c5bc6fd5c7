import { expect, test } from "vitest";
import type { Tensor } from "../../src/graph/index.ts";
import * as g from "../../src/graph/index.ts";
import { random } from "../../src/random.ts";
import { compute, directional, drawCells, farthest, type Given } from "./compute.ts";

/** A recurrent layer with a gate: two states, two sequences, a captured weight and a captured bias. */
function step(w: Tensor, b: Tensor) {
  return ([h, c]: readonly Tensor[], [x, gate]: readonly Tensor[]) => {
    const next = g.tanh(g.add(g.gemm(h!, w, b), x!));
    const kept = g.add(g.mul(c!, gate!), next);
    return { state: [next, kept], outputs: [g.mul(kept, h!), g.square(next)] };
  };
}

const steps = 4;
const sizes = { h: [2, 3], c: [2, 3], x: [steps, 2, 3], gate: [steps, 2, 1], w: [3, 3], b: [3] };
const given: Given[] = Object.values(sizes).map((shape, i) => ({
  shape,
  cells: drawCells(shape, -0.9, 0.9, random(4, i)),
}));

function graph(unrolled: boolean, dims: { readonly steps: g.Dim; readonly rows: g.Dim }) {
  const { steps: t, rows } = dims;
  const shapes = {
    h: [rows, 3],
    c: [rows, 3],
    x: [t, rows, 3],
    gate: [t, rows, 1],
    w: [3, 3],
    b: [3],
  };
  const inputs = Object.entries(shapes).map(([name, shape]) => g.input(name, "float64", shape));
  const [h, c, x, gate, w, b] = inputs as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
  const weight = g.mul(w, 0.5);
  const result = unrolled
    ? unroll([h, c], [x, gate], step(weight, b))
    : g.scan([h, c], [x, gate], step(weight, b));
  const parts = [...result.state, ...result.outputs];
  const loss = parts
    .map((p, i) => g.sum(g.mul(g.square(g.add(p, 0.3)), i + 1)))
    .reduce((a, p) => g.add(a, p));
  return { inputs, loss, outputs: result.outputs, gradients: g.gradient(loss, inputs) };
}

function unroll(
  initial: readonly Tensor[],
  sequences: readonly Tensor[],
  body: ReturnType<typeof step>,
) {
  let state = initial;
  const kept: Tensor[][] = [];
  for (let t = 0; t < steps; t++) {
    const slices = sequences.map((s) => g.reshape(g.slice(s, t, t + 1, 0), s.shape.slice(1)));
    const next = body(state, slices);
    state = next.state;
    kept.push(next.outputs.map((o) => g.reshape(o, [1, ...o.shape])));
  }
  return {
    state,
    outputs: kept[0]!.map((_, i) =>
      g.concat(
        kept.map((o) => o[i]!),
        0,
      ),
    ),
  };
}

const all = ({ loss, outputs, gradients }: ReturnType<typeof graph>): Record<string, Tensor> =>
  Object.fromEntries([loss, ...outputs, ...gradients].map((t, i) => [`o${i}`, t]));

test.each([
  ["of known sizes", { steps, rows: 2 }],
  ["of unknown sizes", { steps: "steps", rows: "rows" }],
])("a scan %s has the values and the gradients of its unrolled graph", async (_, dims) => {
  const scanned = graph(false, dims);
  const unrolled = graph(true, { steps, rows: 2 });
  const a = await compute(scanned.inputs, all(scanned), given);
  const b = await compute(unrolled.inputs, all(unrolled), given);
  expect(Object.keys(a)).toHaveLength(9);
  for (const name of Object.keys(a)) expect(farthest(a[name]!, b[name]!)).toBeLessThan(1e-12);
});

test("its gradient is its slope, by initial state, sequences and captured weights", async () => {
  const { inputs, loss, gradients } = graph(false, { steps: "steps", rows: "rows" });
  for (const [i, gradient] of gradients.entries()) {
    const { slope, difference } = await directional(
      inputs,
      [i],
      loss,
      [gradient],
      given,
      [1],
      1e-5,
    );
    expect(Math.abs(difference)).toBeGreaterThan(1e-2);
    expect(Math.abs(slope - difference) / Math.abs(difference)).toBeLessThan(1e-6);
  }
});

test("what hangs on no step is computed once, outside, and sizes are read there too", () => {
  const x = g.input("x", "float32", ["steps", "batch", 2]);
  const w = g.input("w", "float32", [2]);
  const { outputs } = g.scan([g.sum(w)], [x], ([total], [row]) => {
    const scale = g.exp(w);
    return {
      state: [g.add(total!, 1)],
      outputs: [g.mean(g.sum(g.mul(row!, scale), 1))],
    };
  });
  expect(g.print({ inputs: [x, w], outputs: { means: outputs[0]! } })).toMatchInlineSnapshot(`
    "input x: float32[steps, batch, 2]
    input w: float32[2]
    exp_1: [2] = Exp(w)
    shape_1: [3] = Shape(x)
    gather_1: [] = Gather(shape_1, 1, axis=0)
    cast_1: [] = Cast(gather_1, to=1)
    reciprocal_1: [] = Reciprocal(cast_1)
    reducesum_1: [] = ReduceSum(w, [0])
    scan_1, means: [], [steps] = Scan(reducesum_1, x) {
      input state_1: float32[]
      input slice_1: float32[batch, 2]
      add_1: [] = Add(state_1, 1)
      mul_1: [batch, 2] = Mul(slice_1, exp_1)
      reducesum_2: [batch] = ReduceSum(mul_1, [1])
      reducesum_3: [] = ReduceSum(reducesum_2, [0])
      mul_2: [] = Mul(reducesum_3, reciprocal_1)
      return add_1, mul_2
    }
    return means"
  `);
});

test("only the outputs that something uses are computed", () => {
  const x = g.input("x", "float32", ["steps", 2]);
  const { state } = g.scan([g.tensor([0, 0])], [x], ([s], [row]) => ({
    state: [g.add(s!, row!)],
    outputs: [g.exp(row!)],
  }));
  expect(g.print({ inputs: [x], outputs: { sum: state[0]! } })).toMatchInlineSnapshot(`
    "input x: float32[steps, 2]
    sum: [2] = Scan([0, 0], x) {
      input state_1: float32[2]
      input slice_1: float32[2]
      add_1: [2] = Add(state_1, slice_1)
      return add_1
    }
    return sum"
  `);
});

test("a scan within a scan runs and has its gradient", async () => {
  const x = g.input("x", "float64", ["steps", 3, 2]);
  const w = g.input("w", "float64", [2]);
  const { state } = g.scan([w], [x], ([s], [rows]) => {
    const inner = g.scan([s!], [rows!], ([t], [row]) => ({
      state: [g.mul(g.tanh(t!), g.add(row!, w))],
    }));
    return { state: inner.state };
  });
  const y = g.sum(state[0]!);
  const cells: Given[] = [
    { shape: [2, 3, 2], cells: drawCells([2, 3, 2], 0.5, 1.5, random(8)) },
    { shape: [2], cells: [0.7, 1.1] },
  ];
  const { slope, difference } = await directional(
    [x, w],
    [0, 1],
    y,
    g.gradient(y, [x, w]),
    cells,
    [1],
    1e-5,
  );
  expect(Math.abs(difference)).toBeGreaterThan(1e-3);
  expect(slope).toBeCloseTo(difference, 6);
});

test("a state that changes its type is refused where it is written", () => {
  const x = g.input("x", "float32", ["steps", 2]);
  const run = () => g.scan([g.scalar(0)], [x], (_, [row]) => ({ state: [row!] }));
  expect(run).toThrow("scan: state 0 must stay float32[], the body gives float32[2]");
});

test("a second-order gradient of a scan is refused with a reason", () => {
  const { inputs, gradients } = graph(false, { steps: "steps", rows: "rows" });
  expect(() => g.gradient(g.sum(gradients[4]!), inputs)).toThrow(
    "a Scan has no second-order gradient",
  );
});

test.each([
  ["forwards", false],
  ["backwards", true],
])("a scan %s has the gradient of its flipped twin", async (_, backwards) => {
  const inputs = [g.input("x", "float64", [steps, 2]), g.input("w", "float64", [2])];
  const [x, w] = inputs as [Tensor, Tensor];
  const flipped = g.gather(x, g.integers([3, 2, 1, 0]), 0);
  const run = (rows: Tensor, options: { readonly backwards: boolean }) =>
    g.scan(
      [g.zerosLike(w)],
      [rows],
      ([s], [row]) => {
        const next = g.tanh(g.add(g.mul(s!, w), row!));
        return { state: [next], outputs: [g.square(next)] };
      },
      options,
    );
  const loss = ({ state, outputs }: ReturnType<typeof run>): Tensor =>
    g.add(g.sum(state[0]!), g.sum(outputs[0]!));
  const [one, other] = [run(x, { backwards }), run(flipped, { backwards: !backwards })];
  const cells = [
    { shape: [steps, 2], cells: drawCells([steps, 2], -0.9, 0.9, random(1)) },
    { shape: [2], cells: [0.4, -0.7] },
  ];
  const results = await compute(
    inputs,
    {
      state: g.sub(one.state[0]!, other.state[0]!),
      outputs: g.sub(one.outputs[0]!, g.gather(other.outputs[0]!, g.integers([3, 2, 1, 0]), 0)),
      slope: g.sub(g.gradient(loss(one), [w])[0]!, g.gradient(loss(other), [w])[0]!),
      itself: g.gradient(loss(one), [w])[0]!,
    },
    cells,
  );
  for (const name of ["state", "outputs", "slope"])
    expect(Math.max(...results[name]!.map(Math.abs)), name).toBeLessThan(1e-12);
  expect(Math.min(...results.itself!.map(Math.abs))).toBeGreaterThan(1e-3);
});

test("a gradient written by hand takes the place of the derived one, for each tensor once", async () => {
  const [x, w] = [g.input("x", "float64", [steps, 2]), g.input("w", "float64", [2])];
  const start = g.zerosLike(w);
  // sums of x w in two states that start from the same zeros
  const { state } = g.scan(
    [start, start],
    [x],
    ([a, b], [row]) => ({ state: [g.add(a!, g.mul(row!, w)), g.add(b!, row!)] }),
    {
      gradient: ({ state: [ga], outputs }, { before }) => {
        expect([outputs, before.map(({ shape }) => shape)]).toEqual([
          [],
          [
            [4, 2],
            [4, 2],
          ],
        ]);
        return new Map([[w, g.mul(g.sum(x, 0), g.mul(ga!, 100))]]);
      },
    },
  );
  const found = g.gradient(g.sum(state[0]!), [w, x]);
  const cells = [...Array(8).keys()];
  const given = [
    { shape: [steps, 2], cells },
    { shape: [2], cells: [1, 2] },
  ];
  const results = await compute([x, w], { w_: found[0]!, x_: found[1]! }, given);
  expect(results).toEqual({ w_: [1200, 1600], x_: new Array(8).fill(0) });
});
