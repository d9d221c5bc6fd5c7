import { readFileSync } from "node:fs";

/** Numbers of scikit-learn and numpy; test/golden/metrics.py makes them. */
export interface Golden {
  readonly rankings: readonly {
    readonly name: string;
    readonly scores: readonly number[];
    readonly labels: readonly number[];
    readonly rocAuc: number;
    readonly averagePrecision: number;
    readonly precisionRecallCurve: Record<"precision" | "recall" | "thresholds", number[]>;
    readonly rocCurve: Record<"falsePositiveRate" | "truePositiveRate" | "thresholds", number[]>;
    readonly alarms: readonly number[];
    readonly confusion: readonly number[];
    readonly precision: number;
    readonly recall: number;
    readonly f1: number;
    readonly f2: number;
  }[];
  readonly samples: readonly {
    readonly name: string;
    readonly values: readonly number[];
    readonly mean: number;
    readonly sd: number;
    readonly shares: readonly number[];
    readonly quantiles: readonly number[];
    readonly median: number;
    readonly mad: number;
    readonly counts: readonly number[];
    readonly edges: readonly number[];
  }[];
  readonly pareto: readonly {
    readonly name: string;
    readonly excesses: readonly number[];
    readonly shape: number;
    readonly scale: number;
    /** What is passed with probability 0.5, 0.01 and 1e-4. */
    readonly passed: readonly number[];
  }[];
  readonly pca: readonly {
    readonly name: string;
    readonly n: number;
    readonly p: number;
    readonly k: number;
    readonly rows: readonly number[];
    readonly weights: readonly number[] | null;
    readonly mean: readonly number[];
    readonly components: readonly number[];
    readonly explainedVariance: readonly number[];
    readonly explainedVarianceRatio: readonly number[];
    readonly codes: readonly number[];
    readonly reconstructed: readonly number[];
    readonly errors: readonly number[];
    readonly explained: number;
    readonly psnr: number;
  }[];
}

export const golden: Golden = JSON.parse(
  readFileSync(new URL("../golden/metrics.json", import.meta.url), "utf8"),
);

/** The greatest difference of two equally long lists; Infinity when the lengths differ. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let greatest = 0;
  for (let i = 0; i < a.length; i++) greatest = Math.max(greatest, Math.abs(a[i]! - b[i]!));
  return greatest;
}
