import { mistake } from "../errors.ts";
import { checkArguments } from "../options.ts";
import { parts } from "./arguments.ts";

/** Where a falling curve bends. */
export interface Elbow {
  /** The place in the curve; 0 for a curve that does not fall. */
  readonly index: number;
  /** How far the curve hangs below its chord there, in (0, 1]; 0 for a straight line. */
  readonly depth: number;
}

/**
 * The elbow of errors by rising sizes, by Kneedle (Satopää et al. 2011): with both axes brought to [0, 1],
 * the point that lies farthest below the straight line from the first to the last. Up to there a unit of
 * size buys more than the average of the curve, beyond it less. What rises again by chance counts as not
 * having fallen. Throws `argument_wrong` for unequal lengths and sizes that do not rise.
 */
export function elbowOf(sizes: readonly number[], errors: readonly number[]): Elbow {
  checkArguments("elbowOf", { sizes: [sizes, parts.numbers], errors: [errors, parts.numbers] });
  if (sizes.length !== errors.length || sizes.length < 2)
    throw mistake(`elbowOf: as many sizes as errors, two at least; got ${sizes.length}`);
  if (sizes.some((size, i) => i > 0 && size <= sizes[i - 1]!))
    throw mistake("elbowOf: sizes must rise");
  let least = Number.POSITIVE_INFINITY;
  const falling = errors.map((error) => {
    least = Math.min(least, error);
    return least;
  });
  const [first, last] = [falling[0]!, falling.at(-1)!];
  const [from, to] = [sizes[0]!, sizes.at(-1)!];
  if (!(first > last)) return { index: 0, depth: 0 };
  let best: Elbow = { index: 0, depth: 0 };
  sizes.forEach((size, i) => {
    const depth = 1 - (size - from) / (to - from) - (falling[i]! - last) / (first - last);
    if (depth > best.depth + 1e-12) best = { index: i, depth };
  });
  return best;
}
