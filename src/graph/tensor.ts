import { mistake } from "../errors.ts";
import { type Data, type DType, dataOf, type Shape, shapeText, sizeOf, type Type } from "./type.ts";

/** An attribute of an ONNX node: a whole number, a float (marked), text, lists of them, or a body. */
export type Attribute =
  | number
  | { readonly float: number }
  | string
  | readonly number[]
  | { readonly floats: readonly number[] }
  | readonly string[]
  | Body;
export type Attributes = Readonly<Record<string, Attribute>>;

/** The body of a Scan: parameters stand for its inputs, results are computed from them. */
export interface Body {
  readonly parameters: readonly Tensor[];
  readonly results: readonly Tensor[];
}

/**
 * All that is known about an operator, in one row. `grad` takes the gradients of the outputs (null:
 * none flows there) and gives those of the inputs; "zero" says that it is zero almost everywhere,
 * "undefined" that asking for it is a mistake.
 */
export interface Op {
  readonly onnx: string;
  readonly domain?: string;
  readonly type: (inputs: readonly Tensor[], attributes: Attributes) => Type | readonly Type[];
  readonly grad:
    | ((node: Node, gradients: readonly (Tensor | null)[]) => readonly (Tensor | null)[])
    | "zero"
    | "undefined";
  /** An operator that ONNX lacks says which graph it stands for when a program is written. */
  readonly stands?: (inputs: readonly Tensor[], attributes: Attributes) => Tensor;
}

/** One application of an operator. */
export interface Node {
  readonly op: Op;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  readonly outputs: readonly Tensor[];
  /** For leaves only: the name of an input or parameter, or the value of a constant. */
  readonly name: string | undefined;
  readonly data: Data | undefined;
}

/** One output of a node: a value that a program will compute, typed when it is made. */
export interface Tensor extends Type {
  readonly node: Node;
  readonly output: number;
}

interface Leaf {
  readonly name?: string;
  readonly data?: Data;
}

/** Throws `argument_wrong` for what is no list of sizes, known or named. */
function checkSizes(what: string, shape: unknown): void {
  if (Array.isArray(shape) && shape.every((dim) => /^(number|string)$/.test(typeof dim))) return;
  throw mistake(`${what}: the shape must be a list of sizes`);
}

/** Throws `argument_wrong` for what no operator gave. */
export function checkTensor(what: string, given: unknown): asserts given is Tensor {
  if (Object(given).node && Array.isArray(Object(given).shape)) return;
  throw mistake(`${what}: takes tensors, got ${given === null ? "null" : typeof given}`);
}

/** Applies an operator; a type error throws here, on the line that wrote it. */
export function apply(
  op: Op,
  inputs: readonly Tensor[],
  attributes: Attributes = {},
  { name, data }: Leaf = {},
): readonly Tensor[] {
  for (const given of inputs) checkTensor(op.onnx, given);
  const outputs: Tensor[] = [];
  const node: Node = { op, inputs, attributes, outputs, name, data };
  const types = op.type(inputs, attributes);
  for (const type of Array.isArray(types) ? (types as readonly Type[]) : [types as Type])
    outputs.push({ dtype: type.dtype, shape: type.shape, node, output: outputs.length });
  return outputs;
}

/** Applies an operator of one output. */
export function node(op: Op, inputs: readonly Tensor[], attributes: Attributes = {}): Tensor {
  return apply(op, inputs, attributes)[0]!;
}

/** A value that is given when the program runs. */
export const Input: Op = { onnx: "Input", type: () => [], grad: "zero" };
/** A value that is part of the program. */
export const Constant: Op = { onnx: "Constant", type: () => [], grad: "zero" };

function leaf(op: Op, type: Type, { name, data }: Leaf): Tensor {
  return apply(
    { ...op, type: () => type },
    [],
    {},
    { ...(name && { name }), ...(data && { data }) },
  )[0]!;
}

/** A named input of the program, of known or named sizes. */
export function input(name: string, dtype: DType, shape: Shape): Tensor {
  checkSizes("input", shape);
  return leaf(Input, { dtype, shape }, { name });
}

/** A constant; with a name it keeps it as an initializer of the ONNX file. */
export function constant(dtype: DType, shape: Shape, data: Data, name?: string): Tensor {
  checkSizes("constant", shape);
  if (!(Array.isArray(data) || ArrayBuffer.isView(data)))
    throw mistake(`constant: takes a list or a typed array, got ${typeof data}`);
  if (data.length !== sizeOf(shape))
    throw mistake(
      `constant: ${shapeText(shape)} needs ${sizeOf(shape)} values, got ${data.length}`,
    );
  return leaf(Constant, { dtype, shape }, { data, ...(name && { name }) });
}

/** A float tensor from nested or flat numbers: `tensor([[1, 2], [3, 4]])`. */
export function tensor(values: NestedNumbers, dtype: DType = "float32"): Tensor {
  if (!isNested(values, 0)) throw mistake("tensor: takes numbers, or nested lists of them");
  const shape: number[] = [];
  for (let level = values; typeof level !== "number"; level = level[0]!) shape.push(level.length);
  const flat = (typeof values === "number" ? [values] : (values as number[]).flat(20)) as number[];
  return constant(dtype, shape, dataOf(dtype, flat));
}
const isNested = (values: unknown, depth: number): boolean =>
  typeof values === "number" ||
  (depth < 20 &&
    Array.isArray(values) &&
    values.length > 0 &&
    values.every((value) => isNested(value, depth + 1)));
export type NestedNumbers = number | readonly NestedNumbers[];

/** A scalar constant. */
export function scalar(value: number, dtype: DType = "float32"): Tensor {
  if (typeof value !== "number") throw mistake(`scalar: takes a number, got ${typeof value}`);
  return constant(dtype, [], dataOf(dtype, [value]));
}

/** A vector of whole numbers, as ONNX takes axes, shapes and sizes. */
export function integers(values: readonly number[]): Tensor {
  if (!(Array.isArray(values) && values.every(Number.isSafeInteger)))
    throw mistake("integers: takes a list of whole numbers");
  return constant("int64", [values.length], dataOf("int64", values));
}

/** Whether a tensor is given when the program runs. */
export function isInput(value: Tensor): boolean {
  return value.node.op.onnx === "Input";
}

/** Whether a tensor is part of the program. */
export function isConstant(value: Tensor): boolean {
  return value.node.op.onnx === "Constant";
}

/** The numbers of a constant, or null. */
export function constantNumbers(value: Tensor): readonly number[] | null {
  const data = value.node.data;
  return isConstant(value) && data && value.dtype !== "string"
    ? Array.from(data as ArrayLike<number | bigint>, Number)
    : null;
}
