import type { DType, Shape, Tensor } from "../../src/graph/index.ts";
import * as g from "../../src/graph/index.ts";
import { recurrentCases } from "./recurrent-cases.ts";

/** An input of a case: its real sizes, the sizes that the graph knows, and where its cells are drawn. */
export interface Drawn {
  readonly shape: readonly number[];
  readonly dims: Shape;
  readonly low: number;
  readonly high: number;
  /** Cells instead of drawn ones; strings make a string input. */
  readonly cells?: readonly number[] | readonly string[];
}

/** One use of an operator, for the looped test. */
export interface Case {
  readonly op: string;
  readonly title: string;
  readonly inputs: readonly Drawn[];
  readonly f: (...x: Tensor[]) => Tensor;
  /** What it should give, from the cells of the inputs. */
  readonly value: (...cells: number[][]) => readonly (number | string)[];
  /** The runtime has no kernel of this operator for double. */
  readonly single?: boolean;
  /** It has a gradient, which is zero here. */
  readonly flat?: boolean;
}

type Cell = (...x: number[]) => number;

const drawn = (shape: readonly number[], low = -2, high = 2): Drawn => ({
  shape,
  dims: shape,
  low,
  high,
});
const named = (input: Drawn, dims: Shape): Drawn => ({ ...input, dims });
const given = (shape: readonly number[], cells: readonly number[] | readonly string[]): Drawn => ({
  ...drawn(shape),
  cells,
});

/** Every position of a shape, row-major. */
function* positions(shape: readonly number[]): Generator<number[]> {
  const size = shape.reduce((a, b) => a * b, 1);
  for (let i = 0; i < size; i++) {
    const position: number[] = [];
    let rest = i;
    for (const dim of [...shape].reverse()) {
      position.unshift(rest % dim);
      rest = Math.floor(rest / dim);
    }
    yield position;
  }
}

/** The cell of an array at a position of the shape that it is broadcast to. */
function at(cells: readonly number[], shape: readonly number[], position: readonly number[]) {
  const own = position.slice(position.length - shape.length);
  return cells[shape.reduce((index, dim, i) => index * dim + (dim === 1 ? 0 : own[i]!), 0)]!;
}

const broadcastShape = (shapes: readonly (readonly number[])[]): number[] =>
  g.broadcast("reference", ...shapes) as number[];

/** The reference of an elementwise operator: the same plain function at every cell. */
const cellwise =
  (inputs: readonly Drawn[], f: Cell, shape = broadcastShape(inputs.map((i) => i.shape))) =>
  (...arrays: number[][]): number[] =>
    [...positions(shape)].map((p) =>
      f(...arrays.map((cells, i) => at(cells, inputs[i]!.shape, p))),
    );

/** Result cells read off input cells: `from` maps a position of the result to one of the input. */
const moved =
  (input: readonly number[], result: readonly number[], from: (p: number[]) => number[] | null) =>
  (cells: number[]): number[] =>
    [...positions(result)].map((p) => {
      const source = from(p);
      return source ? at(cells, input, source) : 0;
    });

const elementwise = (
  op: string,
  f: Case["f"],
  cell: Cell,
  variants: readonly (readonly Drawn[])[],
  options: Partial<Case> = {},
): Case[] =>
  variants.map((inputs) => ({
    op,
    title: inputs.map((i) => g.shapeText(i.dims)).join(" with "),
    inputs,
    f,
    value: cellwise(inputs, cell),
    ...options,
  }));

const pairs = (low = -2, high = 2): Drawn[][] => {
  const x = (...shape: number[]) => drawn(shape, low, high);
  return [
    [x(2, 3), x(2, 3)],
    [x(3), x(2, 3)],
    [x(2, 1), x(1, 3)],
    [x(2, 3), x()],
    [x(1), x(2, 1, 3)],
    [named(x(4, 3), ["rows", 3]), x(3)],
    [named(x(4, 1), ["rows", 1]), named(x(4, 3), ["rows", 3])],
  ];
};
const alone = (low = -2, high = 2): Drawn[][] => [
  [drawn([2, 3], low, high)],
  [drawn([], low, high)],
  [named(drawn([4, 2], low, high), ["rows", 2])],
];

