import { openTable } from "../data/tables/open.ts";
import type { Table } from "../data/terms/table.ts";
import { logColumns } from "../tasks/lesson/log-columns.ts";
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
  const log = logColumnsOf(table, options);
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

/** The columns to take the logarithm of, where some are named, by the names of the table. */
export function logColumnsOf(table: Table, { log }: Options): readonly string[] | undefined {
  return log === undefined ? undefined : logColumns(table, log as readonly string[]);
}
