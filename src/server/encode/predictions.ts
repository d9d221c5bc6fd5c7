import type { RowReasons, Scored } from "../rows.ts";
import { shortNumber } from "./numbers.ts";

/** What is said of one row where rows are objects. */
export interface Prediction {
  readonly score: number;
  readonly is_anomaly: boolean;
  /** Absent where none were asked for; null of rows that are no anomalies, unless all were. */
  readonly reasons?: RowReasons;
}

/** What a model says of rows, row by row. */
export function predictionsOf({ score, isAnomaly, reasons }: Scored): readonly Prediction[] {
  return Array.from(score, (value, i) => ({
    score: shortNumber(value),
    is_anomaly: isAnomaly[i] === 1,
    ...(reasons && { reasons: reasons[i]! }),
  }));
}