/** A truth as a number of the element type of `like`. */
const truth =
  (f: (...x: Tensor[]) => Tensor) =>
  (...x: Tensor[]): Tensor =>
    g.cast(f(...x), x[0]!.dtype);
const positive = (x: Tensor): Tensor => g.greater(x, 0);

/** Abramowitz and Stegun's series of the error function; exact in double within [-3, 3]. */
function erf(x: number): number {
  let term = x;
  let total = x;
  for (let n = 1; n < 60; n++) {
    term *= (-x * x) / n;
    total += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}

const seluAlpha = 1.6732632423543772;
const seluScale = 1.0507009873554805;
const half = { single: true } as const;
const ties = given([5], [-1.5, -0.5, 0.5, 1.5, 2.5]);

const elementwiseCases: Case[] = [
  ...elementwise("Add", g.add, (a, b) => a! + b!, pairs()),
  ...elementwise("Sub", g.sub, (a, b) => a! - b!, pairs()),
  ...elementwise("Mul", g.mul, (a, b) => a! * b!, pairs()),
  ...elementwise(
    "Mul",
    (x) => g.square(x!),
    (a) => a! * a!,
    alone(),
    { title: "a square" },
  ),
  ...elementwise("Div", g.div, (a, b) => a! / b!, pairs(0.5, 2)),
  ...elementwise("Pow", g.pow, (a, b) => a! ** b!, pairs(0.5, 2)),
  ...elementwise(
    "Pow",
    (x) => g.pow(x!, 3),
    (a) => a! ** 3,
    alone(),
    { title: "a cube" },
  ),
  ...elementwise("Max", g.maximum, (a, b) => Math.max(a!, b!), pairs()),
  ...elementwise("Min", g.minimum, (a, b) => Math.min(a!, b!), pairs()),
  ...elementwise(
    "Min",
    (x) => g.clip(x!, -1, 1),
    (a) => Math.min(1, Math.max(-1, a!)),
    alone(),
    {
      title: "clip",
    },
  ),
  ...elementwise("Neg", g.neg, (a) => -a!, alone()),
  ...elementwise("Exp", g.exp, (a) => Math.exp(a!), alone()),
  ...elementwise("Log", g.log, (a) => Math.log(a!), alone(0.3, 3)),
  ...elementwise("Sqrt", g.sqrt, (a) => Math.sqrt(a!), alone(0.3, 3)),
  ...elementwise("Reciprocal", g.reciprocal, (a) => 1 / a!, alone(0.3, 3)),
  ...elementwise("Abs", g.abs, (a) => Math.abs(a!), alone()),
  ...elementwise("Erf", g.erf, (a) => erf(a!), alone(), half),
  ...elementwise("Sin", g.sin, (a) => Math.sin(a!), alone(), half),
  ...elementwise("Cos", g.cos, (a) => Math.cos(a!), alone(), half),
  ...elementwise("Sign", g.sign, (a) => Math.sign(a!), alone()),
  ...elementwise("Floor", g.floor, (a) => Math.floor(a!), alone()),
  ...elementwise("Round", g.round, (a) => Math.round(a!), alone()),
  ...elementwise("Round", g.round, (a) => 2 * Math.round(a! / 2), [[ties]], {
    title: "halves go to even",
    value: () => [-2, 0, 0, 2, 2],
  }),
  ...elementwise("Equal", truth(g.equal), (a, b) => Number(a === b), [
    [given([4], [1, 2, 3, 4]), given([4], [1, 5, 3, 0])],
    [given([2, 1], [1, 2]), given([2], [1, 2])],
  ]),
  ...elementwise("Greater", truth(g.greater), (a, b) => Number(a! > b!), pairs()),
  ...elementwise("Less", truth(g.less), (a, b) => Number(a! < b!), pairs()),
  ...elementwise(
    "And",
    truth((a, b) => g.and(positive(a!), positive(b!))),
    (a, b) => Number(a! > 0 && b! > 0),
    pairs(),
  ),
  ...elementwise(
    "Or",
    truth((a, b) => g.or(positive(a!), positive(b!))),
    (a, b) => Number(a! > 0 || b! > 0),
    pairs(),
  ),
  ...elementwise(
    "Not",
    truth((a) => g.not(positive(a!))),
    (a) => Number(!(a! > 0)),
    alone(),
  ),
  ...elementwise("IsNaN", truth(g.isNan), (a) => Number(Number.isNaN(a)), [
    [given([3], [1, Number.NaN, 0])],
  ]),
  ...elementwise(
    "Cast",
    (x) => g.cast(x!, "float64"),
    (a) => Math.fround(a!),
    alone(),
    half,
  ),
  ...elementwise(
    "Cast",
    (x) => g.cast(g.cast(x!, "int64"), x!.dtype),
    (a) => Math.trunc(a!),
    alone(),
    {
      title: "whole numbers and back",
      flat: true,
    },
  ),
  ...elementwise(
    "Where",
    (a, b) => g.where(g.greater(a!, b!), a!, b!),
    (a, b) => Math.max(a!, b!),
    pairs(),
  ),
  ...elementwise(
    "Where",
    (c, a) => g.where(positive(c!), g.mul(a!, a!), 1),
    (c, a) => (c! > 0 ? a! * a! : 1),
    pairs(),
    { title: "one branch a number" },
  ),
];

const softmax = (cells: readonly number[]): number[] => {
  const exps = cells.map(Math.exp);
  const total = exps.reduce((a, b) => a + b, 0);
  return exps.map((e) => e / total);
};
/** A function of vectors applied along the rows of a matrix with `columns`. */
const rowwise =
  (columns: number, f: (row: number[]) => readonly number[]) =>
  (cells: number[]): number[] =>
    Array.from({ length: cells.length / columns }, (_, i) =>
      f(cells.slice(i * columns, (i + 1) * columns)),
    ).flat();

const activationCases: Case[] = [
  ...elementwise("Relu", g.relu, (a) => Math.max(0, a!), alone()),
  ...elementwise(
    "LeakyRelu",
    (x) => g.leakyRelu(x!, 0.1),
    (a) => (a! > 0 ? a! : 0.1 * a!),
    alone(),
    half,
  ),
  ...elementwise(
    "Elu",
    (a) => g.elu(a!),
    (a) => (a! > 0 ? a! : Math.exp(a!) - 1),
    alone(),
    half,
  ),
  ...elementwise(
    "Selu",
    g.selu,
    (a) => seluScale * (a! > 0 ? a! : seluAlpha * (Math.exp(a!) - 1)),
    alone(),
    half,
  ),
  ...elementwise("Sigmoid", g.sigmoid, (a) => 1 / (1 + Math.exp(-a!)), alone()),
  ...elementwise("Tanh", g.tanh, (a) => Math.tanh(a!), alone()),
  ...elementwise("Softplus", g.softplus, (a) => Math.log1p(Math.exp(a!)), alone(), half),
  {
    op: "Softmax",
    title: "along the last axis",
    inputs: [drawn([2, 3])],
    f: (x) => g.softmax(x!),
    value: rowwise(3, softmax),
  },
  {
    op: "Softmax",
    title: "along the first axis of [3, 1]",
    inputs: [drawn([3, 1])],
    f: (x) => g.softmax(x!, 0),
    value: softmax,
  },
  {
    op: "Softmax",
    title: "along an axis that its input was expanded along",
    inputs: [drawn([2, 1])],
    f: (x) => g.softmax(g.expandLike(x!, g.input("like", x!.dtype, [2, 4]))),
    value: () => new Array<number>(8).fill(0.25),
    flat: true,
  },
  {
    op: "LogSoftmax",
    title: "along the last axis",
    inputs: [named(drawn([2, 3]), ["rows", 3])],
    f: (x) => g.logSoftmax(x!),
    value: rowwise(3, (row) => softmax(row).map(Math.log)),
  },
];

/** The product of matrices [m, k] and [k, n]. */
function product(a: readonly number[], b: readonly number[], m: number, k: number, n: number) {
  const result: number[] = [];
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let total = 0;
      for (let l = 0; l < k; l++) total += a[i * k + l]! * b[l * n + j]!;
      result.push(total);
    }
  return result;
}
const turned = (cells: readonly number[], rows: number, columns: number): number[] =>
  Array.from(
    { length: cells.length },
    (_, i) => cells[(i % rows) * columns + Math.floor(i / rows)]!,
  );

