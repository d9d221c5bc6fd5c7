import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as g from "../../src/graph/index.ts";
import { inference, type Layer, sequence } from "../../src/nn/index.ts";
import { compute, farthest, type Given } from "../graph/compute.ts";

/** A layer as Keras computes it, with the gradients of sum(factor y). */
interface Golden {
  readonly layer: Layer;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly x: readonly number[];
  readonly factor: readonly number[];
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly y: readonly number[];
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}
const file = new URL("../golden/convolution.json", import.meta.url);
const cases = JSON.parse(readFileSync(file, "utf8")) as readonly Golden[];

const titled = cases.map((each) => {
  const { layer, ...options } = each.layer;
  const text = JSON.stringify(options).replaceAll('"', "");
  return { ...each, title: `${layer} ${text} of [${each.input.slice(1).join(", ")}]` };
});

/** The layer on inputs whose number of rows is not known, with all that its case gives. */
function programOf({ layer, input, output, x, factor, weights }: Golden) {
  const made = sequence("net", [layer], input.slice(1));
  const image = g.input("x", "float32", ["batch", ...input.slice(1)]);
  const parameters = Object.fromEntries(
    Object.entries(made.parameters).map(([name, { shape }]) => [
      name,
      g.input(name, "float32", shape),
    ]),
  );
  const inputs = [image, ...Object.values(parameters)];
  const given: Given[] = [
    { shape: input, cells: x },
    ...Object.entries(made.parameters).map(([name, { shape }]) => ({
      shape,
      cells: weights[name.split(".").at(-1)!]!,
    })),
  ];
  const y = made.apply(parameters, image, inference);
  const weighted = g.input("factor", "float32", ["batch", ...output.slice(1)]);
  return {
    made,
    y,
    wrt: inputs,
    inputs: [...inputs, weighted],
    given: [...given, { shape: output, cells: factor }],
    loss: g.sum(g.mul(y, weighted)),
  };
}

describe.each(titled)("$title", (each) => {
  test("has the shape that it promises", () => {
    const { made, y } = programOf(each);
    expect(made.outputShape).toEqual(each.output.slice(1));
    expect(y.shape).toEqual(["batch", ...each.output.slice(1)]);
  });

  test("gives the numbers and the gradients of Keras", async () => {
    const { y, wrt, inputs, given, loss } = programOf(each);
    const names = ["x", ...Object.keys(each.weights)];
    const gradients = g.gradient(loss, wrt);
    const outputs = Object.fromEntries(gradients.map((d, i) => [`d.${names[i]}`, d]));
    const results = await compute(inputs, { y, ...outputs }, given);
    const relative = (values: readonly number[], wanted: readonly number[]): number =>
      farthest(values, wanted) / Math.max(1, ...wanted.map(Math.abs));
    expect(relative(results.y!, each.y)).toBeLessThan(1e-5);
    for (const [name, wanted] of Object.entries(each.gradients))
      expect(relative(results[`d.${name}`]!, wanted), name).toBeLessThan(1e-5);
  });
});
