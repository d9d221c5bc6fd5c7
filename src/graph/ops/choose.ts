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
import { axisOf } from "../type.ts";

const TopK: Op = {
  onnx: "TopK",
  type: ([x, k], { axis }) => {
    const shape = x!.shape.map((dim, i) =>
      i === axisOf("topK", x!.shape, axis as number) ? constantNumbers(k!)![0]! : dim,
    );
    return [
      { dtype: x!.dtype, shape },
      { dtype: "int64", shape },
    ];
  },
  grad: "undefined",
};

/** The k largest (or smallest) cells along an axis, in order, and their positions. */
export function topK(
  x: Tensor,
  k: number,
  axis: number,
  options: { readonly largest?: boolean } = {},
): { readonly values: Tensor; readonly indices: Tensor } {
  checkTensor("topK", x);
  const { largest = true } = Object(options) as { readonly largest?: boolean };
  const [values, indices] = apply(TopK, [x, integers([k])], { axis, largest: largest ? 1 : 0 });
  return { values: values!, indices: indices! };
}

const Gather: Op = {
  onnx: "Gather",
  type: ([x, indices], { axis }) => ({
    dtype: x!.dtype,
    shape: [
      ...x!.shape.slice(0, axis as number),
      ...indices!.shape,
      ...x!.shape.slice((axis as number) + 1),
    ],
  }),
  grad: "undefined",
};

/** The slices of `x` at whole-number `indices` (int64, any shape) along an axis. */
export function gather(x: Tensor, indices: Tensor, axis: number): Tensor {
  checkTensor("gather", x);
  return node(Gather, [x, indices], { axis: axisOf("gather", x.shape, axis) });
}

const LabelEncoder: Op = {
  onnx: "LabelEncoder",
  domain: "ai.onnx.ml",
  type: ([x], { keys_strings }) => ({
    dtype: keys_strings ? "int64" : "string",
    shape: x!.shape,
  }),
  grad: "zero",
};

/** The whole number that stands for each string; `unknown` for any that is not a key. */
export const encodeLabels = (
  x: Tensor,
  numbers: ReadonlyMap<string, number>,
  unknown: number,
): Tensor => {
  checkTensor("encodeLabels", x);
  if (Object.prototype.toString.call(numbers) !== "[object Map]")
    throw mistake(`encodeLabels: takes a Map of texts and numbers, got ${typeof numbers}`);
  return node(LabelEncoder, [x], {
    keys_strings: [...numbers.keys()],
    values_int64s: [...numbers.values()],
    default_int64: unknown,
  });
};

/** The string at each position (int64) of `labels`; `unknown` outside. */
export function decodeLabels(x: Tensor, labels: readonly string[], unknown: string): Tensor {
  checkTensor("decodeLabels", x);
  if (!Array.isArray(labels)) throw mistake(`decodeLabels: takes a list, got ${typeof labels}`);
  return node(LabelEncoder, [x], {
    keys_int64s: labels.map((_, i) => i),
    values_strings: labels,
    default_string: unknown,
  });
}

export const chooseOps: readonly Op[] = [TopK, Gather, LabelEncoder];
