import { mistake } from "../../errors.ts";
import {
  type Attributes,
  checkTensor,
  constantNumbers,
  node,
  type Op,
  scalar,
  type Tensor,
} from "../tensor.ts";
import { broadcast, type DType, sameShape, type Type, typeText } from "../type.ts";
import { Expand, expandLike } from "./expand.ts";

/** A number stands for a scalar of its partner's type. */
export type Operand = Tensor | number;

/** The type rule of elementwise operators: equal element types, broadcast shapes. */
export function alike(name: string, result?: DType): Op["type"] {
  return (inputs: readonly Type[]) => {
    const [first] = inputs;
    for (const other of inputs)
      if (other.dtype !== first!.dtype)
        throw mistake(
          `${name}: element types must agree, got ${inputs.map(typeText).join(" and ")}`,
        );
    const shape = broadcast(name, ...inputs.map((i) => i.shape));
    return { dtype: result ?? first!.dtype, shape };
  };
}

/**
 * Applies an elementwise operator. Expanded inputs are taken unexpanded: where broadcasting gives the
 * same shape anyway the Expand goes, else it moves behind the operator, on the smaller tensor.
 */
export function elementwise(
  op: Op,
  inputs: readonly Tensor[],
  attributes: Attributes = {},
): Tensor {
  for (const given of inputs) checkTensor(op.onnx, given);
  const small = inputs.map((i) => (i.node.op === Expand ? i.node.inputs[0]! : i));
  if (small.every((tensor, i) => tensor === inputs[i])) return node(op, inputs, attributes);
  const result = node(op, small, attributes);
  const like = inputs.find((i) => i.node.op === Expand)!;
  const shape = broadcast(op.onnx, ...inputs.map((i) => i.shape));
  if (sameShape(result.shape, shape)) return result;
  return sameShape(like.shape, shape) ? expandLike(result, like) : node(op, inputs, attributes);
}

/** Both operands as tensors. */
export function operands(a: Operand, b: Operand): [Tensor, Tensor] {
  if (typeof a === "number") {
    if (typeof b === "number") throw mistake("one operand must be a tensor");
    checkTensor("an operator", b);
    return [scalar(a, b.dtype), b];
  }
  checkTensor("an operator", a);
  return [a, typeof b === "number" ? scalar(b, a.dtype) : b];
}

function isScalar(value: Tensor, number: number): boolean {
  return value.shape.length === 0 && constantNumbers(value)?.[0] === number;
}

const Add: Op = {
  onnx: "Add",
  type: alike("add"),
  grad: (_, [g]) => [g!, g!],
};
const Sub: Op = {
  onnx: "Sub",
  type: alike("sub"),
  grad: (_, [g]) => [g!, neg(g!)],
};
const Mul: Op = {
  onnx: "Mul",
  type: alike("mul"),
  // a square passes one product on, not the sum of two
  grad: ({ inputs: [a, b] }, [g]) =>
    a === b ? [mul(mul(g!, 2), a!), null] : [mul(g!, b!), mul(g!, a!)],
};
const Div: Op = {
  onnx: "Div",
  type: alike("div"),
  grad: ({ inputs: [, b], outputs: [y] }, [g]) => {
    const ga = div(g!, b!);
    return [ga, neg(mul(ga, y!))];
  },
};
const Pow: Op = {
  onnx: "Pow",
  type: alike("pow"),
  grad: ({ inputs: [a, b], outputs: [y] }, [g]) => [
    mul(g!, mul(b!, pow(a!, sub(b!, 1)))),
    constantNumbers(b!) ? null : mul(g!, mul(y!, log(a!))),
  ],
};
const Max: Op = {
  onnx: "Max",
  type: alike("maximum"),
  grad: ({ inputs: [a], outputs: [y] }, [g]) => extremeGradient(a!, y!, g!),
};
const Min: Op = {
  onnx: "Min",
  type: alike("minimum"),
  grad: ({ inputs: [a], outputs: [y] }, [g]) => extremeGradient(a!, y!, g!),
};

/** The gradient goes where the extreme came from, to the first where both are equal. */
function extremeGradient(a: Tensor, y: Tensor, g: Tensor): [Tensor, Tensor] {
  const kept = mul(g, cast(equal(a, y), g.dtype));
  return [kept, sub(g, kept)];
}

