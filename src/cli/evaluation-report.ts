import { note } from "../data/terms/notes.ts";
import type { Evaluation } from "../tasks/evaluate/evaluation.ts";
import type { AnyMetadata } from "../tasks/model/metadata.ts";
import { exitCodes } from "./command.ts";
import type { Context } from "./context.ts";
import { verdictLines, verdictsOf, verdictsTold } from "./verdicts.ts";

/**
 * Answers with an evaluation of a model, and remarks that no row had the value that was normal in training where `normal`
 * states none. Gives the exit code.
 */
export function sayEvaluation(
  evaluation: Evaluation,
  { training: { label } }: Pick<AnyMetadata, "training">,
  { normal }: { readonly normal: readonly string[] | undefined },
  context: Context,
): number {
  if (label && normal === undefined && evaluation.anomalies === evaluation.rows)
    context.remark(note("normal_absent", { ...label, normal: [label.normal].flat() }));
  if (context.json)
    context.answer({ ...evaluation, ...verdictsTold(verdictsOf(evaluation, context), context) });
  else for (const line of evaluationLines(evaluation, context)) context.out(line);
  return exitCodes.ok;
}

/** The figures of an evaluation as a person wants them, the autoencoder first. */
export function evaluationLines(evaluation: Evaluation, context: Context): readonly string[] {
  const { pca, rows, anomalies } = evaluation;
  const { text } = context;
  if (anomalies === 0 || anomalies === rows) return oneClassLines(evaluation, context);
  return [
    context.paint(
      "bold",
      text("evaluation.auc", {
        auc: evaluation.rocAuc.toFixed(3),
        ap: evaluation.averagePrecision.toFixed(3),
        base: evaluation.baseRate.toFixed(4),
      }),
    ),
    ...verdictLines(verdictsOf(evaluation, context), context),
    ...(pca
      ? [
          text("evaluation.pca", {
            auc: pca.rocAuc.toFixed(3),
            ap: pca.averagePrecision.toFixed(3),
          }),
        ]
      : []),
    text("evaluation.rates", {
      threshold: Number(evaluation.threshold.toPrecision(4)),
      precision: evaluation.precision.toFixed(3),
      recall: evaluation.recall.toFixed(3),
      f1: evaluation.f1.toFixed(3),
    }),
    text("evaluation.top", {
      n: context.count(evaluation.anomalies),
      value: evaluation.precisionAtN.toFixed(3),
    }),
    ...confusionLines(evaluation, context),
  ];
}

/** What can be told of rows that are all normal, or all anomalies. */
function oneClassLines(evaluation: Evaluation, context: Context): readonly string[] {
  const { rows, anomalies, threshold, confusion } = evaluation;
  const { text, count } = context;
  const normal = anomalies === 0;
  const flagged = confusion.truePositives + confusion.falsePositives;
  return [
    text(normal ? "evaluation.allNormal" : "evaluation.allAnomalies", { rows: count(rows) }),
    text(normal ? "evaluation.falseAlarms" : "evaluation.found", {
      threshold: Number(threshold.toPrecision(4)),
      flagged: count(flagged),
      rows: count(rows),
      percent: ((100 * flagged) / rows).toFixed(1),
    }),
    ...confusionLines(evaluation, context),
  ];
}

function confusionLines({ confusion }: Evaluation, { text, count }: Context): readonly string[] {
  const heads = [text("evaluation.predictedNormal"), text("evaluation.predictedAnomaly")];
  const rows = [
    [text("evaluation.normal"), count(confusion.trueNegatives), count(confusion.falsePositives)],
    [text("evaluation.anomaly"), count(confusion.falseNegatives), count(confusion.truePositives)],
  ] as const;
  const wide = Math.max(...rows.map(([name]) => name.length));
  const line = (name: string, cells: readonly string[]): string =>
    [name.padEnd(wide), ...cells.map((cell, i) => cell.padStart(heads[i]!.length))].join("   ");
  return [line("", heads), ...rows.map(([name, ...cells]) => line(name, cells))];
}
