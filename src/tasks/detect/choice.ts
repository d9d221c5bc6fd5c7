import { comparePrecision } from "../../metrics/paired-bootstrap.ts";
import { averagePrecision } from "../../metrics/ranking.ts";
import { pick, placesOf } from "../rows/pick.ts";
import { parts } from "../rows/split.ts";
import { type Method, type Verdict, verdict } from "../verdicts/verdict.ts";
import type { Candidate } from "./methods.ts";

/** How often chance may bring what is taken for better, over all comparisons of a choice. */
const level = 0.01;
const draws = 999;
/** Of fewer anomalies among the rows that calibrate nothing is chosen: a bootstrap says too often that one is better. */
const fewAnomalies = 10;

/** The method that is kept, and why. */
export interface Choice {
  readonly kept: Candidate;
  readonly why: Verdict;
}

/**
 * Chooses among methods on the rows that calibrate: the usual one, first of the list, unless the average precision of
 * another is better by more than chance would bring in 1 of 100 labels (a paired bootstrap, the level shared among the
 * comparisons); of several such the one with the greatest. The rows that test have no say.
 */
export function chooseMethod(
  candidates: readonly [Candidate, ...Candidate[]],
  seed: number,
): Choice {
  const [usual, ...others] = candidates;
  const { held, split, labels } = usual.trained;
  const places = placesOf(held.rows, (row) => split.partOf[row] === parts.calibrate);
  const classes = pick(labels!.classes, pick(held.rows, places));
  const anomalies = classes.reduce((sum, each) => sum + each, 0);
  if (Math.min(anomalies, classes.length - anomalies) < fewAnomalies)
    return { kept: usual, why: verdict("kept_few", { method: usual.method, anomalies }) };
  const scoresOf = ({ trained }: Candidate): Float32Array => pick(trained.held.model, places);
  const precision = (each: Candidate): number => averagePrecision(scoresOf(each), classes);
  const most = level / others.length;
  const better = others.filter(
    (each) =>
      comparePrecision(scoresOf(each), scoresOf(usual), classes, {
        ...{ draws, seed, enough: Math.floor(most * (draws + 1)) },
      }).pValue <= most,
  );
  const [best] = better.sort((a, b) => precision(b) - precision(a));
  const rows = classes.length;
  if (!best) {
    const figures = candidates.map((each): [Method, number] => [each.method, precision(each)]);
    return { kept: usual, why: verdict("kept_usual", { method: usual.method, rows, figures }) };
  }
  return {
    kept: best,
    why: verdict("kept_better", {
      ...{ method: best.method, precision: precision(best), rows },
      ...{ other: usual.method, otherPrecision: precision(usual) },
    }),
  };
}
