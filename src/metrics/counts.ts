import { mistake } from "../errors.ts";
import { checkArguments } from "../options.ts";
import { parts } from "./arguments.ts";

/** Any numbers in a row: a typed array or a plain one. */
export type Numbers = ArrayLike<number>;

/** One mark per row; anything but 0 and false is an anomaly (the positive class). */
export type Labels = ArrayLike<number | boolean>;

/**
 * What alarming at each level would do. Levels are the distinct scores, highest first; at position i
 * stand the anomalies (`truePositives`) and the other rows (`falsePositives`) with score >= level i.
 */
export interface Counts {
  readonly levels: Float64Array;
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Counts for every level, n log n. All metrics of a ranking come from here, so that all of them
 * treat tied scores alike: as one group. Throws `argument_wrong` for unequal lengths and NaN scores.
 */
export function countsByLevel(scores: Numbers, labels: Labels): Counts {
  checkArguments("countsByLevel", {
    scores: [scores, parts.numbers],
    labels: [labels, parts.labels],
  });
  const [positive, negative] = splitByLabel(scores, labels);
  // Native sorts of two plain arrays are far faster than one sort of indices by a comparator.
  positive.sort();
  negative.sort();
  const levels = new Float64Array(scores.length);
  const truePositives = new Float64Array(scores.length);
  const falsePositives = new Float64Array(scores.length);
  let size = 0;
  let p = positive.length - 1;
  let q = negative.length - 1;
  while (p >= 0 || q >= 0) {
    const level = Math.max(positive[p] ?? -Infinity, negative[q] ?? -Infinity);
    while (p >= 0 && positive[p] === level) p--;
    while (q >= 0 && negative[q] === level) q--;
    levels[size] = level;
    truePositives[size] = positive.length - 1 - p;
    falsePositives[size] = negative.length - 1 - q;
    size++;
  }
  return {
    levels: levels.subarray(0, size),
    truePositives: truePositives.subarray(0, size),
    falsePositives: falsePositives.subarray(0, size),
    positives: positive.length,
    negatives: negative.length,
  };
}

function splitByLabel(scores: Numbers, labels: Labels): [Float64Array, Float64Array] {
  const n = scores.length;
  if (labels.length !== n)
    throw mistake(`metrics: one label a score is needed, got ${labels.length} for ${n}`);
  const positive = new Float64Array(n);
  const negative = new Float64Array(n);
  let p = 0;
  let q = 0;
  for (let i = 0; i < n; i++) {
    const score = scores[i]!;
    if (Number.isNaN(score)) throw mistake(`metrics: score ${i} is not a number`);
    // Adding 0 makes one zero of -0 and 0, which a sort keeps apart.
    if (labels[i]) positive[p++] = score + 0;
    else negative[q++] = score + 0;
  }
  return [positive.subarray(0, p), negative.subarray(0, q)];
}
