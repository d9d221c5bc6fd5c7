import { findColumn } from "../../data/terms/find.ts";
import type { Table } from "../../data/terms/table.ts";
import type { TableModel } from "../../tasks/model/table-model.ts";
import type { CodeColor, ValuesHead } from "../api/codes.ts";
import type { Mark } from "../api/runs.ts";
import type { HeldCodes } from "./run-codes.ts";

/** Numbers of all rows with what they are. */
export interface PointValues {
  readonly head: ValuesHead;
  readonly values: Float32Array;
}

/** What values are found in. */
export interface PointSources {
  readonly held: HeldCodes;
  readonly model: TableModel;
  readonly table: Table;
  readonly threshold: number;
  readonly marks: ReadonlyMap<number, Mark>;
}

const ofColumn = "column:";
/** Values of a column that are told apart; the rest are one group. */
const mostGroups = 200;

/** All that the points of a run may be coloured by. */
export const colorsOf = ({ columns }: Pick<Table, "columns">): readonly CodeColor[] => [
  ...["score", "anomaly", "mark"].map((of) => ({ of, column: null })),
  ...columns.map(({ name }) => ({ of: `${ofColumn}${name}`, column: name })),
];

/** The values of all rows by a name that `valuesQuery` takes. Throws `column_unknown`. */
export async function pointValues(of: string, sources: PointSources): Promise<PointValues> {
  const { held, model, table, threshold, marks } = sources;
  const known = held.codes.numbers.get(of);
  if (known) return numbersOf("number", known);
  if (of === "score") return numbersOf("number", await scoresOf(sources));
  if (of === "anomaly") {
    const scores = await scoresOf(sources);
    // 0: no, 1: yes
    const flags = scores.map((score) => (Number.isNaN(score) ? score : Number(score > threshold)));
    return groupsOf(flags, ["normal", "anomaly"]);
  }
  if (of === "mark") {
    const said = new Float32Array(held.codes.rows);
    for (const [row, mark] of marks) said[row] = mark === "confirmed" ? 1 : 2;
    return groupsOf(said, ["none", "confirmed", "false_alarm"]);
  }
  const name = of.startsWith(ofColumn) ? of.slice(ofColumn.length) : null;
  const names = table.columns.map((each) => each.name);
  const column = table.columns[findColumn(names, name ?? of, model.path)]!;
  const numeric = column.type === "number" || column.type === "date";
  const values = new Float32Array(table.rows);
  if (numeric) {
    const asked = { numeric: [column.name], categories: [] };
    for await (const batch of table.batches(asked)) values.set(batch.numeric, batch.start);
    return numbersOf(column.type === "date" ? "date" : "number", values);
  }
  const counts = new Map<string, number>();
  const cells: string[] = [];
  for await (const batch of table.batches({ numeric: [], categories: [column.name] }))
    for (const cell of batch.categories) {
      cells.push(cell);
      if (cell !== "") counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
  const groups = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([n]) => n);
  const places = new Map(groups.map((each, i) => [each, Math.min(i, mostGroups)]));
  cells.forEach((cell, i) => {
    values[i] = places.get(cell) ?? Number.NaN;
  });
  return groupsOf(
    values,
    groups.length > mostGroups ? [...groups.slice(0, mostGroups), ""] : groups,
  );
}

const missingIn = (values: Float32Array): number =>
  values.reduce((count, value) => count + Number(Number.isNaN(value)), 0);

const numbersOf = (kind: "number" | "date", values: Float32Array): PointValues => ({
  head: { kind, groups: [], missing: missingIn(values) },
  values,
});

function groupsOf(values: Float32Array, names: readonly string[]): PointValues {
  const rows = new Uint32Array(names.length);
  for (const value of values) if (!Number.isNaN(value)) rows[value]!++;
  const groups = names.map((name, i) => ({ name, rows: rows[i]! }));
  return { head: { kind: "groups", groups, missing: missingIn(values) }, values };
}

/** The scores of the ranking; of a run that ranked nothing, as its model gives them. */
async function scoresOf({ held, model, table }: PointSources): Promise<Float32Array> {
  if (held.ranked) return held.ranked.scores;
  const scores = new Float32Array(table.rows);
  for await (const batch of model.batches(table))
    scores.set((await model.run(["score"], batch)).score!.data as Float32Array, batch.start);
  return scores;
}
