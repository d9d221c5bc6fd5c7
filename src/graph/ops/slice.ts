import { mistake } from "../../errors.ts";
import {
  checkTensor,
  constantNumbers,
  integers,
  node,
  type Op,
  scalar,
  type Tensor,
} from "../tensor.ts";
import { axisOf, shapeText } from "../type.ts";
import { concat, reshape, zerosLike } from "./shape.ts";

const Slice: Op = {
  onnx: "Slice",
  type: ([x, ...range]) => {
    const [start, end, axis, step] = range.map((part) => constantNumbers(part!)![0]!) as [
      number,
      number,
      number,
      number,
    ];
    const size = x!.shape[axis];
    if (typeof size !== "number" || start < 0 || end > size || start >= end || step < 1)
      throw mistake(`slice: ${start}..${end} is not within axis ${axis} of ${shapeText(x!.shape)}`);
    const length = Math.ceil((end - start) / step);
    return { dtype: x!.dtype, shape: x!.shape.map((dim, i) => (i === axis ? length : dim)) };
  },
  grad: ({ inputs: [x, ...range] }, [g]) => {
    const [start, , axis, step] = range.map((part) => constantNumbers(part!)![0]!) as [
      number,
      number,
      number,
      number,
    ];
    const spread = step === 1 ? g! : dilate(g!, axis, step);
    const size = x!.shape[axis] as number;
    const room = size - start;
    const length = spread.shape[axis] as number;
    const kept = length > room ? slice(spread, 0, room, axis) : spread;
    return [
      pad(kept, axis, start, size - start - (kept.shape[axis] as number)),
      null,
      null,
      null,
      null,
    ];
  },
};

/** Cells `start`, `start + step`, ... before `end` along one axis of known size. */
export function slice(x: Tensor, start: number, end: number, axis: number, step = 1): Tensor {
  checkTensor("slice", x);
  const along = axisOf("slice", x.shape, axis);
  if (start === 0 && end === x.shape[along] && step === 1) return x;
  return node(Slice, [x, integers([start]), integers([end]), integers([along]), integers([step])]);
}

/** Every cell followed by step - 1 zeros along the axis. */
function dilate(x: Tensor, axis: number, step: number): Tensor {
  const shape = [...x.shape.slice(0, axis + 1), 1, ...x.shape.slice(axis + 1)];
  const column = reshape(x, shape);
  const zeros = zerosLike(column);
  const spread = concat([column, ...Array.from({ length: step - 1 }, () => zeros)], axis + 1);
  return reshape(
    spread,
    x.shape.map((dim, i) => (i === axis ? (dim as number) * step : dim)),
  );
}

const Pad: Op = {
  onnx: "Pad",
  type: ([x, widths]) => {
    const amounts = constantNumbers(widths!)!;
    const rank = x!.shape.length;
    return {
      dtype: x!.dtype,
      shape: x!.shape.map((dim, i) => {
        const extra = amounts[i]! + amounts[i + rank]!;
        if (extra === 0) return dim;
        if (typeof dim === "string") throw mistake(`pad: size ${dim} is not known yet`);
        return dim + extra;
      }),
    };
  },
  grad: ({ inputs: [x, widths] }, [g]) => {
    const amounts = constantNumbers(widths!)!;
    let inner = g!;
    x!.shape.forEach((dim, i) => {
      if (typeof dim === "number") inner = slice(inner, amounts[i]!, amounts[i]! + dim, i);
    });
    return [inner, null, null];
  },
};

/** `before` and `after` constant cells added along one axis. */
export function pad(x: Tensor, axis: number, before: number, after: number, value = 0): Tensor {
  checkTensor("pad", x);
  if (before === 0 && after === 0) return x;
  const along = axisOf("pad", x.shape, axis);
  const at = (amount: number): number[] => x.shape.map((_, i) => (i === along ? amount : 0));
  return node(Pad, [x, integers([...at(before), ...at(after)]), scalar(value, x.dtype)]);
}

export const sliceOps: readonly Op[] = [Slice, Pad];
