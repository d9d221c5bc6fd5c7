import { mistake } from "../../errors.ts";
import {
  apply,
  checkTensor,
  constantNumbers,
  integers,
  node,
  type Op,
  scalar,
  type Tensor,
} from "../tensor.ts";
import { axisOf, type Dim, type Shape, sameShape, shapeText } from "../type.ts";
import { expandLike, repeat, unrepeated } from "./expand.ts";

const Reshape: Op = {
  onnx: "Reshape",
  // the shape is given by the wrapper, which knows the names of unknown sizes
  type: ([x], { shape }) => ({ dtype: x!.dtype, shape: shape as unknown as Shape }),
  grad: ({ inputs: [x] }, [g]) => [reshape(g!, x!.shape), null],
};

/** The same cells in another shape; at most one size may be named differently than in `x`. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  checkTensor("reshape", x);
  if (sameShape(x.shape, shape)) return x;
  const known = (s: Shape): number =>
    s.reduce<number>((n, dim) => (typeof dim === "number" ? n * dim : n), 1);
  const names = (s: Shape): readonly Dim[] => s.filter((dim) => typeof dim === "string");
  const moved = names(shape).filter((dim) => x.shape.indexOf(dim) !== shape.indexOf(dim));
  const misfits = sameShape(names(x.shape), names(shape)) && known(x.shape) !== known(shape);
  if (moved.length > 1 || misfits)
    throw mistake(`reshape: ${shapeText(x.shape)} cannot become ${shapeText(shape)}`);
  const sizes = shape.map((dim, i) =>
    typeof dim === "number" ? dim : moved.includes(dim) ? -1 : x.shape[i] === dim ? 0 : -1,
  );
  return apply(Reshape, [x, integers(sizes)], { shape: shape as readonly string[] })[0]!;
}

const Transpose: Op = {
  onnx: "Transpose",
  type: ([x], { perm }) => ({
    dtype: x!.dtype,
    shape: (perm as readonly number[]).map(
      (axis) => x!.shape[axisOf("transpose", x!.shape, axis)]!,
    ),
  }),
  grad: ({ attributes: { perm } }, [g]) => {
    const order = perm as readonly number[];
    return [
      transpose(
        g!,
        order.map((_, i) => order.indexOf(i)),
      ),
    ];
  },
};

/** Axes in another order; by default the last two swapped. What it turns back was never turned. */
export function transpose(x: Tensor, order?: readonly number[]): Tensor {
  checkTensor("transpose", x);
  const rank = x.shape.length;
  const swap = x.shape.map((_, i) => (i < rank - 2 ? i : i === rank - 2 ? rank - 1 : rank - 2));
  const perm = order ?? swap;
  // an axis that was repeated is turned while it is short
  for (const [to, axis] of perm.entries()) {
    const source = unrepeated(x, axis);
    if (source) return repeat(transpose(source, perm), to, x.shape[axis] as number);
  }
  const turned = unturned(x);
  if (!turned) return node(Transpose, [x], { perm });
  const whole = perm.map((axis) => turned.order[axisOf("transpose", x.shape, axis)]!);
  return whole.every((axis, i) => axis === i)
    ? turned.x
    : node(Transpose, [turned.x], { perm: whole });
}

/** What a tensor was, and the order that its axes were brought into; null where they were not. */
export function unturned(
  x: Tensor,
): { readonly x: Tensor; readonly order: readonly number[] } | null {
  if (x.node.op !== Transpose) return null;
  return { x: x.node.inputs[0]!, order: x.node.attributes.perm as readonly number[] };
}

const Concat: Op = {
  onnx: "Concat",
  type: (inputs, { axis }) => {
    const [first] = inputs;
    const along = axis as number;
    let total: Dim = 0;
    for (const { shape, dtype } of inputs) {
      const others = shape.every((dim, i) => i === along || dim === first!.shape[i]);
      if (shape.length !== first!.shape.length || !others || dtype !== first!.dtype)
        throw mistake(
          `concat: shapes must agree but for axis ${along}, got ${inputs.map((t) => shapeText(t.shape)).join(" and ")}`,
        );
      const dim: Dim = shape[along]!;
      if (inputs.length === 1) total = dim;
      else if (typeof dim === "string") throw mistake(`concat: size ${dim} is not known yet`);
      else total = (total as number) + dim;
    }
    return {
      dtype: first!.dtype,
      shape: first!.shape.map((dim, i) => (i === along ? total : dim)),
    };
  },
  grad: ({ inputs, attributes: { axis } }, [g]) =>
    split(
      g!,
      inputs.map((i) => i.shape[axis as number] as number),
      axis as number,
    ),
};

/** Joins tensors along an axis. */
export function concat(inputs: readonly Tensor[], axis: number): Tensor {
  if (!Array.isArray(inputs)) throw mistake(`concat: takes a list, got ${typeof inputs}`);
  checkTensor("concat", inputs[0]);
  return inputs.length === 1
    ? inputs[0]
    : node(Concat, inputs, { axis: axisOf("concat", inputs[0].shape, axis) });
}

const Split: Op = {
  onnx: "Split",
  type: ([x, sizes], { axis }) => {
    const parts = constantNumbers(sizes!)!;
    const total = parts.reduce((a, b) => a + b, 0);
    if (x!.shape[axis as number] !== total)
      throw mistake(
        `split: the parts must sum to ${x!.shape[axis as number]}, got ${parts.join(" + ")}`,
      );
    return parts.map((part) => ({
      dtype: x!.dtype,
      shape: x!.shape.map((dim, i) => (i === axis ? part : dim)),
    }));
  },
  grad: ({ outputs, attributes: { axis } }, gradients) => [
    concat(
      gradients.map((g, i) => g ?? zerosLike(outputs[i]!)),
      axis as number,
    ),
    null,
  ],
};

/** Cuts a tensor into parts of the given sizes along an axis. */
export function split(x: Tensor, sizes: readonly number[], axis: number): readonly Tensor[] {
  checkTensor("split", x);
  if (sizes.length === 1) return [x];
  return apply(Split, [x, integers(sizes)], { axis: axisOf("split", x.shape, axis) });
}

/** Zeros in the shape of another tensor. */
export function zerosLike(x: Tensor): Tensor {
  checkTensor("zerosLike", x);
  return expandLike(scalar(0, x.dtype), x);
}

export const shapeOps: readonly Op[] = [Reshape, Transpose, Concat, Split];
