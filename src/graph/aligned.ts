import { elementwiseOps } from "./ops/elementwise.ts";
import { reshape } from "./ops/shape.ts";
import { constant, isConstant, type Node, type Op, type Tensor } from "./tensor.ts";

const broadcasting: ReadonlySet<Op> = new Set(elementwiseOps);

/**
 * The inputs of a node as they are written. ONNX Runtime walks a broadcast in runs along the last axis that both
 * operands have. Where that is of size 1, as in grey images, a number beside a tensor makes runs of one cell, ten times
 * slower; with as many axes as the result, all of size 1, it is one run again.
 */
export function aligned({ op, inputs, outputs }: Node): readonly Tensor[] {
  const shape = outputs[0]?.shape ?? [];
  if (shape.length < 3 || shape.at(-1) !== 1 || !broadcasting.has(op)) return inputs;
  return inputs.map((each) => {
    const missing = shape.length - each.shape.length;
    const known = each.shape.filter((dim) => typeof dim === "number");
    if (missing === 0 || known.length < each.shape.length) return each;
    const sizes = [...new Array<number>(missing).fill(1), ...known];
    return isConstant(each) && !each.node.name
      ? constant(each.dtype, sizes, each.node.data!)
      : reshape(each, sizes);
  });
}
