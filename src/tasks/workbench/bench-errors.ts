import type { Blocks } from "../../nn/index.ts";
import type { PreparedPart } from "./bench-rows.ts";

/** Turns the logits of categories into probabilities, in place: what can be compared with one-hot cells. */
export function probabilities({ numeric, categories }: Blocks, rebuilt: Float32Array): void {
  const outputs = numeric + categories.reduce((a, b) => a + b, 0);
  for (let row = 0; row < rebuilt.length; row += outputs) {
    let at = row + numeric;
    for (const size of categories) {
      const block = rebuilt.subarray(at, at + size);
      let most = Number.NEGATIVE_INFINITY;
      for (const z of block) most = Math.max(most, z);
      let total = 0;
      for (let i = 0; i < size; i++) {
        block[i] = Math.exp(block[i]! - most);
        total += block[i]!;
      }
      for (let i = 0; i < size; i++) block[i]! /= total;
      at += size;
    }
  }
}

/**
 * [n], the mean squared error of each row over its observed source columns; that of a category is the sum
 * over its places of (probability - one-hot)^2, Brier's. Of arrays, over the cells that are not NaN.
 */
export function squaredErrorsOf(
  blocks: Blocks | null,
  outputs: number,
  { rows, x, mask }: PreparedPart,
  rebuilt: Float32Array,
): Float64Array {
  const n = rows.length;
  const width = n === 0 ? outputs : x.length / n;
  const sizes = blocks
    ? [...new Array<number>(blocks.numeric).fill(1), ...blocks.categories]
    : new Array<number>(outputs).fill(1);
  return Float64Array.from({ length: n }, (_, i) => {
    let [sum, observed, at] = [0, 0, 0];
    sizes.forEach((size, column) => {
      const from = at;
      at += size;
      if (mask && mask[i * sizes.length + column] === 0) return;
      if (Number.isNaN(x[i * width + from]!)) return;
      for (let k = from; k < at; k++) sum += (x[i * width + k]! - rebuilt[i * outputs + k]!) ** 2;
      observed++;
    });
    return sum / Math.max(1, observed);
  });
}
