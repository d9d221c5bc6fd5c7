import { expect, test } from "vitest";
import type { Tensor } from "../../src/graph/index.ts";
import * as g from "../../src/graph/index.ts";
import { random } from "../../src/random.ts";
import { compute, directional, drawCells, farthest, type Given } from "./compute.ts";

const cells = (shape: readonly number[], stream: number): Given => ({
  shape,
  cells: drawCells(shape, -1.5, 1.5, random(2, stream)),
});

/** The gradient of sum(dL/dx * v) for a fixed v, against its differences: second order. */
async function secondOrder(inputs: readonly Tensor[], y: Tensor, given: readonly Given[]) {
  const [first] = g.gradient(y, [inputs[0]!]);
  const v = g.constant(
    "float64",
    first!.shape,
    Float64Array.from(cells(given[0]!.shape, 9).cells as number[]),
  );
  const along = g.sum(g.mul(first!, v));
  const second = g.gradient(along, inputs);
  const all = inputs.map((_, i) => i);
  return directional(inputs, all, along, second, given, [1], 1e-5);
}

const x = g.input("x", "float64", [3, 4]);
const w = g.input("w", "float64", [4, 2]);
test.each([
  ["tanh", g.sum(g.square(g.tanh(g.gemm(x, w))))],
  ["sigmoid", g.sum(g.square(g.sigmoid(g.gemm(x, w))))],
  ["a product", g.sum(g.mul(g.mul(x, x), g.matmul(x, g.matmul(w, g.transpose(w)))))],
  ["a quotient", g.sum(g.div(g.gemm(x, w), g.add(g.sum(g.square(x)), 1)))],
  ["softmax", g.sum(g.square(g.softmax(g.gemm(x, w))))],
  ["a mean and a root", g.sum(g.sqrt(g.add(g.mean(g.square(g.gemm(x, w)), 0), 1)))],
  ["slices", g.sum(g.mul(g.pow(g.slice(x, 0, 4, 1, 2), 3), g.gemm(x, w)))],
])("the gradient of a gradient is right through %s", async (_, y) => {
  const { slope, difference } = await secondOrder([x, w], y, [cells([3, 4], 0), cells([4, 2], 1)]);
  expect(Math.abs(difference)).toBeGreaterThan(1e-3);
  expect(Math.abs(slope - difference) / Math.abs(difference)).toBeLessThan(1e-6);
});

test("the squared Jacobian of a sigmoid layer is its closed form, and so is its gradient", async () => {
  const rows = g.input("x", "float64", ["rows", 4]);
  const weight = g.input("w", "float64", [4, 3]);
  const bias = g.input("b", "float64", [3]);
  const h = g.sigmoid(g.gemm(rows, weight, bias));
  // the sum over code units of the squared length of their gradients by x
  const jacobian = g
    .split(h, [1, 1, 1], 1)
    .map((unit) => g.sum(g.square(g.gradient(g.sum(unit), [rows])[0]!)))
    .reduce((a, b) => g.add(a, b));
  // Rifai et al. 2011: sum_j (h_j (1 - h_j))^2 sum_i w_ij^2
  const slopes = g.square(g.mul(h, g.sub(1, h)));
  const closed = g.sum(g.mul(slopes, g.sum(g.square(weight), 0)));
  const wrt = [weight, bias, rows];
  const outputs = Object.fromEntries(
    [jacobian, ...g.gradient(jacobian, wrt), closed, ...g.gradient(closed, wrt)].map((t, i) => [
      `o${i}`,
      t,
    ]),
  );
  const given = [cells([5, 4], 2), cells([4, 3], 3), cells([3], 4)];
  const results = await compute([rows, weight, bias], outputs, given);
  expect(results.o0![0]).toBeGreaterThan(0.1);
  for (let i = 0; i < 4; i++)
    expect(farthest(results[`o${i}`]!, results[`o${i + 4}`]!)).toBeLessThan(1e-12);
});

test("a value used twice gathers both gradients", async () => {
  const y = g.sum(g.add(g.mul(x, 3), g.square(x)));
  const given = cells([3, 4], 5);
  const { d } = await compute([x], { d: g.gradient(y, [x])[0]! }, [given]);
  expect(
    farthest(
      d!,
      (given.cells as number[]).map((v) => 3 + 2 * v),
    ),
  ).toBeLessThan(1e-14);
});

test("what a loss does not hang on has gradient zero, in its own shape", async () => {
  const [none] = g.gradient(g.sum(x), [w]);
  const { none: result } = await compute([x, w], { none: none! }, [
    cells([3, 4], 6),
    cells([4, 2], 7),
  ]);
  expect(none!.shape).toEqual([4, 2]);
  expect(result).toEqual(new Array(8).fill(0));
});

test("an intermediate value can be asked for, beside what it was computed from", async () => {
  const z = g.gemm(x, w);
  const y = g.sum(g.mul(g.tanh(z), g.sum(x)));
  const [dz, dx] = g.gradient(y, [z, x]);
  const given = [cells([3, 4], 8), cells([4, 2], 9)];
  const results = await compute([x, w], { z, dz: dz!, dx: dx! }, given);
  const total = (given[0]!.cells as number[]).reduce((a, b) => a + b, 0);
  expect(
    farthest(
      results.dz!,
      results.z!.map((v) => total / Math.cosh(v) ** 2),
    ),
  ).toBeLessThan(1e-12);
  const { slope, difference } = await directional([x, w], [0], y, [dx!], given, [1], 1e-5);
  expect(slope).toBeCloseTo(difference, 6);
});

test("only a scalar has a gradient", () => {
  expect(() => g.gradient(x, [x])).toThrow("gradient: the loss must be a scalar, got [3, 4]");
});

test.each([
  ["a mean of squares", g.mean(g.square(g.gemm(x, w)))],
  ["a scaled sum", g.mul(3, g.sum(g.exp(g.gemm(x, w))))],
  ["a sum of losses", g.add(g.mean(g.square(g.gemm(x, w))), g.mul(0.1, g.sum(g.square(w))))],
  ["a factor that is learnt itself", g.mul(g.sum(w), g.sum(g.square(x)))],
])("factors kept apart give the same gradient of %s", async (_, loss) => {
  const { scale, gradients } = g.scaledGradient(loss, [x, w]);
  const whole = g.gradient(loss, [x, w]);
  const outputs = Object.fromEntries([
    ...whole.map((d, i) => [`whole${i}`, d] as const),
    ...gradients.map((d, i) => [`apart${i}`, scale ? g.mul(d, scale) : d] as const),
  ]);
  const given = [cells([3, 4], 10), cells([4, 2], 11)];
  const results = await compute([x, w], outputs, given);
  for (const i of [0, 1]) {
    expect(results[`whole${i}`]!.some((v) => Math.abs(v) > 1e-2)).toBe(true);
    expect(farthest(results[`apart${i}`]!, results[`whole${i}`]!)).toBeLessThan(1e-12);
  }
});

test("a long chain has a gradient, and is written out, without a deep stack", () => {
  const x = g.input("x", "float32", []);
  let y: Tensor = x;
  for (let i = 0; i < 20_000; i++) y = g.sin(y);
  const [slope] = g.gradient(y, [x]);
  expect(g.list({ inputs: [x], outputs: { slope: slope! } }).lines.length).toBeGreaterThan(40_000);
});
