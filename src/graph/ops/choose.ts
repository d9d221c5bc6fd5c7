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
import { axisOf, sameShape, typeText } from "../type.ts";
import { reshape } from "./shape.ts";

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

const NonZero: Op = {
  onnx: "NonZero",
  type: ([x]) => ({ dtype: "int64", shape: [x!.shape.length, "chosen"] }),
  grad: "zero",
};

/** Where the cells of a vector (bool [n]) are true: int64 [chosen], rising. */
export function placesOf(x: Tensor): Tensor {
  checkTensor("placesOf", x);
  if (x.shape.length !== 1) throw mistake(`placesOf: takes a vector, got ${typeText(x)}`);
  return reshape(node(NonZero, [x]), ["chosen"]);
}

const ScatterND: Op = {
  onnx: "ScatterND",
  type: ([x, , slices]) => {
    if (x!.dtype !== slices!.dtype || !sameShape(x!.shape.slice(1), slices!.shape.slice(1)))
      throw mistake(`withRows: ${typeText(slices!)} are no slices of ${typeText(x!)}`);
    return { dtype: x!.dtype, shape: x!.shape };
  },
  grad: "undefined",
};

/** `x` with other slices along its first axis at `places` (int64 [chosen]): [chosen, ...shape of one]. */
export function withRows(x: Tensor, places: Tensor, slices: Tensor): Tensor {
  for (const each of [x, places, slices]) checkTensor("withRows", each);
  return node(ScatterND, [x, reshape(places, ["chosen", 1]), slices]);
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

export const chooseOps: readonly Op[] = [TopK, Gather, NonZero, ScatterND, LabelEncoder];
