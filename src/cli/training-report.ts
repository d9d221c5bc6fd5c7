import type { Table } from "../data/terms/table.ts";
import { parameterCount } from "../models/summary.ts";
import type { Model } from "../nn/model.ts";
import { namingColumns } from "../tasks/rows/row-names.ts";
import { parts, type Split } from "../tasks/rows/split.ts";
import type { TrainingSummary } from "../tasks/runs/run-summary.ts";
import { reasonText } from "../tasks/score/reason-text.ts";
import { type Described, worstRows } from "../tasks/score/score.ts";
import type { TrainedTable } from "../tasks/train/train.ts";
import type { Context } from "./context.ts";
import { shownScore } from "./detect-report.ts";
import { evaluationLines } from "./evaluation-report.ts";
import { shownRow } from "./row-names.ts";
import { beyondScores, verdictLines, verdictsTold } from "./verdicts.ts";

const short = (value: number): number => Number(value.toPrecision(4));

/** Says what is about to train, and on which rows. */
export function sayNetwork(
  network: Model,
  { counts }: Pick<Split, "counts">,
  context: Context,
): void {
  const sizes = [network.inputShape, ...network.layers.map(({ output }) => output)].map((shape) =>
    shape.join("x"),
  );
  const parameters = parameterCount(network);
  const activation = [...new Set(network.layers.map((line) => line.activation))]
    .filter((name) => name !== "" && name !== "linear")
    .join(", ");
  if (context.json) {
    const { kind } = network;
    context.event("network", { kind, sizes, activation, parameters, rows: counts });
    return;
  }
  context.say(
    context.text("network.line", {
      kind: network.kind,
      sizes: sizes.filter((size, i) => size !== sizes[i - 1]).join("-"),
      activation: activation || "linear",
      parameters: context.count(parameters),
    }),
  );
  // an ensemble trains for a stated number of steps: no rows judge when to stop
  const ensemble = network.kind === "ensemble";
  const labelled = counts.test > 0;
  const told = ensemble && labelled ? { ...counts, train: counts.train + counts.validate } : counts;
  const rows = Object.entries(told).map(([part, n]) => [part, context.count(n)]);
  const way = ensemble ? ("Ensemble" as const) : ("" as const);
  context.say(
    context.text(
      labelled ? `split.labelled${way}` : `split.unlabelled${way}`,
      Object.fromEntries(rows),
    ),
  );
}

/** Prints losses, threshold and evaluation of a training. */
export function reportOutcome(summary: TrainingSummary, output: string, context: Context): void {
  const { epochs, bestEpoch, stopped, threshold, stampThreshold, evaluation, verdicts } = summary;
  if (context.json) {
    context.event("done", { model: output, ...summary, ...verdictsTold(verdicts, context) });
    return;
  }
  const loss = summary.validationLoss ?? summary.loss ?? Number.NaN;
  const patience = epochs - bestEpoch;
  context.say(
    context.text(epochs === 0 ? "stopped.early" : `stopped.${stopped}`, {
      best: bestEpoch,
      loss: loss.toPrecision(4),
      patience,
    }),
  );
  context.out(
    context.text("threshold.line", {
      threshold: short(threshold.threshold),
      rule: threshold.rule,
    }),
  );
  if (stampThreshold)
    context.out(
      context.text("threshold.stamps", {
        threshold: short(stampThreshold.threshold),
        rule: stampThreshold.rule,
      }),
    );
  if (evaluation) for (const line of evaluationLines(evaluation, context)) context.out(line);
  for (const line of verdictLines(beyondScores(verdicts), context)) context.out(line);
}

/** Prints what came of a training on a table. */
export async function reportTraining(
  trained: TrainedTable,
  summary: TrainingSummary,
  table: Table,
  output: string,
  context: Context,
): Promise<void> {
  reportOutcome(summary, output, context);
  if (!context.json) await reportWorst(trained, table, context);
}

async function reportWorst(
  { model, held, split, labels }: TrainedTable,
  table: Table,
  context: Context,
): Promise<void> {
  const tested = split.counts.test > 0;
  const shown = (row: number): boolean => !tested || split.partOf[row] === parts.test;
  const ids = namingColumns(table.columns);
  const worst = await worstRows(model, table, held, shown, { ids });
  context.out(context.text(tested ? "worst.test" : "worst.held"));
  const markOf = ({ row }: Described): string => {
    const known = labels && !(labels.byMarks && labels.classes[row] === 0);
    if (!known) return "";
    return `${context.text(labels.classes[row] === 1 ? "worst.anomaly" : "worst.normal")}  `;
  };
  for (const each of worst)
    context.out(
      context.text("worst.row", {
        row: shownRow(each, ids, context),
        score: shownScore(each.score, context),
        mark: markOf(each),
        reasons: each.reasons.map((reason) => reasonText(reason, context)).join("; "),
      }),
    );
}