const gemmCases: Case[] = [false, true].flatMap((transA) =>
  [false, true].flatMap((transB) =>
    [null, [2, 3], [3], [1, 3], [2, 1], []].map((bias): Case => {
      const [m, k, n] = [2, 4, 3];
      const a = drawn(transA ? [k, m] : [m, k]);
      const b = drawn(transB ? [n, k] : [k, n]);
      const inputs = bias ? [a, b, drawn(bias)] : [a, b];
      return {
        op: "Gemm",
        title: `${transA ? "a'" : "a"} ${transB ? "b'" : "b"}${bias ? ` + [${bias}]` : ""}`,
        inputs,
        f: (x, y, c) => g.gemm(x!, y!, c ?? null, { transA, transB }),
        value: (x, y, c) => {
          const left = transA ? turned(x!, k, m) : x!;
          const right = transB ? turned(y!, n, k) : y!;
          const ab = product(left, right, m, k, n);
          return [...positions([m, n])].map((p, i) => ab[i]! + (c ? at(c, bias!, p) : 0));
        },
      };
    }),
  ),
);
const matmulCases: Case[] = [
  {
    op: "MatMul",
    title: "matrices",
    inputs: [named(drawn([2, 4]), ["rows", 4]), drawn([4, 3])],
    f: g.matmul,
    value: (a, b) => product(a!, b!, 2, 4, 3),
  },
  {
    op: "MatMul",
    title: "a stack by one matrix",
    inputs: [drawn([5, 2, 4]), drawn([4, 3])],
    f: g.matmul,
    value: (a, b) => product(a!, b!, 10, 4, 3),
  },
  {
    op: "MatMul",
    title: "one matrix by a stack",
    inputs: [drawn([1, 2, 4]), drawn([3, 4, 2])],
    f: g.matmul,
    value: (a, b) => [0, 1, 2].flatMap((i) => product(a!, b!.slice(8 * i, 8 * i + 8), 2, 4, 2)),
  },
];

