import type { Language } from "../language.ts";
import { periodsBetween } from "../tasks/rows/rows-per-period.ts";
import { budgetVerdicts, periodOfBudget } from "../tasks/verdicts/budget.ts";
import type { Verdict } from "../tasks/verdicts/verdict.ts";
import { type ClusterUse, type MatchOptions, matchOnCluster } from "./match.ts";
import { type ClusterOutput, outputRequest } from "./output.ts";

/** How rows are scored on a cluster. */
export interface ClusterScoreOptions extends MatchOptions {
  /** Reasons for anomalies only (the default), for all rows, or for none. */
  readonly reasons?: "anomalies" | "all" | "none";
  /** Of the reasons. */
  readonly language?: Language;
}

/** What the scores of data of a cluster come to. */
export interface ClusterScored {
  readonly rows: number;
  readonly anomalies: number;
  /** Rows whose verdict is open, since a cell could not be read. */
  readonly open: number;
  /** What the budget of the model comes to. */
  readonly verdicts: readonly Verdict[];
}

interface Answer extends Omit<ClusterScored, "verdicts"> {
  readonly days?: readonly [first: number, last: number] | null;
}

/**
 * Scores data by a model file where Spark has them, and has it write the rows: those of `espejo score`, and `unread` behind
 * them. Throws what opening a table for a model throws, `score_not_finite`, `cluster_exists`, `cluster_foreign`,
 * `cluster_no_runtime` and `cluster_version`.
 */
export async function scoreOnCluster(
  use: ClusterUse,
  output: ClusterOutput,
  options: ClusterScoreOptions = {},
): Promise<ClusterScored> {
  const { reasons = "anomalies", language = "en" } = options;
  const { threshold } = use.model.metadata;
  const { request, columns } = await matchOnCluster(use, options);
  const per = periodOfBudget(threshold);
  const dated = per && columns.find(({ role, type }) => role === "time" && type === "date");
  const { days, ...told } = await use.connection.ask<Answer>("score", {
    ...{ ...request, reasons, language, output: outputRequest(output) },
    ...(dated && { days: dated.name }),
  });
  const { rows, anomalies: flagged } = told;
  const periods = per && days ? periodsBetween(days, per) : null;
  return { ...told, verdicts: budgetVerdicts(threshold, { flagged, rows, periods }) };
}
