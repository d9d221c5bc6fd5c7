import type { Table } from "../data/table.ts";
import type { Context } from "./context.ts";

/** Says what a table is and what was noticed while reading it. */
export function sayTable(table: Table, context: Context): void {
  const counts = new Map<string, number>();
  for (const { type } of table.columns) counts.set(type, (counts.get(type) ?? 0) + 1);
  const types = [...counts].map(([type, count]) => `${count} ${type}`).join(", ");
  context.say(
    context.text("table.line", {
      path: table.path,
      rows: count(table.rows),
      columns: table.columns.length,
      types,
    }),
  );
  for (const note of table.notes) context.say(`  ${context.note(note)}`);
}

/** A whole number with its thousands apart. */
export const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