/** Reduces over the axes of a shape. */
const reduced =
  (shape: readonly number[], axes: readonly number[], f: (cells: number[]) => number) =>
  (cells: number[]): number[] => {
    const groups = new Map<string, number[]>();
    [...positions(shape)].forEach((p, i) => {
      const key = p.filter((_, axis) => !axes.includes(axis)).join();
      groups.set(key, [...(groups.get(key) ?? []), cells[i]!]);
    });
    return [...groups.values()].map(f);
  };
const total = (cells: readonly number[]): number => cells.reduce((a, b) => a + b, 0);

const reduceCases: Case[] = (
  [
    ["ReduceSum", g.sum, total],
    ["ReduceMax", g.reduceMax, (cells: number[]) => Math.max(...cells)],
    ["ReduceMin", g.reduceMin, (cells: number[]) => Math.min(...cells)],
    ["ReduceSum", g.mean, (cells: number[]) => total(cells) / cells.length],
  ] as const
).flatMap(([op, reduce, f]) =>
  (
    [
      [undefined, false],
      [0, false],
      [-1, false],
      [-1, true],
      [[0, 2], false],
      [[1, 2], true],
    ] as const
  ).flatMap(([axes, keepDims]): Case[] => {
    const list = axes === undefined ? [0, 1, 2] : [axes].flat().map((a) => (a + 3) % 3);
    const title = `${reduce.name} over ${axes ?? "all"}${keepDims ? ", kept" : ""}`;
    const shape = [2, 3, 4];
    const one = {
      op,
      f: (x: Tensor) => reduce(x, axes, { keepDims }),
      value: reduced(shape, list, f),
    };
    return [
      { ...one, title, inputs: [drawn(shape)] },
      { ...one, title: `${title}, of rows`, inputs: [named(drawn(shape), ["rows", 3, 4])] },
    ];
  }),
);

