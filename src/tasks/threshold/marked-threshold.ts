import { EspejoError } from "../../errors.ts";
import {
  chooseThreshold,
  formatThreshold,
  needsLabels,
  parseThreshold,
  type Threshold,
} from "../../metrics/threshold.ts";

/** Fewer marked rows, or fewer confirmed ones among them, say nothing of a threshold. */
const least = 10;
const leastConfirmed = 3;

/** The scores of rows that a person marked. */
export interface MarkedScores {
  /** What the data are called. */
  readonly path: string;
  readonly scores: Float32Array;
  /** 1 confirmed, 0 false alarm. */
  readonly classes: Uint8Array;
  /** The highest score of all rows below the lowest marked one; null where there is none. */
  readonly below: number | null;
}

/** What a threshold comes to among the rows that a person marked. */
export interface MarkedOutcome {
  readonly rows: number;
  readonly confirmed: number;
  /** Those above the threshold. */
  readonly above: { readonly confirmed: number; readonly falseAlarms: number };
  /** The lowest score of a marked row: what lies below it nobody looked at. */
  readonly lowest: number;
}

/** A threshold with what it comes to. */
export interface MarkedThreshold {
  readonly threshold: Threshold;
  readonly marks: MarkedOutcome;
}

/**
 * Chooses a threshold by the rows that a person marked, with a rule that weighs anomalies against false alarms. They are no
 * sample of all rows but those that a ranking showed, so no threshold is chosen below the lowest of them. Throws
 * `threshold_marks` for too few marks, `threshold_marks_rule` for a rule that looks at none.
 */
export function markedThreshold(text: string, marked: MarkedScores): MarkedThreshold {
  const rule = parseThreshold(text);
  const { path, scores, classes, below } = marked;
  if (!needsLabels(rule))
    throw new EspejoError("threshold_marks_rule", { rule: formatThreshold(rule) });
  const confirmed = classes.reduce((sum, each) => sum + each, 0);
  const rows = scores.length;
  if (rows < least || confirmed < leastConfirmed)
    throw new EspejoError("threshold_marks", { path, rows, confirmed, least, leastConfirmed });
  const lowest = scores.reduce((a, b) => Math.min(a, b));
  const chosen = chooseThreshold(rule, scores, classes);
  const value = chosen.threshold < lowest ? justBelow(lowest, below) : chosen.threshold;
  const above = (kind: number): number =>
    scores.reduce((sum, score, i) => sum + Number(score > value && classes[i] === kind), 0);
  return {
    threshold: { ...chosen, threshold: value, parameters: { ...chosen.parameters, marked: rows } },
    marks: { rows, confirmed, above: { confirmed: above(1), falseAlarms: above(0) }, lowest },
  };
}

/** Halfway from a score to the next lower one, as float32. */
function justBelow(score: number, next: number | null): number {
  if (next === null) return Math.fround(score - Math.max(1, Math.abs(score) / 1000));
  const middle = Math.fround(next + (score - next) / 2);
  return middle < score ? middle : next;
}

/** The scores of marked rows among those of all rows, whose classes are 2 where nobody looked. */
export function markedScores(path: string, all: Float32Array, classes: Uint8Array): MarkedScores {
  const scores = all.filter((_, row) => classes[row] !== 2);
  const lowest = scores.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const below = all.reduce(
    (most, score) => (score < lowest ? Math.max(most, score) : most),
    Number.NEGATIVE_INFINITY,
  );
  return {
    ...{ path, scores, classes: classes.filter((kind) => kind !== 2) },
    below: Number.isFinite(below) ? below : null,
  };
}
