import { type Period, parseThreshold } from "../../metrics/threshold.ts";
import { type Verdict, verdict } from "./verdict.ts";

/** A threshold as a model file has it: its rule as text, and what led to it. */
interface Ruled {
  readonly rule: string;
  readonly parameters: Readonly<Record<string, number>>;
}

/** What the threshold flags of some rows, and how many of the calendar periods of its budget these span. */
export interface Spent {
  readonly flagged: number;
  readonly rows: number;
  /** null where no column has the dates of the rows; idle for other rules. */
  readonly periods: number | null;
}

/** The period of a budget by calendar; null for any other rule, stated thresholds among them. */
export function periodOfBudget({ rule }: Pick<Ruled, "rule">): Period | null {
  return rule.startsWith("budget:") ? (parseThreshold(rule).per ?? null) : null;
}

/**
 * What a budget of alerts comes to in the rows that are scored: so many flagged, and by calendar how many in a period.
 * Nothing for other rules than budgets, and for no rows.
 */
export function budgetVerdicts(
  { rule, parameters }: Ruled,
  { flagged, rows, periods }: Spent,
): readonly Verdict[] {
  if (!rule.startsWith("budget:") || rows === 0) return [];
  const { value: budget = 1, per } = parseThreshold(rule);
  if (per === undefined) {
    const calibrated = parameters.rows ?? 0;
    return [verdict("budget_rows", { budget, flagged, rows, calibrated })];
  }
  if (periods === null) return [verdict("budget_undated", { budget, per, flagged, rows })];
  const rate = (flagged / periods).toFixed(1);
  return [verdict("budget_period", { budget, per, flagged, rate, span: [periods, per] })];
}
