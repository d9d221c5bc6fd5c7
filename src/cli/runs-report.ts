import { join } from "node:path";
import { errorText } from "../error-text.ts";
import { EspejoError } from "../errors.ts";
import { optionIn, shellOf } from "../invocation/shell.ts";
import type { KeptRun, KeptRuns } from "../tasks/runs/kept-run.ts";
import { isPassing } from "../tasks/runs/run-config.ts";
import { runFiles } from "../tasks/runs/run-folder.ts";
import type { Context } from "./context.ts";
import { evaluationLines } from "./evaluation-report.ts";
import { tableLines } from "./text-table.ts";
import { beyondScores, verdictLines, verdictsTold } from "./verdicts.ts";

/** A run for machines, with the words of what it came to. */
export const runAnswer = (run: KeptRun, context: Context): object => ({
  ...run,
  summary: run.summary && { ...run.summary, ...verdictsTold(run.summary.verdicts, context) },
});

/** The options of a run that say what it does, each as it is typed. */
const optionsOf = ({ options }: KeptRun): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(options)
      .filter(([name, value]) => !isPassing(name) && value !== undefined && value !== null)
      .map(([name, value]) => [name, optionIn(name, value)]),
  );

const figure = (value: number | null | undefined, digits: (value: number) => string): string =>
  value === null || value === undefined || Number.isNaN(value) ? "-" : digits(value);
const share = (value: number): string => value.toFixed(3);

/** Runs side by side: what they have come to, PCA beside it, and the options in which they differ. */
export function runsLines({ runs }: KeptRuns, context: Context): readonly string[] {
  const { text, count } = context;
  const options = runs.map(optionsOf);
  const names = [...new Set(options.flatMap((each) => [...each.keys()]))];
  const differing = names.filter((name) => new Set(options.map((each) => each.get(name))).size > 1);
  const columns: readonly (readonly [head: string, cell: (run: KeptRun, i: number) => string])[] = [
    [text("runs.run"), ({ folder }) => folder],
    [text("runs.command"), ({ command }) => command],
    [text("runs.data"), ({ data }) => data],
    [text("runs.state"), ({ state }) => text(`runs.${state}`)],
    [text("runs.kind"), ({ summary }) => summary?.kind ?? "-"],
    [text("runs.epochs"), ({ epochs }) => count(epochs)],
    [
      text("runs.loss"),
      ({ summary }) => figure(summary?.validationLoss, (loss) => loss.toPrecision(4)),
    ],
    ["ROC AUC", ({ summary }) => figure(summary?.evaluation?.rocAuc, share)],
    [text("detect.ap"), ({ summary }) => figure(summary?.evaluation?.averagePrecision, share)],
    [text("runs.pca"), ({ summary }) => figure(summary?.evaluation?.pca?.rocAuc, share)],
    [text("runs.flagged"), ({ summary }) => figure(summary?.ranking?.anomalies, count)],
    [
      text("runs.differs"),
      (_, i) => differing.flatMap((name) => options[i]!.get(name) ?? []).join(" "),
    ],
  ];
  const cells = runs.map((run, i) => columns.map(([, cell]) => cell(run, i)));
  // what no run has is no column
  const shown = columns.flatMap((_, j) =>
    cells.some((row) => row[j] !== "-" && row[j] !== "") ? [j] : [],
  );
  const left = [0, 1, 2, 3, 4, columns.length - 1];
  return tableLines(
    shown.map((j) => columns[j]![0]),
    cells.map((row) => shown.map((j) => row[j]!)),
    shown.flatMap((j, place) => (left.includes(j) ? [place] : [])),
  );
}

/** What is said of a run that is not done. */
const stateTexts = {
  stopped: "runs.isStopped",
  paused: "runs.isPaused",
  unfinished: "runs.isUnfinished",
} as const;

/** What a run does and has come to. */
export function runLines(run: KeptRun, context: Context): readonly string[] {
  const { text, count } = context;
  const { folder, command, data, program, state, epochs, summary } = run;
  const began = run.began?.replace("T", " ").replace(/:\d\dZ$/, " UTC") ?? "-";
  const options = [...optionsOf(run).values()].join(" ");
  const told = { path: folder, data, began };
  const resume = shellOf({ verb: command, data: null, options: { resume: folder } });
  return [
    program ? text("runs.program", told) : text("runs.line", { ...told, command }),
    ...(options === "" ? [] : [text("runs.options", { options })]),
    state === "done"
      ? text("runs.isDone", {
          kind: summary!.kind,
          epochs: count(epochs),
          best: summary!.bestEpoch,
        })
      : text(stateTexts[state], {
          epochs: count(epochs),
        }),
    ...(state === "done" || program ? [] : [text("stopped.resume", { command: resume })]),
    ...(summary ? outcomeLines(summary, context) : []),
    ...(summary ? [text("runs.model", { path: join(folder, runFiles.model) })] : []),
  ];
}

function outcomeLines(summary: NonNullable<KeptRun["summary"]>, context: Context) {
  const { threshold, stampThreshold, evaluation, verdicts } = summary;
  const short = (value: number): number => Number(value.toPrecision(4));
  return [
    context.text("threshold.line", {
      ...{ threshold: short(threshold.threshold), rule: threshold.rule },
    }),
    ...(stampThreshold
      ? [
          context.text("threshold.stamps", {
            ...{ threshold: short(stampThreshold.threshold), rule: stampThreshold.rule },
          }),
        ]
      : []),
    ...(evaluation ? evaluationLines(evaluation, context) : []),
    ...verdictLines(beyondScores(verdicts), context),
  ];
}

/** Says which folders look like runs and are none. */
export function sayDamaged({ damaged }: KeptRuns, { say, language }: Context): void {
  for (const { folder, reason } of damaged)
    say(errorText(new EspejoError("run_unknown", { path: folder, reason }), language));
}
