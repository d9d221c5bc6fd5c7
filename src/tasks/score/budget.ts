import type { Table } from "../../data/terms/table.ts";
import type { TableModel } from "../model/table-model.ts";
import { periodsIn } from "../rows/rows-per-period.ts";
import { budgetVerdicts, periodOfBudget } from "../verdicts/budget.ts";
import type { Verdict } from "../verdicts/verdict.ts";

/** What the budget of a model comes to in a table that is scored; nothing where another rule chose its threshold. */
export async function budgetIn(
  { metadata: { threshold } }: Pick<TableModel, "metadata">,
  table: Table,
  flagged: number,
): Promise<readonly Verdict[]> {
  const per = periodOfBudget(threshold);
  const periods = per && (await periodsIn(table, per));
  return budgetVerdicts(threshold, { flagged, rows: table.rows, periods });
}
