import type { NodeProto, TensorProto } from "./model.ts";

/** Cells of one row that a constant may ask for: 64 MB of float32. */
const mostCells = 2 ** 24;
/** The most that a padding, a stride, a dilation or the side of a window may be: no layer of ours comes near. */
const mostReach = 2 ** 12;

/** Attributes that say how far a window reaches. */
const reaches = new Set(["pads", "strides", "dilations", "kernel_shape"]);

/**
 * Why a node would make far more of its input than a network needs, or null: what a few changed bytes may ask for,
 * and what the engine would try to hold. `second` is its second input, where that is a constant.
 */
export function swelling(
  { opType, attribute = [] }: NodeProto,
  second: TensorProto | null | undefined,
): string | null {
  const sizes = second ? wholeNumbers(second) : [];
  if (opType === "Expand") {
    const cells = sizes.reduce((product, size) => product * Math.max(1, Math.abs(size)), 1);
    if (cells > mostCells) return `${opType} would make ${cells} cells of one`;
  }
  const far = (opType === "Pad" ? sizes : []).concat(
    attribute.flatMap(({ name, ints = [] }) => (reaches.has(name) ? ints : [])),
  );
  const farthest = far.find((reach) => Math.abs(reach) > mostReach);
  return farthest === undefined ? null : `${opType} would reach ${farthest} cells far`;
}

function wholeNumbers({ dataType, rawData, int64Data = [] }: TensorProto): readonly number[] {
  if (dataType !== 7) return [];
  return rawData
    ? Array.from(new BigInt64Array(new Uint8Array(rawData).buffer), Number)
    : int64Data;
}