const grid = [...Array(24).keys()];
const moveCases: Case[] = [
  ...([[4], [2, 3]] as const).map(
    (shape): Case => ({
      op: "ReduceSumSquare",
      title: `of ${shape.length} axes`,
      inputs: [drawn(shape)],
      f: (x) => g.sum(g.square(x!)),
      value: (x) => [x!.reduce((all, v) => all + v * v, 0)],
    }),
  ),
  {
    op: "ReduceMax",
    title: "shares its gradient among equals, so that it stays the mean of them",
    inputs: [drawn([3])],
    f: (x) => g.reduceMax(g.concat([x!, x!], 0)),
    value: (x) => [Math.max(...x!)],
  },
  {
    op: "ArgMax",
    title: "along an axis",
    inputs: [given([2, 3], [1, 5, 2, 9, 0, 3])],
    f: (x) => g.cast(g.argMax(x!, 1), x!.dtype),
    value: () => [1, 0],
  },
  {
    op: "Reshape",
    title: "of known sizes",
    inputs: [drawn([2, 3, 4])],
    f: (x) => g.reshape(x!, [4, 6]),
    value: (x) => x!,
  },
  {
    op: "Reshape",
    title: "rows kept",
    inputs: [named(drawn([5, 6]), ["rows", 6])],
    f: (x) => g.reshape(x!, ["rows", 2, 3]),
    value: (x) => x!,
  },
  {
    op: "Reshape",
    title: "rows folded into another name and back",
    inputs: [named(drawn([5, 2, 3]), ["rows", 2, 3])],
    f: (x) => g.mul(g.reshape(g.reshape(x!, ["cells", 3]), ["rows", 2, 3]), 2),
    value: (x) => x!.map((v) => 2 * v),
  },
  {
    op: "Transpose",
    title: "the last two axes",
    inputs: [named(drawn([2, 3]), ["rows", 3])],
    f: (x) => g.transpose(x!),
    value: moved([2, 3], [3, 2], ([i, j]) => [j!, i!]),
  },
  {
    op: "Transpose",
    title: "three axes in a circle",
    inputs: [drawn([2, 3, 4])],
    f: (x) => g.transpose(x!, [2, 0, 1]),
    value: moved([2, 3, 4], [4, 2, 3], ([i, j, k]) => [j!, k!, i!]),
  },
  {
    op: "Concat",
    title: "along the last axis",
    inputs: [named(drawn([2, 3]), ["rows", 3]), named(drawn([2, 1]), ["rows", 1])],
    f: (a, b) => g.concat([a!, b!], -1),
    value: (a, b) => [...a!.slice(0, 3), b![0]!, ...a!.slice(3), b![1]!],
  },
  {
    op: "Concat",
    title: "of one tensor twice",
    inputs: [drawn([2, 2])],
    f: (x) => g.concat([x!, x!], 0),
    value: (x) => [...x!, ...x!],
  },
  {
    op: "Split",
    title: "with a part that nothing uses",
    inputs: [drawn([6])],
    f: (x) => {
      const [a, , c] = g.split(x!, [2, 1, 3], 0);
      return g.concat([g.mul(c!, 3), g.square(a!)], 0);
    },
    value: (x) => [...x!.slice(3).map((v) => 3 * v), ...x!.slice(0, 2).map((v) => v * v)],
  },
  {
    op: "Split",
    title: "along the last axis of rows",
    inputs: [named(drawn([2, 4]), ["rows", 4])],
    f: (x) => g.sub(...(g.split(x!, [2, 2], -1) as [Tensor, Tensor])),
    value: (x) => [0, 1, 4, 5].map((i) => x![i]! - x![i + 2]!),
  },
  ...(
    [
      [0, 1, 0, 1],
      [1, 3, 1, 1],
      [0, 6, 2, 2],
      [1, 6, 2, 2],
      [1, 6, 2, 3],
      [2, 3, 2, 5],
      [0, 5, 2, 4],
    ] as const
  ).map(([start, end, axis, step]): Case => {
    const shape = [2, 3, 6];
    const size = Math.ceil((end - start) / step);
    const result = shape.map((dim, i) => (i === axis ? size : dim));
    return {
      op: "Slice",
      title: `${start}..${end} of axis ${axis} by ${step}`,
      inputs: [drawn(shape)],
      f: (x) => g.square(g.slice(x!, start, end, axis, step)),
      value: (x) =>
        moved(shape, result, (p) => p.map((i, k) => (k === axis ? start + i * step : i)))(x!).map(
          (v) => v * v,
        ),
    };
  }),
  {
    op: "Slice",
    title: "columns of rows",
    inputs: [named(drawn([3, 5]), ["rows", 5])],
    f: (x) => g.slice(x!, 0, 5, -1, 2),
    value: moved([3, 5], [3, 3], ([i, j]) => [i!, 2 * j!]),
  },
  {
    op: "Pad",
    title: "with zeros",
    inputs: [drawn([2, 3])],
    f: (x) => g.pad(x!, 1, 1, 2),
    value: moved([2, 3], [2, 6], ([i, j]) => (j! >= 1 && j! < 4 ? [i!, j! - 1] : null)),
  },
  {
    op: "Pad",
    title: "with a number, rows unknown",
    inputs: [named(drawn([2, 2]), ["rows", 2])],
    f: (x) => g.pad(x!, -1, 0, 1, 7),
    value: (x) => [x![0]!, x![1]!, 7, x![2]!, x![3]!, 7],
  },
  {
    op: "TopK",
    title: "the largest and where they are",
    inputs: [given([2, 4], [3, 1, 4, 2, 9, 8, 6, 7])],
    f: (x) => {
      const { values, indices } = g.topK(x!, 2, 1);
      return g.concat([values, g.cast(indices, x!.dtype)], 1);
    },
    value: () => [4, 3, 2, 0, 9, 8, 0, 1],
  },
  {
    op: "TopK",
    title: "the smallest",
    inputs: [given([4], [3, 1, 4, 2])],
    f: (x) => g.topK(x!, 2, 0, { largest: false }).values,
    value: () => [1, 2],
  },
  {
    op: "Gather",
    title: "columns, one of them twice",
    inputs: [given([2, 12], grid)],
    f: (x) => g.gather(x!, g.integers([3, 0, 3]), -1),
    value: () => [3, 0, 3, 15, 12, 15],
  },
  {
    op: "NonZero",
    title: "places of what is true",
    inputs: [given([4], [3, -1, 4, 2])],
    f: (x) => g.cast(g.placesOf(g.greater(x!, 1)), x!.dtype),
    value: () => [0, 2, 3],
  },
  {
    op: "NonZero",
    title: "none is true",
    inputs: [given([2], [-3, -1])],
    f: (x) => g.cast(g.placesOf(g.greater(x!, 1)), x!.dtype),
    value: () => [],
  },
  {
    op: "ScatterND",
    title: "some rows in the place of others",
    inputs: [given([3, 2], [1, 2, 3, 4, 5, 6])],
    f: (x) => {
      const places = g.placesOf(g.greater(g.mean(x!, 1), 2));
      return g.withRows(x!, places, g.mul(g.gather(x!, places, 0), 10));
    },
    value: () => [1, 2, 30, 40, 50, 60],
  },
  {
    op: "LabelEncoder",
    title: "strings to numbers and back",
    inputs: [given([4], ["red", "green", "", "blue"])],
    f: (x) => {
      const numbers = g.encodeLabels(
        x!,
        new Map([
          ["red", 0],
          ["green", 1],
          ["", 3],
        ]),
        2,
      );
      return g.decodeLabels(numbers, ["RED", "GREEN", "OTHER"], "none");
    },
    value: () => ["RED", "GREEN", "none", "OTHER"],
  },
  {
    op: "Expand",
    title: "to known sizes",
    inputs: [drawn([3, 1])],
    f: (x) => g.expandLike(x!, g.input("like", x!.dtype, [2, 3, 4])),
    value: moved([3, 1], [2, 3, 4], (p) => [p[1]!, 0]),
  },
  {
    op: "Expand",
    title: "to the sizes of rows",
    inputs: [drawn([3]), named(drawn([4, 3]), ["rows", 3])],
    f: (x, like) => g.expandLike(x!, like!),
    value: moved([3], [4, 3], (p) => [p[1]!]),
  },
  {
    op: "Shape",
    title: "of rows",
    inputs: [named(drawn([4, 3]), ["rows", 3])],
    f: (x) => g.cast(g.shapeOf(x!), x!.dtype),
    value: () => [4, 3],
  },
  {
    op: "Scan",
    title: "a running product plus a captured number",
    inputs: [drawn([2]), named(drawn([3, 2]), ["steps", 2]), drawn([])],
    f: (start, rows, extra) => {
      const { state, outputs } = g.scan([start!], [rows!], ([s], [row]) => {
        const next = g.add(g.mul(s!, row!), g.mul(extra!, 2));
        return { state: [next], outputs: [g.square(next)] };
      });
      return g.add(g.sum(outputs[0]!, 0), state[0]!);
    },
    value: (start, rows, extra) => {
      let state = start!;
      const sums = [0, 0];
      for (let t = 0; t < 3; t++) {
        state = state.map((s, i) => s * rows![2 * t + i]! + 2 * extra![0]!);
        state.forEach((s, i) => {
          sums[i]! += s * s;
        });
      }
      return sums.map((s, i) => s + state[i]!);
    },
  },
];

