import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as g from "../../src/graph/index.ts";
import { inference, type Layer, sequence } from "../../src/nn/index.ts";
import { random } from "../../src/random.ts";
import { compute, drawCells, farthest } from "../graph/compute.ts";

const shapeAfter = (layers: readonly Layer[], shape: readonly number[]): readonly number[] =>
  sequence("net", layers, shape).outputShape;

describe("an image keeps its size, by strides", () => {
  const size = fc.integer({ min: 1, max: 12 });
  const geometry = fc.record({
    height: size,
    width: size,
    channels: fc.integer({ min: 1, max: 3 }),
    kernelSize: fc.integer({ min: 1, max: 5 }),
    strides: fc.integer({ min: 1, max: 4 }),
  });

  test("padded, a convolution divides it and a transposed one multiplies it", () => {
    fc.assert(
      fc.property(geometry, ({ height, width, channels, kernelSize, strides }) => {
        const options = { filters: 2, kernelSize, strides, padding: "same" } as const;
        const small = shapeAfter([{ layer: "conv2d", ...options }], [height, width, channels]);
        expect(small).toEqual([Math.ceil(height / strides), Math.ceil(width / strides), 2]);
        const large = shapeAfter([{ layer: "conv2dTranspose", ...options }], small);
        expect(large).toEqual([small[0]! * strides, small[1]! * strides, 2]);
      }),
    );
  });

  test("unpadded, a transposed convolution undoes what a convolution took", () => {
    fc.assert(
      fc.property(geometry, ({ height, width, channels, kernelSize, strides }) => {
        const options = { filters: 2, kernelSize, strides } as const;
        const rest = Math.max(kernelSize, strides);
        const shape = [(height - 1) * strides + rest, (width - 1) * strides + rest, channels];
        const layers = [
          { layer: "conv2d", ...options },
          { layer: "conv2dTranspose", ...options },
        ] as const;
        expect(shapeAfter(layers, shape).slice(0, 2)).toEqual(shape.slice(0, 2));
      }),
    );
  });
});

test("the graph of a convolution is copies and one product, for any number of rows", () => {
  const x = g.input("x", "float32", ["rows", 4, 4, 9]);
  const k = g.input("k", "float32", [2, 2, 9, 3]);
  const { apply } = sequence(
    "net",
    [{ layer: "conv2d", filters: 3, kernelSize: 2, strides: 2, bias: false }],
    [4, 4, 9],
  );
  const y = apply({ "net.0.weight": k }, x, inference);
  expect(g.print({ inputs: [x, k], outputs: { y } })).toMatchInlineSnapshot(`
    "input x: float32[rows, 4, 4, 9]
    input k: float32[2, 2, 9, 3]
    constant constant_2: int32[16]
    reshape_1: [rows, 16, 9] = Reshape(x, [0, 16, 9])
    gather_1: [rows, 16, 9] = Gather(reshape_1, constant_2, axis=1)
    reshape_2: [rows*4, 36] = Reshape(gather_1, [-1, 36])
    reshape_3: [36, 3] = Reshape(k, [36, 3])
    gemm_1: [rows*4, 3] = Gemm(reshape_2, reshape_3, transA=0, transB=0)
    y: [rows, 2, 2, 3] = Reshape(gemm_1, [-1, 2, 2, 3])
    return y"
  `);
});

test("gradients of gradients are exact: a penalty on the slope of a convolution", async () => {
  const source = random(2);
  const layers: readonly Layer[] = [
    { layer: "conv2d", filters: 3, kernelSize: 3, strides: 2, padding: "same", activation: "tanh" },
    { layer: "conv2dTranspose", filters: 2, kernelSize: 3, strides: 2, activation: "tanh" },
    { layer: "averagePooling2d" },
  ];
  const shape = [2, 5, 4, 2];
  const net = sequence("net", layers, shape.slice(1));
  const x = g.input("x", "float64", shape);
  const parameters = Object.fromEntries(
    Object.entries(net.parameters).map(([name, spec]) => [
      name,
      g.input(name, "float64", spec.shape),
    ]),
  );
  const [slope] = g.gradient(g.sum(net.apply(parameters, x, inference)), [x]);
  const penalty = g.sum(g.square(slope!));
  const wrt = [x, ...Object.values(parameters)];
  const outputs = Object.fromEntries(g.gradient(penalty, wrt).map((d, i) => [`d${i}`, d]));
  const sizes = wrt.map((t) => t.shape as number[]);
  const start = sizes.map((s) => drawCells(s, -1, 1, source));
  const way = sizes.map((s) => drawCells(s, -1, 1, source));
  const at = (step: number) =>
    compute(
      wrt,
      { penalty, ...outputs },
      start.map((cells, i) => ({
        shape: sizes[i]!,
        cells: cells.map((v, k) => v + step * way[i]![k]!),
      })),
    );
  const here = await at(0);
  const along = way.flatMap((cells, i) => cells.map((v, k) => v * here[`d${i}`]![k]!));
  const [after, before] = [await at(1e-5), await at(-1e-5)];
  const difference = (after.penalty![0]! - before.penalty![0]!) / 2e-5;
  expect(along.reduce((a, b) => a + b) / difference).toBeCloseTo(1, 6);
});

test("the largest of equal cells gets the gradient once", async () => {
  const x = g.input("x", "float32", ["rows", 2, 2, 1]);
  const net = sequence("net", [{ layer: "maxPooling2d" }], [2, 2, 1]);
  const [d] = g.gradient(g.sum(net.apply({}, x, inference)), [x]);
  const cells = new Array<number>(4).fill(1);
  const results = await compute([x], { d: d! }, [{ shape: [1, 2, 2, 1], cells }]);
  expect(farthest(results.d!, [1, 0, 0, 0])).toBe(0);
});

test.each([
  [
    { layer: "conv2d", filters: 1, kernelSize: 3 },
    [8, 8],
    "conv2d: takes rows [height, width, channels], got [8, 8]",
  ],
  [
    { layer: "conv1d", filters: 1, kernelSize: 3 },
    [8],
    "conv1d: takes rows [steps, channels], got [8]",
  ],
  [
    { layer: "conv2d", filters: 1, kernelSize: 9 },
    [8, 8, 1],
    "conv2d: a window of [9, 9] does not fit into [8, 8]",
  ],
  [
    { layer: "conv2d", filters: 0, kernelSize: 3 },
    [8, 8, 1],
    "filters must be a number of at least 1, got 0",
  ],
  [
    { layer: "conv2d", filters: 1, kernelSize: [3, 0] },
    [8, 8, 1],
    "kernelSize[1] must be a number of at least 1, got 0",
  ],
  [
    { layer: "maxPooling2d", strides: 1.5 },
    [8, 8, 1],
    "strides must be a whole number or a list, got 1.5",
  ],
  [
    { layer: "conv2dTranspose", filters: 1, kernelSize: 3, padding: "full" },
    [8, 8, 1],
    'padding must be one of valid, same or a list, got "full"',
  ],
] as unknown as [Layer, number[], string][])("%j of %j is refused", (layer, shape, message) => {
  expect(() => sequence("net", [layer], shape)).toThrow(message);
});
