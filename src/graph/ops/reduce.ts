import {
  checkTensor,
  constantNumbers,
  integers,
  node,
  type Op,
  scalar,
  type Tensor,
} from "../tensor.ts";
import { axisOf, type Dim, type DType } from "../type.ts";
import { cast, div, equal, mul, reciprocal } from "./elementwise.ts";
import { expandLike, extent } from "./expand.ts";
import { reshape } from "./shape.ts";

interface ReduceOptions {
  /** Keep reduced axes with size 1. */
  readonly keepDims?: boolean;
}
/** One axis, several, or all of them. */
export type Axes = number | readonly number[] | undefined;

function reducedType(name: string, dtype?: DType): Op["type"] {
  return ([x, axes], { keepdims }) => {
    const reduced = new Set(constantNumbers(axes!)!.map((axis) => axisOf(name, x!.shape, axis)));
    const shape: Dim[] = [];
    x!.shape.forEach((dim, i) => {
      if (!reduced.has(i)) shape.push(dim);
      else if (keepdims === 1) shape.push(1);
    });
    return { dtype: dtype ?? x!.dtype, shape };
  };
}

/** A reduced tensor (or its gradient) with its lost axes back, as size 1. */
function withAxes(reduced: Tensor, x: Tensor, axes: Tensor): Tensor {
  if (reduced.shape.length === 0 || reduced.shape.length === x.shape.length) return reduced;
  const gone = new Set(constantNumbers(axes)!.map((a) => axisOf("reduce", x.shape, a)));
  return reshape(
    reduced,
    x.shape.map((dim, i) => (gone.has(i) ? 1 : dim)),
  );
}

const ReduceSum: Op = {
  onnx: "ReduceSum",
  type: reducedType("sum"),
  grad: ({ inputs: [x, axes] }, [g]) => [expandLike(withAxes(g!, x!, axes!), x!), null],
};

/** The sum of all squares, in one pass. */
export const ReduceSumSquare: Op = {
  onnx: "ReduceSumSquare",
  type: reducedType("sum"),
  grad: ({ inputs: [x, axes] }, [g]) => [
    mul(expandLike(withAxes(mul(g!, 2), x!, axes!), x!), x!),
    null,
  ],
};

/** The gradient of an extreme, shared evenly among the cells that reach it. */
const extreme = (name: string, onnx: string): Op => ({
  onnx,
  type: reducedType(name),
  grad: ({ inputs: [x, axes], outputs: [y] }, [g]) => {
    const reached = cast(equal(x!, withAxes(y!, x!, axes!)), x!.dtype);
    const ties = sum(reached, constantNumbers(axes!)!, { keepDims: true });
    return [mul(div(withAxes(g!, x!, axes!), ties), reached), null];
  },
});
const ReduceMax: Op = extreme("reduceMax", "ReduceMax");
const ReduceMin: Op = extreme("reduceMin", "ReduceMin");

const ArgMax: Op = {
  onnx: "ArgMax",
  type: ([x], { axis }) => ({
    dtype: "int64",
    shape: x!.shape.filter((_, i) => i !== axisOf("argMax", x!.shape, axis as number)),
  }),
  grad: "zero",
};

export const reduceOps: readonly Op[] = [ReduceSum, ReduceSumSquare, ReduceMax, ReduceMin, ArgMax];

function reduce(op: Op, name: string, x: Tensor, axes: Axes, options: ReduceOptions): Tensor {
  checkTensor(name, x);
  const { keepDims = false } = Object(options) as ReduceOptions;
  const list = axes === undefined ? x.shape.map((_, i) => i) : [axes].flat();
  if (list.length === 0) return x;
  const positive = list.map((axis) => axisOf(name, x.shape, axis as number));
  return node(op, [x, integers(positive)], { keepdims: keepDims ? 1 : 0 });
}

/** The sum along one axis, several, or all. */
export const sum = (x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor => {
  checkTensor("sum", x);
  const [a, b] = x.node.inputs;
  const isSquare = x.node.op.onnx === "Mul" && a === b;
  const whole = axes === undefined || [axes].flat().length === x.shape.length;
  return isSquare && whole && x.shape.length > 0
    ? reduce(ReduceSumSquare, "sum", a!, axes, options)
    : reduce(ReduceSum, "sum", x, axes, options);
};
/** The largest cell along one axis, several, or all; equal ones share the gradient. */
export const reduceMax = (x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor =>
  reduce(ReduceMax, "reduceMax", x, axes, options);
/** The smallest cell along one axis, several, or all; equal ones share the gradient. */
export const reduceMin = (x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor =>
  reduce(ReduceMin, "reduceMin", x, axes, options);
/** The position of the largest cell along an axis, as int64. */
export const argMax = (x: Tensor, axis: number): Tensor => node(ArgMax, [x], { axis, keepdims: 0 });

/** The mean; sizes that are not known yet are read from the program's inputs, once. */
export function mean(x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor {
  checkTensor("mean", x);
  const list = axes === undefined ? x.shape.map((_, i) => i) : ([axes].flat() as number[]);
  return mul(sum(x, axes, options), inverseSize(x, list));
}

/** One over the number of cells along the axes. */
function inverseSize(x: Tensor, axes: readonly number[]): Tensor {
  let known = 1;
  let unknown: Tensor | null = null;
  for (const axis of axes) {
    const dim = x.shape[axisOf("mean", x.shape, axis)]!;
    if (typeof dim === "number") known *= dim;
    else unknown = unknown ? mul(unknown, extent(dim, x.dtype)) : extent(dim, x.dtype);
  }
  return unknown ? reciprocal(mul(unknown, known)) : scalar(1 / known, x.dtype);
}

/** Sums `g` over the axes along which `like` was broadcast: the gradient of broadcasting. */
export function sumTo(g: Tensor, like: Tensor): Tensor {
  const extra = g.shape.length - like.shape.length;
  const axes: number[] = [];
  g.shape.forEach((dim, i) => {
    if (i < extra || (like.shape[i - extra] === 1 && dim !== 1)) axes.push(i);
  });
  if (axes.length === 0) return g;
  const reduced = sum(g, axes, { keepDims: extra === 0 });
  return extra === 0 || reduced.shape.length === like.shape.length
    ? reduced
    : reshape(reduced, like.shape);
}