/** Windows over [height, width], as convolutions slide them. */
const windows = (big: number[], small: number[], kernel: number[], strides: number[]) => ({
  ...{ big, small, kernel, strides },
  before: [1, 0],
});
/** Rows, channels of the big image, channels of the small one: few of the one, of neither, of the other. */
const convolutions = (
  [
    [1, 2, windows([3, 4], [3, 2], [3, 2], [1, 2])],
    [9, 10, windows([4, 3], [2, 2], [3, 2], [2, 1])],
    [8, 2, windows([3, 3], [3, 2], [2, 2], [1, 1])],
    [2, 8, windows([5, 4], [2, 2], [1, 2], [2, 2])],
    [3, 2, windows([3, 3], [3, 2], [2, 2], [1, 1])],
    [2, 3, windows([3, 3], [3, 2], [2, 2], [1, 1])],
    [1, 1, windows([4, 6], [2, 2], [2, 1], [3, 3])],
  ] as const
).map(([p, q, sliding]) => ({
  windows: sliding,
  title: `${p} to ${q} channels, strides ${sliding.strides.join(" and ")}`,
  x: [2, ...sliding.big, p],
  y: [2, ...sliding.small, q],
  k: [...sliding.kernel, p, q],
}));

/** Calls back with the positions in x, k and y that meet. */
function meet(
  { windows: { strides, before, kernel }, x, y }: (typeof convolutions)[number],
  each: (u: readonly number[], t: readonly number[], i: readonly number[]) => void,
): void {
  for (const [n, i, j, q] of positions(y))
    for (const [s, t] of positions(kernel))
      for (let p = 0; p < x[3]!; p++) {
        const u = i! * strides[0]! + s! - before[0]!;
        const v = j! * strides[1]! + t! - before[1]!;
        if (u >= 0 && v >= 0 && u < x[1]! && v < x[2]!)
          each([n!, u, v, p], [s!, t!, p, q!], [n!, i!, j!, q!]);
      }
}
const place = (shape: readonly number[], position: readonly number[]): number =>
  position.reduce((index, i, axis) => index * shape[axis]! + i, 0);

