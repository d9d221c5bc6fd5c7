import type { Table } from "../data/table.ts";
import type { Model } from "../nn/model.ts";
import { type Worst, worstRows } from "../tasks/score.ts";
import { parts, type Split } from "../tasks/split.ts";
import type { TrainedTable } from "../tasks/train.ts";
import type { Context } from "./context.ts";
import { evaluationLines } from "./evaluation-report.ts";
import { reasonText } from "./reasons.ts";

const short = (value: number): number => Number(value.toPrecision(4));

/** Says what is about to train, and on which rows. */
export function sayNetwork(network: Model, { counts }: Split, context: Context): void {
  const { input, activation = "" } = network.architecture as { input: number; activation?: string };
  const sizes = [input, ...network.layers.map(({ output }) => output.at(-1)!)];
  const parameters = network.layers.reduce((total, line) => total + line.parameters, 0);
  if (context.json) {
    context.event("network", { sizes, activation, parameters, rows: counts });
    return;
  }
  context.say(
    context.text("network.line", {
      sizes: sizes.join("-"),
      activation,
      parameters: context.count(parameters),
      width: input,
    }),
  );
  const rows = Object.entries(counts).map(([part, n]) => [part, context.count(n)]);
  context.say(
    context.text(counts.test > 0 ? "split.labelled" : "split.unlabelled", Object.fromEntries(rows)),
  );
}

/** Prints what came of a training. */
export async function reportTraining(
  trained: TrainedTable,
  table: Table,
  output: string,
  context: Context,
): Promise<void> {
  const { fitted, threshold, evaluation } = trained;
  const { history, bestEpoch, stopped } = fitted;
  const best = history[bestEpoch - 1];
  if (context.json) {
    context.event("done", {
      model: output,
      epochs: history.length,
      bestEpoch,
      stopped,
      loss: best?.loss,
      validationLoss: best?.validationLoss,
      threshold,
      evaluation,
    });
    return;
  }
  const loss = best?.validationLoss ?? best?.loss ?? Number.NaN;
  const patience = history.length - bestEpoch;
  context.say(
    context.text(history.length === 0 ? "stopped.early" : `stopped.${stopped}`, {
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
  if (evaluation) for (const line of evaluationLines(evaluation, context)) context.out(line);
  await reportWorst(trained, table, context);
}

async function reportWorst(
  { model, held, split, labels }: TrainedTable,
  table: Table,
  context: Context,
): Promise<void> {
  const tested = split.counts.test > 0;
  const shown = (row: number): boolean => !tested || split.partOf[row] === parts.test;
  const worst = await worstRows(model, table, held, shown);
  context.out(context.text(tested ? "worst.test" : "worst.held"));
  const markOf = ({ row }: Worst): string => {
    if (!labels) return "";
    return `${context.text(labels.classes[row] === 1 ? "worst.anomaly" : "worst.normal")}  `;
  };
  for (const each of worst)
    context.out(
      context.text("worst.row", {
        row: each.row + 1,
        score: each.score.toPrecision(4),
        mark: markOf(each),
        reasons: each.reasons.map((reason) => reasonText(reason, context)).join("; "),
      }),
    );
}
