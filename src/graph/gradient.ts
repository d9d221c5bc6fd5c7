import { mistake } from "../errors.ts";
import { add, mul } from "./ops/elementwise.ts";
import { expandLike } from "./ops/expand.ts";
import { ReduceSumSquare, sumTo } from "./ops/reduce.ts";
import { zerosLike } from "./ops/shape.ts";
import { checkTensor, type Node, scalar, type Tensor } from "./tensor.ts";
import { shapeText } from "./type.ts";
import { walk } from "./walk.ts";

/**
 * The gradients of a scalar `loss` with respect to each of `wrt`, as graph: reverse accumulation
 * (Linnainmaa 1970). Gradients of gradients are taken by calling it on its own results.
 */
export function gradient(loss: Tensor, wrt: readonly Tensor[]): readonly Tensor[] {
  checkTensor("gradient", loss);
  if (!Array.isArray(wrt)) throw mistake(`gradient: takes a list of tensors, got ${typeof wrt}`);
  for (const each of wrt) checkTensor("gradient", each);
  if (loss.shape.length !== 0)
    throw mistake(`gradient: the loss must be a scalar, got ${shapeText(loss.shape)}`);
  const found = pullback([loss], [scalar(1, loss.dtype)], wrt);
  return found.map((g, i) => (g ? expandLike(g, wrt[i]!) : zerosLike(wrt[i]!)));
}

/** Gradients but for a factor that they have in common. */
export interface ScaledGradient {
  readonly scale: Tensor | null;
  readonly gradients: readonly Tensor[];
}

/**
 * As `gradient`, with the factors at the loss, such as those of a mean of squares, kept apart: to multiply
 * the parameters' gradients by them is less work than to carry them through a whole batch.
 */
export function scaledGradient(loss: Tensor, wrt: readonly Tensor[]): ScaledGradient {
  let scale: Tensor | null = null;
  let [output, seed] = [loss, scalar(1, loss.dtype)];
  const grow = (factor: Tensor): void => {
    scale = scale ? mul(scale, factor) : factor;
  };
  const isFixed = (tensor: Tensor): boolean =>
    tensor.shape.length === 0 && pullback([tensor], [seed], wrt).every((g) => g === null);
  for (;;) {
    const [a, b] = output.node.inputs;
    if (output.node.op.onnx !== "Mul" || a === b) break;
    const factor = isFixed(a!) ? a! : isFixed(b!) ? b! : null;
    if (!factor) break;
    grow(factor);
    output = factor === a ? b! : a!;
  }
  if (output.node.op === ReduceSumSquare) {
    grow(scalar(2, loss.dtype));
    [output] = output.node.inputs as [Tensor];
    seed = output;
  }
  const found = pullback([output], [seed], wrt);
  return {
    scale,
    gradients: found.map((g, i) => (g ? expandLike(g, wrt[i]!) : zerosLike(wrt[i]!))),
  };
}

/**
 * The vector-Jacobian product: from `seeds`, the gradients of `outputs`, those of `wrt`; null where
 * none flows. Nothing is followed beyond `wrt` when `frontier` holds, as in the body of a Scan.
 */
export function pullback(
  outputs: readonly Tensor[],
  seeds: readonly (Tensor | null)[],
  wrt: readonly Tensor[],
  { frontier = false }: { readonly frontier?: boolean } = {},
): readonly (Tensor | null)[] {
  const wanted = new Set(wrt);
  const order = nodesBetween(outputs, wanted, frontier);
  const gradients = new Map<Tensor, Tensor>();
  const accumulate = (to: Tensor, g: Tensor): void => {
    const summed = sumTo(g, to);
    const before = gradients.get(to);
    gradients.set(to, before ? add(before, summed) : summed);
  };
  outputs.forEach((output, i) => {
    const seed = seeds[i];
    if (seed) accumulate(output, seed);
  });
  for (const node of order.reverse()) {
    const incoming = node.outputs.map((output) => gradients.get(output) ?? null);
    if (incoming.every((g) => g === null)) continue;
    const { grad } = node.op;
    if (grad === "zero") continue;
    if (grad === "undefined")
      throw mistake(`gradient: ${node.op.onnx} has none; keep it out of the loss`);
    const results = grad(node, incoming);
    node.inputs.forEach((to, i) => {
      const g = results[i];
      if (g) accumulate(to, g);
    });
  }
  return wrt.map((tensor) => gradients.get(tensor) ?? null);
}

/** The nodes on a path from `wanted` to the outputs, inputs before users. */
function nodesBetween(outputs: readonly Tensor[], wanted: Set<Tensor>, frontier: boolean): Node[] {
  const depends = new Map<Node, boolean>();
  const order: Node[] = [];
  const isEnd = (tensor: Tensor): boolean => frontier && wanted.has(tensor);
  const makers = (tensors: readonly Tensor[]): readonly Node[] =>
    tensors.filter((tensor) => !isEnd(tensor)).map((tensor) => tensor.node);
  walk(
    makers(outputs),
    (node) => makers(node.inputs),
    (node) => {
      const between = node.inputs.some((each) => wanted.has(each) || depends.get(each.node));
      if (between) order.push(node);
      depends.set(node, between || node.outputs.some((output) => wanted.has(output)));
    },
  );
  return order;
}
