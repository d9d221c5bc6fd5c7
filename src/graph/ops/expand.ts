import { mistake } from "../../errors.ts";
import {
  apply,
  checkTensor,
  constantNumbers,
  integers,
  node,
  type Op,
  type Tensor,
} from "../tensor.ts";
import {
  axisOf,
  broadcast,
  type Dim,
  type DType,
  type Shape,
  sameShape,
  shapeText,
} from "../type.ts";

/** Sizes of a tensor; a program of known shapes has no such node. */
export const ShapeOf: Op = {
  onnx: "Shape",
  type: ([x]) => ({ dtype: "int64", shape: [x!.shape.length] }),
  grad: "zero",
};

/** The sizes of `x` as a vector of int64: a constant as far as they are known. */
export function shapeOf(x: Tensor): Tensor {
  checkTensor("shapeOf", x);
  return x.shape.every((dim) => typeof dim === "number")
    ? integers(x.shape as readonly number[])
    : node(ShapeOf, [x]);
}

/** The shape that a tensor of sizes stands for. */
function targetOf(sizes: Tensor): Shape {
  const known = constantNumbers(sizes);
  if (known) return known;
  if (sizes.node.op === ShapeOf) return sizes.node.inputs[0]!.shape;
  throw mistake("expand: the sizes must be constants or those of a tensor");
}

export const Expand: Op = {
  onnx: "Expand",
  type: ([x, sizes]) => ({
    dtype: x!.dtype,
    shape: broadcast("expand", x!.shape, targetOf(sizes!)),
  }),
  grad: (_, [g]) => [g!, null],
};

/** `x` repeated to the shape of `like`, by broadcasting. */
export function expandLike(x: Tensor, like: Tensor): Tensor {
  checkTensor("expandLike", x);
  checkTensor("expandLike", like);
  if (sameShape(x.shape, like.shape)) return x;
  // the sizes of an expanded tensor are those of what it was expanded to
  const sizes = like.node.op === Expand ? like.node.inputs[1]! : shapeOf(like);
  return node(Expand, [x, sizes]);
}

/** `x` with an axis of size 1 repeated `times`. */
export function repeat(x: Tensor, axis: number, times: number): Tensor {
  checkTensor("repeat", x);
  const along = axisOf("repeat", x.shape, axis);
  if (x.shape[along] !== 1)
    throw mistake(`repeat: axis ${along} of ${shapeText(x.shape)} must be of size 1`);
  return times === 1
    ? x
    : node(Expand, [x, integers(x.shape.map((_, i) => (i === along ? times : 1)))]);
}

/** `x` before it was repeated along an axis of known size; null where it was not. */
export function unrepeated(x: Tensor, axis: number): Tensor | null {
  if (x.node.op !== Expand || typeof x.shape[axis] !== "number" || x.shape[axis] === 1) return null;
  const [source] = x.node.inputs as [Tensor];
  const repeated = source.shape.map((dim, i) => (i === axis ? x.shape[i]! : dim));
  return source.shape[axis] === 1 && sameShape(repeated, x.shape) ? source : null;
}

/**
 * A named size as a number of the program. It hangs on no tensor but on the program's inputs, of which
 * one has that size: inside a Scan it is computed once, outside.
 */
export const Extent: Op = {
  onnx: "Extent",
  type: (_, { dtype }) => ({ dtype: dtype as DType, shape: [] }),
  grad: "zero",
};

/** The size named `dim`, a scalar of `dtype`. */
export const extent = (dim: Dim, dtype: DType = "float32"): Tensor =>
  apply(Extent, [], { dim: `${checkedDim(dim)}`, dtype })[0]!;
function checkedDim(dim: Dim): Dim {
  if (typeof dim === "string" || typeof dim === "number") return dim;
  throw mistake(`extent: takes the name of a size, got ${typeof dim}`);
}
