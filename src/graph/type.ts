import { mistake } from "../errors.ts";

/** Element types, named as in numpy. */
export type DType =
  | "float32"
  | "float64"
  | "int32"
  | "int64"
  | "uint8"
  | "uint32"
  | "bool"
  | "string";

/** A size: a number, or the name of one that is known only when the program runs, such as `rows`. */
export type Dim = number | string;

/** Sizes, outermost first; none for a scalar. */
export type Shape = readonly Dim[];

/** What is known of a tensor before it is computed. */
export interface Type {
  readonly dtype: DType;
  readonly shape: Shape;
}

/** Elements of a tensor, row-major; those of `bool` are 0 and 1 in a Uint8Array. */
export type Data =
  | Float32Array
  | Float64Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint32Array
  | readonly string[];

const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint32: Uint32Array,
  bool: Uint8Array,
} as const;

/** The elements of a tensor of `dtype` from plain numbers. */
export function dataOf(dtype: DType, values: ArrayLike<number>): Data {
  if (dtype !== "string" && dtype !== "int64" && !Object.hasOwn(arrays, dtype))
    throw mistake(
      `dataOf: one of int64, ${Object.keys(arrays).join(", ")} is expected, got ${typeof dtype}`,
    );
  if (dtype === "string") throw mistake("dataOf: strings are not made from numbers");
  if (dtype === "int64") return BigInt64Array.from(Array.from(values), (v) => BigInt(v));
  return new arrays[dtype](Array.from(values));
}

/** `[rows, 4]`, as error messages and `print` write a shape. */
export function shapeText(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

export function typeText(type: Type): string {
  return `${type.dtype}${shapeText(type.shape)}`;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}

/** The product of the sizes; throws where one is named. */
export function sizeOf(shape: Shape): number {
  return shape.reduce<number>((product, dim) => {
    if (typeof dim === "string") throw mistake(`size: ${shapeText(shape)} is not known yet`);
    return product * dim;
  }, 1);
}

/** The shape of an elementwise result, by numpy's rule; a named size meets itself or 1. */
export function broadcast(what: string, ...shapes: readonly Shape[]): Shape {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, i) => {
    let result: Dim = 1;
    for (const shape of shapes) {
      const dim = shape[i - rank + shape.length] ?? 1;
      if (dim === 1 || dim === result) continue;
      if (result !== 1) {
        const got = shapes.map(shapeText).join(" and ");
        throw mistake(`${what}: sizes must agree or be 1, got ${got}`);
      }
      result = dim;
    }
    return result;
  });
}

/** A non-negative axis, checked against the rank. */
export function axisOf(what: string, shape: Shape, axis: number): number {
  const positive = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(axis) || positive < 0 || positive >= shape.length)
    throw mistake(`${what}: axis must be within ${shapeText(shape)}, got ${axis}`);
  return positive;
}
