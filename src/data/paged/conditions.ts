import { identifier, literal } from "../terms/sql.ts";

/** What must hold of a row. */
export type Condition =
  | { readonly column: string; readonly is: string | boolean }
  | { readonly column: string; readonly above: number }
  | { readonly column: string; readonly among: readonly number[] };

/** Conditions that must all hold, as SQL behind a relation. */
export const conditionSql = (conditions: readonly Condition[]): string =>
  conditions.length === 0 ? "" : ` WHERE ${conditions.map(sqlOf).join(" AND ")}`;

function sqlOf(condition: Condition): string {
  const column = identifier(condition.column);
  // a threshold is compared as the model does: in the precision of the scores
  if ("above" in condition) return `${column} > ${Math.fround(condition.above)}::FLOAT`;
  if ("among" in condition)
    return condition.among.length === 0 ? "false" : `${column} IN (${condition.among.join(", ")})`;
  const { is } = condition;
  return typeof is === "boolean"
    ? `${column} IS ${is ? "TRUE" : "FALSE"}`
    : `${column} = ${literal(is)}`;
}