const convolveCases: Case[] = convolutions.flatMap((each): Case[] => {
  const { windows: sliding, title, x, y, k } = each;
  const of = (shape: readonly number[]): Drawn => named(drawn(shape), ["rows", ...shape.slice(1)]);
  return [
    {
      op: "Convolve",
      title,
      inputs: [of(x), drawn(k), drawn([y[3]!])],
      f: (image, kernel, bias) => g.convolve(image!, kernel!, bias!, sliding),
      value: (image, kernel, bias) => {
        const result = [...positions(y)].map((position) => bias![position[3]!]!);
        meet(each, (u, t, i) => {
          result[place(y, i)]! += at(image!, x, u) * at(kernel!, k, t);
        });
        return result;
      },
    },
    {
      op: "ConvolveBack",
      title,
      inputs: [of(y), drawn(k), drawn([x[3]!])],
      f: (image, kernel, bias) => g.convolveBack(image!, kernel!, bias!, sliding),
      value: (image, kernel, bias) => {
        const result = [...positions(x)].map((position) => bias![position[3]!]!);
        meet(each, (u, t, i) => {
          result[place(x, u)]! += at(image!, y, i) * at(kernel!, k, t);
        });
        return result;
      },
    },
    {
      op: "KernelProduct",
      title,
      inputs: [of(x), of(y)],
      f: (image, factor) => {
        const kernel = g.zerosLike(g.input("kernel", image!.dtype, k));
        const made = g.convolve(image!, kernel, null, sliding);
        return g.gradient(g.sum(g.mul(made, factor!)), [kernel])[0]!;
      },
      value: (image, factor) => {
        const result = new Array<number>(k.reduce((a, b) => a * b)).fill(0);
        meet(each, (u, t, i) => {
          result[place(k, t)]! += at(image!, x, u) * at(factor!, y, i);
        });
        return result;
      },
    },
  ];
});

