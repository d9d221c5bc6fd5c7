import type { Counts } from "../../../../src/studio/api/runs.ts";
import { type Binned, labelledShare } from "./counts.ts";

/** What a threshold comes to where labels tell; null where there is nothing to divide by. */
export interface Rates {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
  /** Of the alarms, the share that are anomalies. */
  readonly precision: number | null;
  /** Of the anomalies, the share that is found. */
  readonly recall: number | null;
  readonly f1: number | null;
  /** Of the normal rows, the share that is flagged. */
  readonly fallOut: number | null;
}

/** The rates of a threshold from the counts above it and of all. */
export function ratesOf(above: Counts, all: Counts): Rates {
  const truePositives = above.anomalies;
  const falsePositives = above.normals;
  const alarms = truePositives + falsePositives;
  return {
    ...{ truePositives, falsePositives },
    falseNegatives: all.anomalies - truePositives,
    trueNegatives: all.normals - falsePositives,
    precision: part(truePositives, alarms),
    recall: part(truePositives, all.anomalies),
    f1: part(2 * truePositives, all.anomalies + alarms),
    fallOut: part(falsePositives, all.normals),
  };
}

const part = (some: number, all: number): number | null => (all > 0 ? some / all : null);

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/** The curves of all thresholds, from the highest to the lowest. */
export interface Curves {
  /** Precision (y) at each recall (x). */
  readonly precision: readonly CurvePoint[];
  /** Recall (y) at each share of normal rows that is flagged (x). */
  readonly roc: readonly CurvePoint[];
}

/** Precision against recall and ROC, a point for each edge between the bins. */
export function curvesOf({ counts, anomalies, all }: Binned): Curves {
  const normalShare = labelledShare(all);
  const precision: CurvePoint[] = [];
  const roc: CurvePoint[] = [{ x: 0, y: 0 }];
  let known = 0;
  let normals = 0;
  for (let i = counts.length - 1; i >= 0; i--) {
    if (counts[i] === 0) continue;
    known += anomalies[i]!;
    normals += (counts[i]! - anomalies[i]!) * normalShare;
    const recall = part(known, all.anomalies) ?? 0;
    if (known + normals > 0) precision.push({ x: recall, y: known / (known + normals) });
    roc.push({ x: part(normals, all.normals) ?? 0, y: recall });
  }
  return { precision, roc };
}
