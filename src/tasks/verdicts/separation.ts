import type { Items } from "../../language.ts";
import { checkArguments } from "../../options.ts";
import { z } from "../../schema.ts";
import { type Verdict, verdict } from "./verdict.ts";

/** The figures of an evaluation that tell whether scores separate anomalies from normal rows. */
export interface Separation {
  readonly rows: number;
  readonly anomalies: number;
  readonly rocAuc: number;
  /** The 95 % interval of DeLong et al. */
  readonly rocAucInterval: readonly [low: number, high: number];
}

const number = z.any().check(z.refine((value) => typeof value === "number", "a number"));
const separation = z.looseObject({
  ...{ rows: number, anomalies: number, rocAuc: number },
  rocAucInterval: z.array(number).check(z.length(2)),
});

/** Below it a ranking is of little use, whatever its interval. */
const leastUseful = 0.6;
/** Anomalies below which DeLong's interval is too narrow: without any signal its lower limit is above 0.5 too often. */
const fewAnomalies = 10;

/**
 * Whether scores separate anomalies from normal rows: not where the lower limit of the 95 % interval of ROC AUC is at
 * most 0.5, or the point below 0.6, or the area no further from 0.5 than 1.96 of Mann and Whitney's deviations without
 * any signal, sqrt((m + n + 1) / (12 m n)), which the interval alone forgets where few rows agree by chance. Of fewer
 * than ten rows of a class with a point of 0.6 or more that cannot be known. null without rows of both classes. `items` is
 * what the rows are.
 */
export function separationOf(evaluation: Separation, items: Items = "rows"): Verdict | null {
  checkArguments("separationOf", {
    evaluation: [evaluation, separation],
    items: [items, z.enum(["rows", "images", "sequences", "windows", "stamps"])],
  });
  const { rows, anomalies, rocAuc: auc } = evaluation;
  const [low, high] = evaluation.rocAucInterval;
  if (anomalies === 0 || anomalies === rows) return null;
  const figures = { auc, low, high, ...(items !== "rows" && { items }) };
  const normals = rows - anomalies;
  const chance = 1.96 * Math.sqrt((rows + 1) / (12 * anomalies * normals));
  const few = Math.min(anomalies, normals) < fewAnomalies;
  const separates = low > 0.5 && auc >= leastUseful && auc - 0.5 > chance;
  if (!separates && few && auc >= leastUseful)
    return verdict("separates_unknown", { ...figures, anomalies });
  return verdict(separates ? "separates" : "not_separates", figures);
}
