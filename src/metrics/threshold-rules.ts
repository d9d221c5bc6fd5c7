import { phrases } from "../errors.ts";
import { fBeta, precision, recall } from "./confusion.ts";
import { countsByLevel, type Labels, type Numbers } from "./counts.ts";
import { fitPareto, paretoExcess } from "./pareto.ts";
import { mad, mean, median, quantile, sd } from "./statistics.ts";

/** What a rule sees: finite scores, labels where it asked for them, the number after its colon. */
export interface Calibration {
  readonly scores: Numbers;
  readonly labels: Labels;
  readonly value: number;
  /** To the precision in which scores are compared: float32 or the identity. */
  readonly round: (x: number) => number;
}

/** A threshold for score > threshold, and the numbers that explain it. */
export interface Choice {
  readonly threshold: number;
  readonly parameters: Readonly<Record<string, number>>;
}

interface Rule {
  /** The number after the colon; absent where the rule takes none. */
  readonly parameter?: {
    readonly example: number;
    readonly expected: string;
    readonly holds: (value: number) => boolean;
  };
  readonly byLabels: boolean;
  /** The fewest rows that it can be chosen on; one where it is absent. */
  readonly least?: (value: number) => number;
  readonly choose: (calibration: Calibration) => Choice;
}

export type RuleName =
  | "quantile"
  | "contamination"
  | "sd"
  | "mad"
  | "max"
  | "budget"
  | "conformal"
  | "pot"
  | "f1"
  | "fbeta"
  | "recall"
  | "precision"
  | "cost";

/** A normal distribution's standard deviation, in median absolute deviations: 1 / Phi^-1(3/4). */
const sdPerMad = 1.482602218505602;

const positive = { expected: phrases.above_zero, holds: (x: number) => x > 0 && x < Infinity };

/** Every threshold rule, a row each: what number it takes, whether it needs labels, how it chooses. */
export const rules: Readonly<Record<RuleName, Rule>> = {
  quantile: {
    parameter: { example: 0.99, expected: phrases.share_closed, holds: (q) => q >= 0 && q <= 1 },
    byLabels: false,
    choose: ({ scores, value }) => atQuantile(scores, value),
  },
  contamination: {
    parameter: { example: 0.05, expected: phrases.share_open, holds: (c) => c > 0 && c < 1 },
    byLabels: false,
    choose: ({ scores, value }) => atQuantile(scores, 1 - value),
  },
  sd: {
    parameter: { example: 3, ...positive },
    byLabels: false,
    choose: ({ scores, value }) => {
      const parameters = { mean: mean(scores), sd: sd(scores), rows: scores.length };
      return { threshold: parameters.mean + value * parameters.sd, parameters };
    },
  },
  mad: {
    // The modified z-score of Iglewicz and Hoaglin (1993), who advise 3.5.
    parameter: { example: 3.5, ...positive },
    byLabels: false,
    choose: ({ scores, value }) => {
      const parameters = { median: median(scores), mad: mad(scores), rows: scores.length };
      return { threshold: parameters.median + value * sdPerMad * parameters.mad, parameters };
    },
  },
  max: {
    byLabels: false,
    choose: ({ scores }) => ({
      threshold: quantile(scores, 1),
      parameters: { rows: scores.length },
    }),
  },
  budget: {
    parameter: {
      example: 50,
      expected: phrases.whole_alerts,
      holds: (n) => Number.isSafeInteger(n) && n > 0,
    },
    byLabels: false,
    choose: withinBudget,
  },
  conformal: {
    parameter: { example: 0.01, expected: phrases.share_open, holds: (a) => a > 0 && a < 1 },
    byLabels: false,
    least: (alpha) => Math.ceil(1 / alpha - 1 - 1e-9),
    choose: conformal,
  },
  pot: {
    parameter: { example: 0.001, expected: phrases.share_open, holds: (q) => q > 0 && q < 1 },
    byLabels: false,
    least: () => Math.ceil(fewestPeaks / (1 - peakQuantile) - 1e-9),
    choose: peaksOverThreshold,
  },
  f1: { byLabels: true, choose: (calibration) => bestFBeta(calibration, 1) },
  fbeta: {
    parameter: { example: 2, ...positive },
    byLabels: true,
    choose: (calibration) => bestFBeta(calibration, calibration.value),
  },
  recall: {
    parameter: { example: 0.8, expected: phrases.share_positive, holds: (r) => r > 0 && r <= 1 },
    byLabels: true,
    // The highest level that reaches the recall: fewest alarms.
    choose: (calibration) =>
      best(calibration, (hits) => (recall(hits) >= calibration.value ? 1 : 0)),
  },
  precision: {
    parameter: { example: 0.9, expected: phrases.share_positive, holds: (p) => p > 0 && p <= 1 },
    byLabels: true,
    // The lowest level that keeps the precision: most anomalies; without one no alarm at all.
    choose: (calibration) =>
      best(calibration, (hits) => (precision(hits) >= calibration.value ? hits.truePositives : 0)),
  },
  cost: {
    // A missed anomaly costs `value` times as much as a false alarm.
    parameter: { example: 10, ...positive },
    byLabels: true,
    choose: (calibration) =>
      best(calibration, (hits) => -calibration.value * hits.falseNegatives - hits.falsePositives),
  },
};

