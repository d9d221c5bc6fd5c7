import {
  type Comparison,
  type Contender,
  type Duel,
  overSeeds,
  type Run,
} from "../tasks/compare/compare.ts";
import type { Context } from "./context.ts";
import { tableLines } from "./text-table.ts";
import { en, type TextKey } from "./texts/en.ts";
import { verdictLines, verdictsOf } from "./verdicts.ts";

/** What a contender is called: kinds by their own name. */
export function contenderName(name: string, { text }: Context): string {
  const key = `compare.name.${name}`;
  return key in en ? text(key as TextKey) : name;
}

/** An error, however small. */
export const errorText = (value: number, digits = 3): string =>
  value !== 0 && Math.abs(value) < 1e-3
    ? value.toExponential(Math.min(1, digits - 1))
    : value.toPrecision(digits);

/** A run that has just ended. */
export function runLine({ name }: Contender, run: Run, context: Context): string {
  const labelled = run.averagePrecision !== null;
  const figure = labelled
    ? `${context.text("compare.ap")} ${run.averagePrecision!.toFixed(3)}`
    : `${context.text("compare.error")} ${errorText(run.error!)}`;
  const seconds = run.seconds.toFixed(1);
  const line = context.text("compare.run", {
    ...{ seed: run.seed, name: contenderName(name, context), figure, seconds },
  });
  return run.cut ? `${line}  (${context.text(`compare.cut.${run.cut}`)})` : line;
}

/** The figures of a comparison, and who wins in words. */
export function comparisonLines(comparison: Comparison, context: Context): readonly string[] {
  const { text, count } = context;
  const { rows, labelled, duel, baseRate } = comparison;
  const counts = Object.fromEntries(Object.entries(rows).map(([part, n]) => [part, count(n)]));
  return [
    text(labelled ? "compare.rowsLabelled" : "compare.rows", {
      ...counts,
      base: context.percent(baseRate ?? 0),
    }),
    ...tableLines(
      [
        text("compare.method"),
        "",
        text("compare.code"),
        ...(labelled ? [text("compare.auc"), text("compare.ap")] : [text("compare.error")]),
        text("compare.seeds"),
        text("compare.seconds"),
        "",
      ],
      ranked(comparison).map((contender) => rowOf(contender, comparison, context)),
      [0, 1, labelled ? 7 : 6],
    ),
    ...bestLines(comparison, context),
    ...(duel ? duelLines(duel, labelled, context) : []),
    text(comparison.interrupted ? "compare.endedInterrupted" : "compare.ended", {
      seconds: comparison.seconds.toFixed(0),
      budget: comparison.budget,
    }),
  ];
}

/** With labels the best first; without by size of the code, since a bigger one always rebuilds better. */
function ranked({ contenders, labelled }: Comparison): readonly Contender[] {
  const figure = ({ runs }: Contender): number =>
    labelled
      ? -(overSeeds(runs, "averagePrecision")?.mean ?? -1)
      : (overSeeds(runs, "error")?.mean ?? Number.POSITIVE_INFINITY);
  return [...contenders].sort((a, b) => {
    const size = labelled ? 0 : (a.latentDim ?? 0) - (b.latentDim ?? 0);
    return size || figure(a) - figure(b);
  });
}

function rowOf(
  { name, role, latentDim, runs }: Contender,
  { labelled, interrupted }: Comparison,
  context: Context,
): readonly string[] {
  const { text } = context;
  const shown = (figure: "rocAuc" | "averagePrecision" | "error"): string => {
    const found = overSeeds(runs, figure);
    if (!found) return "-";
    const digits = (value: number): string =>
      figure === "error" ? errorText(value) : value.toFixed(3);
    const deviation = figure === "error" ? errorText(found.deviation, 1) : digits(found.deviation);
    return runs.length > 1 ? `${digits(found.mean)} ± ${deviation}` : digits(found.mean);
  };
  // an interruption is the last thing that happens to a run
  const cut = runs.findLast((run) => run.cut)?.cut;
  const seconds = runs.reduce((total, run) => total + run.seconds, 0);
  return [
    contenderName(name, context),
    text(`compare.${role}`),
    latentDim === null ? "" : String(latentDim),
    ...(labelled ? [shown("rocAuc"), shown("averagePrecision")] : [shown("error")]),
    String(runs.length),
    seconds.toFixed(1),
    runs.length === 0
      ? text(interrupted ? "compare.noneInterrupted" : "compare.none")
      : cut
        ? text(`compare.cut.${cut}`)
        : "",
  ];
}

/** Whether the best of all separates. */
const bestLines = ({ best }: Comparison, context: Context): readonly string[] =>
  verdictLines(verdictsOf(best, context), context).map(
    (line) => `${contenderName(best!.name, context)}: ${line}`,
  );

function duelLines(duel: Duel, labelled: boolean, context: Context): readonly string[] {
  const { text } = context;
  const { difference, seeds } = duel;
  const ahead = difference.mean > 0;
  const proven = ahead ? "better" : "worse";
  const chance = ahead ? "evenAhead" : "evenBehind";
  const key = seeds === 1 ? "once" : difference.clear ? proven : chance;
  const digits = (value: number): string => (labelled ? value.toFixed(3) : errorText(value, 2));
  const line = text(`compare.${key}`, {
    autoencoder: contenderName(duel.autoencoder, context),
    baseline: contenderName(duel.baseline, context),
    difference: digits(key === "once" ? difference.mean : Math.abs(difference.mean)),
    error: digits(difference.error),
    figure: text(labelled ? "compare.ap" : "compare.error"),
    seeds,
  });
  return [
    context.paint("bold", line),
    labelled ? text("compare.chosenBy") : text("compare.sameCode", { latent: duel.latentDim ?? 0 }),
  ];
}
