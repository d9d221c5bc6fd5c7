import { expect, test } from "vitest";
import * as g from "../../src/graph/index.ts";
import { compute } from "./compute.ts";

const linesOf = (y: g.Tensor, inputs: readonly g.Tensor[]): string[] =>
  g.list({ inputs, outputs: { y } }).lines.map(({ node }) => node.op.onnx);

const x = g.input("x", "float32", ["batch", 3]);

test("a small graph reads like the formula", () => {
  const w = g.tensor([[1], [2], [3]]);
  const y = g.relu(g.gemm(x, w, g.tensor([0.5])));
  expect(
    g.print({ inputs: [x], outputs: { y, loss: g.mean(g.square(y)) } }),
  ).toMatchInlineSnapshot(`
    "input x: float32[batch, 3]
    gemm_1: [batch, 1] = Gemm(x, [1, 2, 3], [0.5], transA=0, transB=0)
    y: [batch, 1] = Relu(gemm_1)
    reducesumsquare_1: [] = ReduceSumSquare(y, [0, 1])
    shape_1: [2] = Shape(x)
    gather_1: [] = Gather(shape_1, 0, axis=0)
    cast_1: [] = Cast(gather_1, to=1)
    reciprocal_1: [] = Reciprocal(cast_1)
    loss: [] = Mul(reducesumsquare_1, reciprocal_1)
    return y, loss"
  `);
});

test("the same expression written twice is computed once", () => {
  const twice = g.add(g.mul(g.exp(x), g.exp(x)), g.exp(x));
  expect(linesOf(twice, [x])).toEqual(["Exp", "Mul", "Add"]);
  const constants = g.mul(g.add(x, g.scalar(2)), g.add(x, g.scalar(2)));
  expect(linesOf(constants, [x])).toEqual(["Add", "Mul"]);
});

test("attributes, element types and values tell expressions apart", async () => {
  const v = g.input("v", "float32", [4]);
  const outputs = {
    a: g.leakyRelu(v, 0.1),
    b: g.leakyRelu(v, 0.2),
    zero: g.div(v, g.scalar(0)),
    minus: g.div(v, g.scalar(-0)),
  };
  expect(g.list({ inputs: [v], outputs }).lines).toHaveLength(4);
  const results = await compute([v], outputs, [{ shape: [4], cells: [-1, -1, 1, 1] }]);
  expect(results.zero).toEqual([-Infinity, -Infinity, Infinity, Infinity]);
  expect(results.minus).toEqual([Infinity, Infinity, -Infinity, -Infinity]);
});

test("constants of other strings are other constants", async () => {
  const a = g.constant("string", [2], ["a,b", "c"]);
  const b = g.constant("string", [2], ["a", "b,c"]);
  expect(g.list({ inputs: [x], outputs: { a, b } }).constants).toHaveLength(2);
});

test("an unknown size is read off an input once, however many means need it", () => {
  const y = g.add(g.mean(x), g.mean(g.square(x)));
  const lines = linesOf(y, [x]);
  expect(lines.filter((name) => name === "Shape")).toHaveLength(1);
  expect(lines.filter((name) => name === "Reciprocal")).toHaveLength(1);
});

test("means over unknown sizes are means", async () => {
  const outputs = { all: g.mean(x), rows: g.mean(x, 0), columns: g.mean(x, 1) };
  const results = await compute([x], outputs, [{ shape: [2, 3], cells: [1, 2, 3, 4, 5, 9] }]);
  expect(results).toEqual({ all: [4], rows: [2.5, 3.5, 6], columns: [2, 6] });
});

test("a number of a shape no input has is refused", () => {
  const y = g.extent("steps");
  expect(() => linesOf(y, [x])).toThrow('program: none of its inputs has the size "steps"');
});

test("an input that is not in the list is refused by name", () => {
  expect(() => linesOf(g.exp(x), [])).toThrow('"x" is used but is not one of its inputs');
});

test("two values of one name are refused, whatever they are", () => {
  const other = g.input("x", "float32", [1]);
  const w = () => g.constant("float32", [1], Float32Array.of(1), "w");
  const message = (name: string) => `program: two values are called "${name}"`;
  expect(() => linesOf(g.add(x, other), [x, other])).toThrow(message("x"));
  expect(() => g.list({ inputs: [x], outputs: { x: g.exp(x) } })).toThrow(message("x"));
  expect(() => linesOf(g.add(g.mul(x, w()), w()), [x])).toThrow(message("w"));
  expect(() => g.print({ inputs: [x], outputs: { y: x }, names: { y: x } })).toThrow(message("y"));
});

test("an output that is an input, a constant or another output is given out as a copy", async () => {
  const v = g.input("v", "float32", [2]);
  const e = g.add(v, 1);
  const results = await compute([v], { v2: v, c: g.tensor([3]), e1: e, e2: e }, [
    { shape: [2], cells: [1, 2] },
  ]);
  expect(results).toEqual({ v2: [1, 2], c: [3], e1: [2, 3], e2: [2, 3] });
});

test("named values keep their names, where a model can be cut", () => {
  const h = g.exp(x);
  const y = g.neg(h);
  const text = g.print({ inputs: [x], outputs: { y }, names: { code: h } });
  expect(text).toContain("code: [batch, 3] = Exp(x)");
});

test("adding zero and multiplying by one write nothing", () => {
  expect(g.add(x, 0)).toBe(x);
  expect(g.sub(x, 0)).toBe(x);
  expect(g.mul(x, 1)).toBe(x);
  expect(g.div(x, 1)).toBe(x);
});

test("an expanded tensor is computed with before it is expanded", () => {
  const bias = g.input("bias", "float32", [3]);
  const y = g.exp(g.expandLike(bias, x));
  expect(g.print({ inputs: [x, bias], outputs: { y } })).toMatchInlineSnapshot(`
    "input x: float32[batch, 3]
    input bias: float32[3]
    exp_1: [3] = Exp(bias)
    shape_1: [2] = Shape(x)
    y: [batch, 3] = Expand(exp_1, shape_1)
    return y"
  `);
  expect(linesOf(g.add(g.expandLike(bias, x), x), [x, bias])).toEqual(["Add"]);
});
