import { describe, expect, test } from "vitest";
import { constant, dataOf, gradient, mul, operators, sum } from "../../src/graph/index.ts";
import { random } from "../../src/random.ts";
import { type Case, cases, inputsOf, operatorsOf } from "./cases.ts";
import { compute, directional, drawCells, farthest, type Given } from "./compute.ts";

test("every operator has a case", () => {
  const covered = new Set(cases.map(({ op }) => op));
  expect(operators.map(({ onnx }) => onnx).filter((name) => !covered.has(name))).toEqual([]);
});

/** Cells of the inputs, drawn anew for every case. */
const cellsOf = ({ inputs }: Case, index: number): Given[] => {
  const source = random(11, index);
  return inputs.map(({ shape, low, high, cells }) => ({
    shape,
    cells: cells ?? drawCells(shape, low, high, source),
  }));
};

/** Differences in double are exact to about 1e-9; in float32 a longer step and some rounding remain. */
const precision = {
  float64: { value: 1e-10, slope: 1e-6, step: 1e-5 },
  float32: { value: 2e-6, slope: 2e-3, step: 5e-3 },
};

describe.each(cases.map((each, index) => ({ ...each, index })))("$op: $title", (each) => {
  const dtype = each.single ? "float32" : "float64";
  const inputs = inputsOf(each, dtype);
  const y = each.f(...inputs);
  const row = operators.find(({ onnx }) => onnx === each.op)!;
  const given = cellsOf(each, each.index);
  const tolerance = precision[dtype];

  test("it is in the graph of its case, and gives what its formula gives", async () => {
    expect(operatorsOf(y)).toContain(each.op);
    const results = await compute(inputs, { y }, given);
    const expected = each.value(...given.map(({ cells }) => cells as number[]));
    if (typeof expected[0] === "string") expect(results.y).toEqual(expected);
    else expect(farthest(results.y!, expected as number[])).toBeLessThan(tolerance.value);
  });

  const smooth = inputs.flatMap((x, i) => (x.dtype === dtype ? [i] : []));
  const wrt = smooth.map((i) => inputs[i]!);
  if (row.grad === "undefined")
    test("asking for its gradient is refused", () => {
      expect(() => gradient(sum(y), wrt)).toThrow(`${each.op} has none`);
    });
  else if (wrt.length > 0)
    test(row.grad === "zero" ? "its gradient is zero" : "its gradient is its slope", async () => {
      const cells = (each.value(...given.map((v) => v.cells as number[])) as number[]).length;
      const source = random(3, each.index);
      const weights = Array.from({ length: cells }, () => 0.5 + source.uniform());
      const known = y.shape.every((dim) => typeof dim === "number");
      const used = known ? weights : weights.map(() => 1);
      const loss = known
        ? sum(mul(y, constant(y.dtype, y.shape, dataOf(y.dtype, weights))))
        : sum(y);
      const gradients = gradient(loss, wrt);
      gradients.forEach((g, i) => {
        expect({ dtype: g.dtype, shape: g.shape }).toEqual({ dtype, shape: wrt[i]!.shape });
      });
      const { slope, difference, value } = await directional(
        inputs,
        smooth,
        y,
        gradients,
        given,
        used,
        tolerance.step,
      );
      if (row.grad === "zero") {
        expect(slope).toBe(0);
        return;
      }
      const scale = Math.max(1, Math.abs(difference), ...value.map(Math.abs));
      expect(Math.abs(slope - difference) / scale).toBeLessThan(tolerance.slope);
      expect(slope === 0).toBe(each.flat ?? false);
    });
});
