import { openTable } from "../data/tables/open.ts";
import { findColumn } from "../data/terms/find.ts";
import type { Table } from "../data/terms/table.ts";
import { EspejoError } from "../errors.ts";
import type { TrainOptions } from "../tasks/lesson/train-options.ts";
import { trainingSummary } from "../tasks/runs/run-summary.ts";
import { train } from "../tasks/train/train.ts";
import type { Context } from "./context.ts";
import { refuseIdleTraining } from "./idle-training.ts";
import { type Options, openOptionsOf } from "./options.ts";
import { sayTable, tableAnswer } from "./table-report.ts";
import { type Trained, trainSettingsOf } from "./training.ts";
import { reportTraining } from "./training-report.ts";

/** Trains on a table, as the options of the command say. */
export async function trainOnTable(
  table: Table,
  options: Options,
  hear: TrainOptions,
  context: Context,
): Promise<Trained> {
  refuseIdleTraining({ table }, options);
  if (context.json) context.event("table", tableAnswer(table, options, context));
  else sayTable(table, context);
  const log = logColumns(table, options);
  const match = { expect: table.columns, prior: table.detected };
  const clean =
    options.clean === undefined
      ? undefined
      : await openTable(String(options.clean), { ...openOptionsOf(options), ...match });
  try {
    const trained = await train(table, {
      ...trainSettingsOf(options),
      ...(log && { log }),
      ...(clean && { clean }),
      ...hear,
    });
    const summary = trainingSummary(trained);
    return {
      model: trained.model,
      path: table.path,
      report: (output) => reportTraining(trained, summary, table, output, context),
      reported: { table, model: trained.model },
      ...{ split: trained.split, summary },
    };
  } finally {
    await clean?.dispose();
  }
}

/** The columns to take the logarithm of, by the names of the table. */
export function logColumns(table: Table, options: Options): readonly string[] | undefined {
  const columns = table.columns.map(({ name }) => name);
  return (options.log as readonly string[] | undefined)?.map((name) => {
    const column = table.columns[findColumn(columns, name, table.path)]!;
    if (column.type === "number") return column.name;
    throw new EspejoError("column_not_number", { path: table.path, column: column.name });
  });
}
