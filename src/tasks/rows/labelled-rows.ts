import type { OutputBatch, OutputColumn } from "../../data/terms/output.ts";
import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import { type Normal, readLabels } from "./labels.ts";
import { classesOfMarks, classesWith, type MarkedRows } from "./marks.ts";

/** How the rows of a table leave with a column that says what they are. */
export interface LabelledOptions {
  /** What the column is called; by default "label", or the first of "label_2", ... that no column is called. */
  readonly column?: string;
  /** The value of the label that is normal, where the table has one: unmarked rows are what it says. */
  readonly normal?: Normal;
  /** Cells of numbers as numbers; else as they are written. */
  readonly typed: boolean;
}

/** Rows with their labels, to be written. */
export interface LabelledRows {
  readonly column: string;
  readonly columns: readonly OutputColumn[];
  readonly batches: AsyncIterable<OutputBatch>;
  /** How many rows are called what. */
  readonly anomalies: number;
  readonly normals: number;
}

const words = ["normal", "anomaly", null] as const;

/**
 * All rows of a table in their order, with one column more: "anomaly" of what is confirmed, "normal" of false alarms, nothing
 * of what nobody looked at; where the table has a label, what that says. Throws `column_taken` for a name that is there.
 */
export async function labelledRows(
  table: Table,
  marks: MarkedRows,
  { column, normal, typed }: LabelledOptions,
): Promise<LabelledRows> {
  const names = table.columns.map(({ name }) => name);
  if (column !== undefined && names.includes(column))
    throw new EspejoError("column_taken", { path: table.path, column });
  const label = table.columns.find(({ role }) => role === "label");
  const classes = label
    ? classesWith((await readLabels(table, label.name, normal)).classes, marks, table.rows)!
    : classesOfMarks(marks, table.rows);
  const own = column ?? freeName(names);
  const isNumber = table.columns.map(({ type }) => typed && type === "number");
  const count = (kind: number): number => classes.reduce((n, each) => n + Number(each === kind), 0);
  return {
    column: own,
    columns: [
      ...names.map((name, j) => ({ name, type: isNumber[j] ? "double" : "text" }) as const),
      { name: own, type: "text" },
    ],
    batches: batchesOf(table, classes, isNumber),
    ...{ anomalies: count(1), normals: count(0) },
  };
}

function freeName(names: readonly string[]): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? "label" : `label_${n}`;
    if (!names.includes(name)) return name;
  }
}

async function* batchesOf(
  table: Table,
  classes: Uint8Array,
  isNumber: readonly boolean[],
): AsyncGenerator<OutputBatch> {
  const names = table.columns.map(({ name }) => name);
  const numeric = names.filter((_, j) => isNumber[j]);
  const text = names.filter((_, j) => !isNumber[j]);
  for await (const batch of table.batches({ numeric, categories: [], text })) {
    const { start, rows } = batch;
    const ofText = batch.text.map((cells) => cells.map((cell) => (cell === "" ? null : cell)));
    const ofNumbers = numeric.map((_, j) =>
      Float64Array.from({ length: rows }, (_, i) => batch.numeric[i * numeric.length + j]!),
    );
    let [n, t] = [0, 0];
    yield {
      rows,
      columns: [
        ...isNumber.map((is) => (is ? ofNumbers[n++]! : ofText[t++]!)),
        Array.from({ length: rows }, (_, i) => words[classes[start + i]!]!),
      ],
    };
  }
}