/** In float32 a convolution of stride 1 to fewer channels is that of ONNX. */
const singleCases: Case[] = convolveCases
  .filter(({ op, title }) => op !== "KernelProduct" && /strides 1 and 1$/.test(title))
  .map((each) => ({ ...each, title: `${each.title}, in float32`, single: true }));
const convCase: Case = {
  op: "Conv",
  title: "channels first, padded on one side",
  inputs: [drawn([2, 2, 3]), drawn([1, 2, 2])],
  f: (x, w) => g.conv(x!, w!, null, { before: [1], after: [0] }),
  value: (x, w) =>
    [0, 6].flatMap((row) =>
      [-1, 0, 1].map((start) =>
        [...positions([2, 2])].reduce(
          (sum, [c, t]) =>
            start + t! < 0 ? sum : sum + x![row + 3 * c! + start + t!]! * w![2 * c! + t!]!,
          0,
        ),
      ),
    ),
  single: true,
};

const rearrangeCases: Case[] = [2, 9].map((channels) => {
  const table = [3, -1, 0, 3, 1, 3];
  const shape = [2, 4, channels];
  return {
    op: "Rearrange",
    title: `${channels} channels, one cell thrice, one never, one of zeros`,
    inputs: [named(drawn(shape), ["rows", 4, channels])],
    f: (x) => g.rearrange(x!, table),
    value: moved(shape, [2, 6, channels], ([n, i, c]) =>
      table[i!]! < 0 ? null : [n!, table[i!]!, c!],
    ),
  };
});

export const cases: readonly Case[] = [
  ...elementwiseCases,
  ...activationCases,
  ...gemmCases,
  ...matmulCases,
  ...reduceCases,
  ...moveCases,
  ...rearrangeCases,
  ...convolveCases,
  ...recurrentCases,
  ...singleCases,
  convCase,
];

/** The operators on the way to a tensor. */
export function operatorsOf(y: Tensor): ReadonlySet<string> {
  const seen = new Set<Tensor>();
  const names = new Set<string>();
  const visit = (tensor: Tensor): void => {
    if (seen.has(tensor)) return;
    seen.add(tensor);
    names.add(tensor.node.op.onnx);
    tensor.node.inputs.forEach(visit);
  };
  visit(y);
  return names;
}

/** The inputs of a case as tensors of an element type. */
export const inputsOf = ({ inputs }: Case, dtype: DType): readonly Tensor[] =>
  inputs.map(({ dims, cells }, i) =>
    g.input(`x${i}`, typeof cells?.[0] === "string" ? "string" : dtype, dims),
  );
