import { activationOps } from "./ops/activation.ts";
import { chooseOps } from "./ops/choose.ts";
import { convolveOps } from "./ops/convolve.ts";
import { elementwiseOps } from "./ops/elementwise.ts";
import { Expand, ShapeOf } from "./ops/expand.ts";
import { linearOps } from "./ops/linear.ts";
import { rearrangeOps } from "./ops/rearrange.ts";
import { recurrentOps } from "./ops/recurrent.ts";
import { reduceOps } from "./ops/reduce.ts";
import { shapeOps } from "./ops/shape.ts";
import { sliceOps } from "./ops/slice.ts";
import { Scan } from "./scan.ts";
import type { Op } from "./tensor.ts";

/** Every operator that a graph can hold. */
export const operators: readonly Op[] = [
  ...elementwiseOps,
  ...activationOps,
  ...linearOps,
  ...reduceOps,
  ...shapeOps,
  ...sliceOps,
  ...chooseOps,
  ...rearrangeOps,
  ...convolveOps,
  ...recurrentOps,
  Expand,
  ShapeOf,
  Scan,
];

/** Their ONNX names, and those that writing a graph adds. */
export const operatorNames: ReadonlySet<string> = new Set([
  ...operators.filter(({ stands }) => !stands).map(({ onnx }) => onnx),
  "Identity",
]);
