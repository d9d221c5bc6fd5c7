import type { Evaluation } from "../tasks/evaluation.ts";
import type { Context } from "./context.ts";

/** The figures of an evaluation as a person wants them, the autoencoder first. */
export function evaluationLines(evaluation: Evaluation, context: Context): readonly string[] {
  const { confusion, pca } = evaluation;
  const cell = (n: number): string => String(n).padStart(16);
  return [
    context.text("evaluation.auc", {
      auc: evaluation.rocAuc.toFixed(3),
      ap: evaluation.averagePrecision.toFixed(3),
      base: evaluation.baseRate.toFixed(4),
    }),
    context.text("evaluation.pca", {
      auc: pca.rocAuc.toFixed(3),
      ap: pca.averagePrecision.toFixed(3),
    }),
    context.text("evaluation.rates", {
      threshold: String(Number(evaluation.threshold.toPrecision(4))),
      precision: evaluation.precision.toFixed(3),
      recall: evaluation.recall.toFixed(3),
      f1: evaluation.f1.toFixed(3),
    }),
    context.text("evaluation.top", {
      n: evaluation.anomalies,
      value: evaluation.precisionAtN.toFixed(3),
    }),
    context.text("evaluation.head"),
    `${context.text("evaluation.normal")}${cell(confusion.trueNegatives)}    ${cell(confusion.falsePositives)}`,
    `${context.text("evaluation.anomaly")}${cell(confusion.falseNegatives)}    ${cell(confusion.truePositives)}`,
  ];
}