function atQuantile(scores: Numbers, q: number): Choice {
  return { threshold: quantile(scores, q), parameters: { quantile: q, rows: scores.length } };
}

function withinBudget({ scores, value, round }: Calibration): Choice {
  const sorted = Float64Array.from(scores).sort();
  const rows = sorted.length;
  const threshold =
    value >= rows
      ? below(sorted[0]!)
      : value === 0
        ? sorted[rows - 1]!
        : midway(sorted[rows - value - 1]!, sorted[rows - value]!, round);
  const q = Math.max(0, 1 - value / rows);
  const alarms = rows - sorted.findLastIndex((score) => score <= threshold) - 1;
  return { threshold, parameters: { quantile: q, alarms, rows } };
}

/**
 * The k-th highest score, k = floor(alpha (n + 1)): a new row like the n calibration rows passes it with
 * probability k / (n + 1), at most alpha, whatever the distribution (split conformal p-values: Vovk et al.
 * 2005; Bates et al. 2023). It takes
 * 1 / alpha - 1 rows or more.
 */
function conformal({ scores, value }: Calibration): Choice {
  const rows = scores.length;
  // a share such as 0.01 of 99 + 1 rows is one row, though rounding may say 0.9999999
  const rank = Math.floor(value * (rows + 1) + 1e-9);
  const sorted = Float64Array.from(scores).sort();
  return {
    threshold: sorted[rows - rank]!,
    parameters: { falseAlarms: rank / (rows + 1), rank, rows },
  };
}

/** Scores above this quantile are the peaks whose tail is fitted, and so many there must be. */
const peakQuantile = 0.9;
const fewestPeaks = 10;

/**
 * Peaks over threshold (Siffer et al. 2017, SPOT): above the 90 % quantile t excesses follow a generalised
 * Pareto distribution (Pickands 1975), and the threshold is where it leaves a share q of all rows: t +
 * sigma / xi ((q n / peaks)^-xi - 1). Reaches beyond all scores that were seen.
 */
function peaksOverThreshold({ scores, value }: Calibration): Choice {
  const rows = scores.length;
  const level = quantile(scores, peakQuantile);
  const excesses = Float64Array.from(scores, (score) => score - level).filter((over) => over > 0);
  const share = (value * rows) / excesses.length;
  const { shape, scale } = fitPareto(excesses);
  // a share that is not in the tail needs no tail
  const threshold =
    share < 1 ? level + paretoExcess({ shape, scale }, share) : quantile(scores, 1 - value);
  return { threshold, parameters: { level, peaks: excesses.length, shape, scale, rows } };
}

interface Hits {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

function bestFBeta(calibration: Calibration, beta: number): Choice {
  return best(calibration, (hits) => fBeta(hits, beta));
}

/** The level, or no alarm at all, with the greatest worth; of equals the one with fewest alarms. */
function best({ scores, labels, round }: Calibration, worth: (hits: Hits) => number): Choice {
  const { levels, truePositives, falsePositives, positives } = countsByLevel(scores, labels);
  const hitsAt = (level: number): Hits => {
    const hits = truePositives[level] ?? 0;
    const alarms = falsePositives[level] ?? 0;
    return { truePositives: hits, falsePositives: alarms, falseNegatives: positives - hits };
  };
  let chosen = -1;
  let greatest = worth(hitsAt(-1));
  for (let level = 0; level < levels.length; level++) {
    const value = worth(hitsAt(level));
    if (value > greatest) {
      greatest = value;
      chosen = level;
    }
  }
  const upper = levels[chosen];
  const lower = levels[chosen + 1];
  const hits = hitsAt(chosen);
  return {
    threshold:
      upper === undefined
        ? lower!
        : lower === undefined
          ? below(upper)
          : midway(lower, upper, round),
    parameters: {
      ...hits,
      precision: precision(hits),
      recall: recall(hits),
      f1: fBeta(hits, 1),
      rows: scores.length,
    },
  };
}

/** Halfway from lower to upper, or lower itself where rounding would lose upper's alarm. */
function midway(lower: number, upper: number, round: (x: number) => number): number {
  const middle = round(lower + (upper - lower) / 2);
  return middle < upper ? middle : lower;
}

/** A number under the lowest score: everything is an alarm. */
function below(score: number): number {
  return score - Math.max(1, Math.abs(score) / 1000);
}
