import { join } from "node:path";
import {
  type ClusterPhase,
  type ClusterTrainOptions,
  trainOnCluster,
} from "../../cluster/train.ts";
import type { Table } from "../../data/terms/table.ts";
import { EspejoError, phrases } from "../../errors.ts";
import { inRun } from "../../tasks/runs/run.ts";
import { runFiles } from "../../tasks/runs/run-folder.ts";
import { trainingSummary } from "../../tasks/runs/run-summary.ts";
import { sayResumable } from "../calls.ts";
import { clusterData, clusterOptions, withCluster } from "../cluster-options.ts";
import { type CommandRow, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
import { refuseIdleTraining } from "../idle-training.ts";
import { type Interruptions, interruptions } from "../interruptions.ts";
import { nameOf, type Options, openOptionsOf } from "../options.ts";
import { whole } from "../parsers.ts";
import { beginTraining, type Opened, resumed } from "../run.ts";
import { trainOptionRows } from "../train-options.ts";
import { sayNote, trainSettingsOf, watch } from "../training.ts";
import { reportOutcome } from "../training-report.ts";

/** Options of `train` that a cluster has not: of rows by their numbers, of images and sequences, of this machine. */
const elsewhere = new Set([
  ...["marks", "report", "dryRun", "live", "split", "engine", "threads", "provider"],
  ...["stride", "size", "fit", "channels", "range", "pages", "skipBroken"],
  ...["content", "labels", "array", "labelArray", "sheet", "query", "memoryLimit", "tempDirectory"],
  ...["filters", "kernelSize", "down", "up", "units", "cell", "bidirectional", "clean"],
  ...["footer"],
]);

export const clusterTrainCommand: CommandRow = {
  name: "cluster train",
  argument: { name: "data", about: "argument.clusterData", optional: true },
  about: "clusterTrain.about",
  examples: [
    "payments.parquet -o payments.onnx",
    "s3a://lake/payments/ --label Class --normal 0 --master spark://host:7077 -o payments.onnx",
    '--sql "select * from payments where year = 2026" --connect sc://host:15002 -o payments.onnx',
    "--resume runs/2026-01-31-120000-1",
  ],
  remark: "help.events",
  options: [
    ...trainOptionRows.filter((row) => !elsewhere.has(nameOf(row))),
    ...clusterOptions,
    {
      flags: "--partitions <n>",
      about: "option.partitions",
      parse: whole(1),
      group: "help.cluster",
    },
    {
      flags: "--local-steps <n>",
      about: "option.localSteps",
      parse: whole(1),
      group: "help.cluster",
    },
  ],
  async run(data, given, context) {
    refuseSequences(given);
    const again = await resumed(data, given, ["cluster train"]);
    if (!again) clusterData(data, given);
    const begun = again ?? (await beginTraining("cluster train", data, given, sayNote(context)));
    return inRun(begun.run, () => trainIn(begun, context));
  },
};

/** Steps of series are for one machine. */
function refuseSequences({ window, group }: Options): void {
  if (window === undefined && group === undefined) return;
  const option = window === undefined ? "--group" : "--window";
  throw new EspejoError("cluster_content", { path: option, content: phrases.sequences });
}

async function trainIn({ run, data, options }: Opened, context: Context): Promise<number> {
  const stop = interruptions(context);
  try {
    const source = clusterData(data, options);
    return await withCluster(options, context, async (connection) => {
      const hear = await watch(run, stop, context);
      const { partitions, localSteps } = options as { partitions?: number; localSteps?: number };
      const settings: ClusterTrainOptions = {
        ...(trainSettingsOf(options) as ClusterTrainOptions),
        ...(hear as ClusterTrainOptions),
        read: openOptionsOf(options),
        ...(partitions !== undefined && { partitions }),
        ...(localSteps !== undefined && { localSteps }),
        ...(options.log !== undefined && { log: options.log as readonly string[] }),
        onPhase: (phase, rows, seconds) => sayPhase(phase, rows, seconds, context),
        onTable: (table, rows) => sayClusterTable(table, rows, options, context),
      };
      const trained = await trainOnCluster(connection, source, settings);
      const summary = trainingSummary(trained);
      const kept = run && join(run.folder, runFiles.model);
      const output = (options.output as string | undefined) ?? kept!;
      await run?.conclude({ model: trained.model, summary });
      if (output !== kept) await trained.model.save(output);
      reportOutcome(summary, output, context);
      await trained.model.dispose();
      context.say(context.text("saved.line", { path: output }));
      return finished(stop, run?.folder, context);
    });
  } finally {
    stop.forget();
  }
}

/** Says what the cluster has done, and how fast. */
function sayPhase(phase: ClusterPhase, rows: number, seconds: number, context: Context): void {
  if (context.json) {
    context.event("phase", { phase, rows, seconds });
    return;
  }
  const speed = context.count(Math.round(rows / Math.max(seconds, 1e-3)));
  const told = { rows: context.count(rows), seconds: seconds.toFixed(1), speed };
  context.say(`  ${context.text(`cluster.phase.${phase}`, told)}`);
}

function finished(stop: Interruptions, folder: string | undefined, context: Context): number {
  if (!stop.signal.aborted) return exitCodes.ok;
  if (folder !== undefined) sayResumable("cluster train", folder, context);
  return stop.code(exitCodes.ok);
}

/** Says what the data are, and what was noticed of a sample of them. */
function sayClusterTable(table: Table, rows: number, options: Options, context: Context): void {
  refuseIdleTraining({ table }, options);
  const of = (input: string): number =>
    table.columns.filter((column) => column.input === input).length;
  const [numeric, categories] = [of("numeric"), of("categories")];
  if (context.json) {
    const { path, columns } = table;
    context.event("table", {
      ...{ path, rows },
      columns: columns.map(({ name, type, role, input }) => ({ name, type, role, input })),
    });
    return;
  }
  const told = { path: table.path, rows: context.count(rows), features: numeric + categories };
  context.say(context.text("cluster.table", { ...told, numeric, categories }));
  if (table.rows < rows)
    context.say(`  ${context.text("cluster.sample", { rows: context.count(table.rows) })}`);
  for (const note of table.notes) context.say(`  ${context.words(note)}`);
}
