import type { Arrays } from "../../data/terms/arrays.ts";
import type { ArrayModel } from "../model/array-model.ts";
import { rankingOf } from "../ranking/order.ts";
import type { Reason } from "../score/reasons.ts";
import { roundedText, roundingOfSpread } from "../score/rounding.ts";
import { type StampScores, scoreStamps } from "../score/score-stamps.ts";
import { budgetVerdicts } from "../verdicts/budget.ts";
import type { Verdict } from "../verdicts/verdict.ts";
import { type RankOptions, rankedCount } from "./rank.ts";

/** The rows of the table that windows were cut from, by the scores of their time stamps, the most abnormal first. */
export interface StampRanking {
  readonly rows: number;
  readonly anomalies: number;
  readonly stamps: StampScores;
  /** The numbers of the anomalies, or of the highest scores that were wanted; a row that no window covers is not ranked. */
  readonly ranked: Uint32Array;
  readonly verdicts: readonly Verdict[];
}

/** Ranks the time stamps of arrays that were opened with `stamps`. Throws `stamps_absent` where rows are no windows of a table. */
export async function rankStamps(
  model: ArrayModel,
  arrays: Arrays,
  which: RankOptions = {},
): Promise<StampRanking> {
  const stamps = await scoreStamps(model, arrays);
  const anomalies = stamps.isAnomaly.reduce((sum, flag) => sum + flag, 0);
  const { threshold, stampThreshold = threshold } = model.metadata;
  return {
    ...{ rows: stamps.rows, anomalies, stamps },
    ranked: rankingOf(stamps.score).subarray(0, rankedCount(which, anomalies)),
    verdicts: budgetVerdicts(stampThreshold, {
      ...{ flagged: anomalies, rows: stamps.rows, periods: null },
    }),
  };
}

/** The variable that adds most to the score of a time stamp, with what it was and what was expected. */
export function stampReason(model: ArrayModel, stamps: StampScores, row: number): Reason {
  const feature = stamps.feature[row]!;
  const rounding = roundingOfSpread(model.metadata.scale.deviation[feature]!);
  return {
    column: stamps.features[feature]!,
    expected: roundedText(stamps.expected[row]!, rounding, true),
    actual: roundedText(stamps.actual[row]!, rounding),
    share: stamps.share[row]!,
  };
}
