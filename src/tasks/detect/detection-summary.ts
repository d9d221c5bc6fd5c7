import { type TrainingSummary, trainingSummary } from "../runs/run-summary.ts";
import type { TrainedTable } from "../train/train.ts";
import type { TrainedArrays } from "../train/train-arrays.ts";
import type { Method, Verdict } from "../verdicts/verdict.ts";
import type { Beside } from "./beside.ts";
import type { RuleOutcome } from "./threshold-table.ts";

/** What a detection comes to, as plain data: `summary.json` of its run, and what `espejo detect --json` tells. */
export interface DetectionSummary extends TrainingSummary {
  /** How many rows have a score, and how many of them are anomalies. */
  readonly scored: number;
  readonly anomalies: number;
  /** The method that is kept and the others beside it; null and absent as in `Detector`. */
  readonly method?: Method | null;
  readonly beside?: readonly Beside[];
  readonly rules: readonly RuleOutcome[];
}

/** What a detector knows of its detection. */
interface Detected {
  readonly trained: TrainedTable | TrainedArrays;
  readonly interrupted: boolean;
  readonly rules: readonly RuleOutcome[];
  readonly method?: Method | null;
  readonly beside?: readonly Beside[];
  readonly verdicts: readonly Verdict[];
}

/** What rows it was asked to rank came to. */
interface Found {
  readonly rows: number;
  readonly anomalies: number;
  readonly verdicts: readonly Verdict[];
}

export function detectionSummary(
  { trained, interrupted, rules, method, beside, verdicts }: Detected,
  found: Found,
): DetectionSummary {
  return {
    ...trainingSummary(trained),
    ...(interrupted && { stopped: "asked" }),
    ...{ scored: found.rows, anomalies: found.anomalies },
    verdicts: [...verdicts, ...found.verdicts],
    ...(method !== undefined && { method }),
    ...(beside && { beside }),
    rules,
  };
}
