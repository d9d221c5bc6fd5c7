import { mistake } from "../../errors.ts";
import { constant, node, type Op, type Tensor } from "../tensor.ts";
import { type Dim, shapeText } from "../type.ts";
import { gather } from "./choose.ts";
import { add } from "./elementwise.ts";
import { reshape, transpose, zerosLike } from "./shape.ts";
import { pad } from "./slice.ts";

/**
 * Cells of [rows, cells, channels] in the order of a table: y[:, i] = x[:, table[i]], and zeros where the
 * table says -1. One copy of whole channels, which the runtime shares among its threads. The gradient adds
 * up what went to several places.
 */
const Rearrange: Op = {
  onnx: "Rearrange",
  type: ([x], { table }) => {
    const [rows, cells, channels] = x!.shape;
    const list = table as readonly number[];
    if (x!.shape.length !== 3 || typeof cells !== "number" || list.some((i) => i >= cells))
      throw mistake(`rearrange: the table points beyond the cells of ${shapeText(x!.shape)}`);
    return { dtype: x!.dtype, shape: [rows!, list.length, channels!] };
  },
  grad: ({ inputs: [x], attributes: { table } }, [g]) => {
    const users: number[][] = Array.from({ length: x!.shape[1] as number }, () => []);
    (table as readonly number[]).forEach((cell, i) => {
      if (cell >= 0) users[cell]!.push(i);
    });
    return [addCells(g!, users)];
  },
  stands: ([x], { table }) => {
    const list = table as readonly number[];
    const [rows, cells, channels] = x!.shape as [Dim, number, number];
    if (channels > fewChannels) return pick(x!, list, 1);
    const each = list.flatMap((cell) =>
      Array.from({ length: channels }, (_, k) => (cell < 0 ? -1 : cell * channels + k)),
    );
    const columns = transpose(reshape(x!, [rows, cells * channels]));
    return reshape(transpose(pick(columns, each, 0)), [rows, list.length, channels]);
  },
};

/** Up to so many channels a cell is too short to be copied alone: the same cell of all rows is, at once. */
const fewChannels = 8;

/** Gather with a slice of zeros behind the last one, which -1 stands for. */
function pick(x: Tensor, list: readonly number[], axis: number): Tensor {
  const size = x.shape[axis] as number;
  const indices = Int32Array.from(list, (i) => (i < 0 ? size : i));
  const from = list.includes(-1) ? pad(x, axis, 0, 1) : x;
  return gather(from, constant("int32", [list.length], indices), axis);
}

export const rearrangeOps: readonly Op[] = [Rearrange];

/** Cells of x [rows, cells, channels] by a table of their numbers; zeros where it says -1. */
export function rearrange(x: Tensor, table: readonly number[]): Tensor {
  const stays = table.length === x.shape[1] && table.every((cell, i) => cell === i);
  return stays ? x : node(Rearrange, [x], { table });
}

/** Sums of cells of x [rows, cells, channels]: result i adds up those whose numbers are in `lists[i]`. */
export function addCells(x: Tensor, lists: readonly (readonly number[])[]): Tensor {
  const most = Math.max(...lists.map((list) => list.length));
  if (most === 0)
    return zerosLike(
      rearrange(
        x,
        lists.map(() => -1),
      ),
    );
  let total: Tensor | null = null;
  for (let k = 0; k < most; k++) {
    const part = rearrange(
      x,
      lists.map((list) => list[k] ?? -1),
    );
    total = total ? add(total, part) : part;
  }
  return total!;
}
