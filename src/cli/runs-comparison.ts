import { optionName } from "../invocation/option-words.ts";
import type { RunComparison, RunFigure } from "../tasks/runs/run-comparison.ts";
import type { Context } from "./context.ts";
import { tableLines } from "./text-table.ts";
import { verdictLines } from "./verdicts.ts";

/** Runs side by side, a column each: what differs, what each came to, the best marked, and its verdicts below. */
export function comparisonLines(
  { runs, differences, figures, fair }: RunComparison,
  context: Context,
): readonly string[] {
  const { text, count } = context;
  const names: Readonly<Record<RunFigure, string>> = {
    epochs: text("runs.epochs"),
    bestEpoch: text("runs.bestEpoch"),
    validationLoss: text("runs.loss"),
    anomalies: text("runs.flagged"),
    rocAuc: "ROC AUC",
    averagePrecision: text("detect.ap"),
    precision: text("runs.precision"),
    recall: text("runs.recall"),
    pcaError: text("runs.pcaError"),
    pcaRocAuc: text("runs.pca"),
    pcaAveragePrecision: text("runs.pcaPrecision"),
  };
  const own = { data: text("runs.data"), command: text("runs.command"), kind: text("runs.kind") };
  const written = (value: number | null): string => {
    if (value === null) return "-";
    return Number.isInteger(value) && value > 1
      ? count(value)
      : String(Number(value.toPrecision(4)));
  };
  const rows = [
    ...differences.map(({ name, values }) => [
      name in own ? own[name as keyof typeof own] : `--${optionName(name)}`,
      ...values.map((value) => value ?? "-"),
    ]),
    ...figures.map(({ name, values, best }) => [
      names[name],
      ...values.map((value, i) => `${written(value)}${best.includes(i) ? " *" : ""}`),
    ]),
  ];
  const head = [text("runs.run"), ...runs.map(({ folder }) => folder)];
  const marked = figures.some(({ best }) => best.length > 0);
  return [
    ...tableLines(
      head,
      rows,
      head.map((_, i) => i),
    ),
    ...(marked ? [text("runs.best")] : []),
    ...(fair ? [] : [text("runs.unfair")]),
    ...runs.flatMap(({ folder, summary }) =>
      summary && summary.verdicts.length > 0
        ? [`${folder}:`, ...verdictLines(summary.verdicts, context).map((line) => `  ${line}`)]
        : [],
    ),
  ];
}
