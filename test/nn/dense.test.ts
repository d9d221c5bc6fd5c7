import { describe, expect, test } from "vitest";
import * as g from "../../src/graph/index.ts";
import { dense } from "../../src/nn/index.ts";
import { random } from "../../src/random.ts";
import { compute, drawCells, farthest } from "../graph/compute.ts";

const [rows, steps] = [3, 4];

/** x [rows, 1, inputs] or [rows, steps, inputs] on its way to the layer. */
const ways: readonly {
  readonly title: string;
  readonly steps: number;
  readonly way: (x: g.Tensor) => g.Tensor;
}[] = [
  { title: "as they are", steps, way: (x) => x },
  { title: "turned", steps, way: (x) => g.transpose(x, [1, 0, 2]) },
  { title: "repeated", steps: 1, way: (x) => g.repeat(x, 1, steps) },
  {
    title: "repeated and turned",
    steps: 1,
    way: (x) => g.transpose(g.repeat(x, 1, steps), [1, 0, 2]),
  },
];

describe.each([
  { inputs: 2, outputs: 5 },
  { inputs: 5, outputs: 2 },
])("a dense layer from $inputs to $outputs", ({ inputs, outputs }) => {
  const [w, b] = [g.input("w", "float64", [inputs, outputs]), g.input("b", "float64", [outputs])];

  test.each(ways)("takes sequences $title: value and gradients of x W + b", async (each) => {
    const x = g.input("x", "float64", ["rows", each.steps, inputs]);
    const seen = each.way(x);
    const y = dense(seen, w, b);
    const plain = g.add(g.matmul(seen, w), b);
    expect(y.shape).toEqual(plain.shape);
    const wrt = [x, w, b];
    const [own, theirs] = [y, plain].map((z) => g.gradient(g.sum(g.exp(z)), wrt));
    const given = [x, w, b].map(({ shape }, i) => {
      const sizes = shape.map((dim) => (typeof dim === "string" ? rows : dim));
      return { shape: sizes, cells: drawCells(sizes, -0.9, 0.9, random(2, i)) };
    });
    const named = (prefix: string, z: g.Tensor, gradients: readonly g.Tensor[]) =>
      Object.fromEntries([z, ...gradients].map((t, i) => [`${prefix}${i}`, t]));
    const results = await compute(
      wrt,
      { ...named("own", y, own!), ...named("their", plain, theirs!) },
      given,
    );
    for (let i = 0; i < 4; i++)
      expect(farthest(results[`own${i}`]!, results[`their${i}`]!)).toBeLessThan(1e-12);
  });
});

test("what is turned and turned back was never turned", () => {
  const x = g.input("x", "float32", ["rows", 4, 2]);
  expect(g.transpose(g.transpose(x, [1, 0, 2]), [1, 0, 2])).toBe(x);
  const round = g.transpose(g.transpose(x, [2, 0, 1]), [2, 1, 0]);
  expect(round.shape).toEqual([4, "rows", 2]);
  expect(round.node.inputs).toEqual([x]);
});