/** The row of y = f(x) with derivative `slope(x, y)`. */
function unary(onnx: string, slope: (x: Tensor, y: Tensor) => Operand): Op {
  return {
    onnx,
    type: alike(onnx.toLowerCase()),
    grad: ({ inputs: [x], outputs: [y] }, [g]) => [mul(g!, slope(x!, y!))],
  };
}

const Neg: Op = { onnx: "Neg", type: alike("neg"), grad: (_, [g]) => [neg(g!)] };
const Exp: Op = unary("Exp", (_, y) => y);
const Log: Op = { onnx: "Log", type: alike("log"), grad: ({ inputs: [x] }, [g]) => [div(g!, x!)] };
const Sqrt: Op = unary("Sqrt", (_, y) => div(0.5, y));
const Reciprocal: Op = unary("Reciprocal", (_, y) => neg(mul(y, y)));
const Abs: Op = unary("Abs", (x) => sign(x));
const Erf: Op = unary("Erf", (x) => mul(2 / Math.sqrt(Math.PI), exp(neg(mul(x, x)))));
const Sin: Op = unary("Sin", (x) => cos(x));
const Cos: Op = unary("Cos", (x) => neg(sin(x)));
const Sign: Op = { onnx: "Sign", type: alike("sign"), grad: "zero" };
const Floor: Op = { onnx: "Floor", type: alike("floor"), grad: "zero" };
const Round: Op = { onnx: "Round", type: alike("round"), grad: "zero" };

const Equal: Op = { onnx: "Equal", type: alike("equal", "bool"), grad: "zero" };
const Greater: Op = { onnx: "Greater", type: alike("greater", "bool"), grad: "zero" };
const Less: Op = { onnx: "Less", type: alike("less", "bool"), grad: "zero" };
const And: Op = { onnx: "And", type: alike("and"), grad: "zero" };
const Or: Op = { onnx: "Or", type: alike("or"), grad: "zero" };
const Not: Op = { onnx: "Not", type: alike("not"), grad: "zero" };
const IsNaN: Op = { onnx: "IsNaN", type: alike("isNaN", "bool"), grad: "zero" };

/** ONNX numbers its element types; `cast` is the one operator that needs them as an attribute. */
export const elementTypes: Readonly<Record<DType, number>> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float64: 11,
  uint32: 12,
};
const dtypeOfNumber = (number: number): DType =>
  (Object.keys(elementTypes) as DType[]).find((name) => elementTypes[name] === number)!;

const isFloat = (dtype: DType): boolean => dtype === "float32" || dtype === "float64";

const Cast: Op = {
  onnx: "Cast",
  type: ([x], { to }) => ({ dtype: dtypeOfNumber(to as number), shape: x!.shape }),
  grad: ({ inputs: [x], outputs: [y] }, [g]) => [
    isFloat(x!.dtype) && isFloat(y!.dtype) ? cast(g!, x!.dtype) : null,
  ],
};

const Where: Op = {
  onnx: "Where",
  type: ([condition, a, b]) => {
    if (condition!.dtype !== "bool")
      throw mistake(`where: the condition must be bool, got ${typeText(condition!)}`);
    const { dtype } = alike("where")([a!, b!], {}) as Type;
    return { dtype, shape: broadcast("where", condition!.shape, a!.shape, b!.shape) };
  },
  grad: ({ inputs: [condition] }, [g]) => [
    null,
    where(condition!, g!, 0),
    where(condition!, 0, g!),
  ],
};

export const elementwiseOps: readonly Op[] = [
  ...[
    Add,
    Sub,
    Mul,
    Div,
    Pow,
    Max,
    Min,
    Neg,
    Exp,
    Log,
    Sqrt,
    Reciprocal,
    Abs,
    Erf,
    Sin,
    Cos,
    Sign,
    Floor,
  ],
  ...[Round, Equal, Greater, Less, And, Or, Not, IsNaN, Cast, Where],
];

const binary = (op: Op, a: Operand, b: Operand): Tensor => elementwise(op, operands(a, b));

