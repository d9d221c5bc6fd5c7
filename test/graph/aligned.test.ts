import { expect, test } from "vitest";
import {
  add,
  constant,
  greater,
  input,
  list,
  maximum,
  mean,
  mul,
  type Shape,
  sub,
  type Tensor,
  where,
} from "../../src/graph/index.ts";
import { compile } from "./compute.ts";

/** The shapes of what the operators of a program take, line by line. */
function shapesOf(inputs: readonly Tensor[], y: Tensor): readonly (readonly [string, Shape[]])[] {
  const { constants, lines, ...listing } = list({ inputs, outputs: { y } });
  const shapes = new Map<string, Shape>(listing.inputs.map(({ name, shape }) => [name, shape]));
  for (const { name, value } of constants) shapes.set(name, value.shape);
  for (const { outputs } of lines) for (const { name, shape } of outputs) shapes.set(name, shape);
  return lines.map((line) => [line.node.op.onnx, line.inputs.map((name) => shapes.get(name)!)]);
}
const x = input("x", "float32", ["rows", 4, 3, 1]);

test("beside a tensor whose last axis is of size 1 a number has as many axes", () => {
  const lines = shapesOf(
    [x],
    add(maximum(mul(x, 2), 0), constant("float32", [1], new Float32Array([3]))),
  );
  expect(lines.map(([op]) => op)).toEqual(["Mul", "Max", "Add"]);
  for (const [, [, small]] of lines) expect(small).toEqual([1, 1, 1, 1]);
});

test("so has one that is computed", () => {
  const scale = input("scale", "float32", []);
  const lines = shapesOf([x, scale], mul(x, scale));
  expect(lines.map(([op]) => op)).toEqual(["Reshape", "Mul"]);
  expect(lines[1]![1]).toEqual([x.shape, [1, 1, 1, 1]]);
});

test("the numbers stay what they were", async () => {
  const scale = input("scale", "float32", []);
  const inputs = [x, scale];
  const outputs = {
    scaled: mul(scale, sub(3, x)),
    chosen: where(greater(x, 0), x, scale),
  };
  const cells = Array.from({ length: 24 }, (_, i) => i - 12);
  const compute = await compile(inputs, outputs);
  const { scaled, chosen } = await compute([
    { shape: [2, 4, 3, 1], cells },
    { shape: [], cells: [0.5] },
  ]);
  await compute.dispose();
  expect(scaled).toEqual(cells.map((cell) => 0.5 * (3 - cell)));
  expect(chosen).toEqual(cells.map((cell) => (cell > 0 ? cell : 0.5)));
});

test("elsewhere operands stay as they are", () => {
  const wide = input("x", "float32", ["rows", 4, 3, 2]);
  expect(shapesOf([wide], mul(wide, 2))).toEqual([["Mul", [wide.shape, []]]]);
  const column = input("x", "float32", ["rows", 1]);
  expect(shapesOf([column], mul(column, 2))).toEqual([["Mul", [column.shape, []]]]);
  const total = shapesOf([x], mean(x, [1, 2, 3]));
  expect(total.at(-1)![1]).toEqual([["rows"], []]);
});