/** a + b, elementwise with broadcasting; a number stands for a scalar. */
export const add = (a: Operand, b: Operand): Tensor => {
  const [x, y] = operands(a, b);
  if (isScalar(y, 0)) return x;
  return isScalar(x, 0) ? y : elementwise(Add, [x, y]);
};
/** a - b, elementwise with broadcasting. */
export const sub = (a: Operand, b: Operand): Tensor => {
  const [x, y] = operands(a, b);
  return isScalar(y, 0) ? x : elementwise(Sub, [x, y]);
};
/** a b, elementwise with broadcasting. */
export const mul = (a: Operand, b: Operand): Tensor => {
  const [x, y] = operands(a, b);
  if (isScalar(y, 1)) return x;
  return isScalar(x, 1) ? y : elementwise(Mul, [x, y]);
};
/** a / b, elementwise with broadcasting. */
export const div = (a: Operand, b: Operand): Tensor => {
  const [x, y] = operands(a, b);
  return isScalar(y, 1) ? x : elementwise(Div, [x, y]);
};
/** a to the power b, elementwise with broadcasting. */
export const pow = (a: Operand, b: Operand): Tensor => binary(Pow, a, b);
/** The larger of two cells; the gradient goes to the first where they are equal. */
export const maximum = (a: Operand, b: Operand): Tensor => binary(Max, a, b);
/** The smaller of two cells; the gradient goes to the first where they are equal. */
export const minimum = (a: Operand, b: Operand): Tensor => binary(Min, a, b);
/** Values outside [low, high] become the bound; the gradient there is zero. */
export const clip = (x: Tensor, low: number, high: number): Tensor =>
  minimum(maximum(x, low), high);
/** -x, cell by cell. */
export const neg = (x: Tensor): Tensor => elementwise(Neg, [x]);
/** e to the power x, cell by cell. */
export const exp = (x: Tensor): Tensor => elementwise(Exp, [x]);
/** The natural logarithm, cell by cell. */
export const log = (x: Tensor): Tensor => elementwise(Log, [x]);
/** The square root, cell by cell. */
export const sqrt = (x: Tensor): Tensor => elementwise(Sqrt, [x]);
/** 1 / x, cell by cell. */
export const reciprocal = (x: Tensor): Tensor => elementwise(Reciprocal, [x]);
/** |x|, cell by cell. */
export const abs = (x: Tensor): Tensor => elementwise(Abs, [x]);
/** The error function, cell by cell. */
export const erf = (x: Tensor): Tensor => elementwise(Erf, [x]);
/** The sine of radians, cell by cell. */
export const sin = (x: Tensor): Tensor => elementwise(Sin, [x]);
/** The cosine of radians, cell by cell. */
export const cos = (x: Tensor): Tensor => elementwise(Cos, [x]);
/** -1, 0 or 1 by the sign of each cell; no gradient flows through. */
export const sign = (x: Tensor): Tensor => elementwise(Sign, [x]);
/** The largest whole number not above each cell; no gradient flows through. */
export const floor = (x: Tensor): Tensor => elementwise(Floor, [x]);
/** To the nearest whole number, halves to even. */
export const round = (x: Tensor): Tensor => elementwise(Round, [x]);
/** x x, cell by cell. */
export const square = (x: Tensor): Tensor => mul(x, x);
/** Whether two cells are equal, as bool. */
export const equal = (a: Operand, b: Operand): Tensor => binary(Equal, a, b);
/** Whether a > b, as bool. */
export const greater = (a: Operand, b: Operand): Tensor => binary(Greater, a, b);
/** Whether a < b, as bool. */
export const less = (a: Operand, b: Operand): Tensor => binary(Less, a, b);
/** Whether both cells hold, as bool. */
export const and = (a: Tensor, b: Tensor): Tensor => elementwise(And, [a, b]);
/** Whether one of two cells holds, as bool. */
export const or = (a: Tensor, b: Tensor): Tensor => elementwise(Or, [a, b]);
/** Whether a cell does not hold, as bool. */
export const not = (x: Tensor): Tensor => elementwise(Not, [x]);
/** Whether a cell is NaN, as bool. */
export const isNan = (x: Tensor): Tensor => elementwise(IsNaN, [x]);
/** The same values with another element type; gradients flow between float types. */
export function cast(x: Tensor, to: DType): Tensor {
  checkTensor("cast", x);
  if (!(typeof to === "string" && Object.hasOwn(elementTypes, to)))
    throw mistake(`cast: one of ${Object.keys(elementTypes).join(", ")} is expected`);
  return x.dtype === to ? x : elementwise(Cast, [x], { to: elementTypes[to] });
}
/** Elementwise choice: `a` where the condition holds, else `b`. */
export const where = (condition: Tensor, a: Operand, b: Operand): Tensor =>
  elementwise(Where, [condition, ...operands(a, b)]);
