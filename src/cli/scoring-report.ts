import { optionIn } from "../invocation/shell.ts";
import type { KeptScoring } from "../tasks/ranking/kept-scoring.ts";
import type { Context } from "./context.ts";
import { tableLines } from "./text-table.ts";
import { verdictLines, verdictsTold } from "./verdicts.ts";

/** Scored data for machines, with the words of what they came to. */
export const scoringAnswer = (scoring: KeptScoring, context: Context): object => ({
  ...scoring,
  summary: scoring.summary && {
    ...scoring.summary,
    ...verdictsTold(scoring.summary.verdicts, context),
    notes: scoring.summary.notes.map((note) => ({ ...note, message: context.words(note) })),
    drift: scoring.summary.drift.map((note) => ({ ...note, message: context.words(note) })),
  },
});

const moment = (time: string): string => time.replace("T", " ").replace(/:\d\dZ$/, " UTC");

/** What was scored with what, and what it came to. */
export function scoringLines(
  { folder, data, model, options, began, summary }: KeptScoring,
  context: Context,
): readonly string[] {
  const { text } = context;
  const told = Object.entries(options).map(([name, value]) => optionIn(name, value));
  return [
    text("runs.scored", { path: folder, data, model, began: moment(began) }),
    ...(told.length > 0 ? [text("runs.options", { options: told.join(" ") })] : []),
    ...(summary
      ? [
          text("threshold.line", {
            threshold: Number(summary.threshold.threshold.toPrecision(4)),
            rule: summary.threshold.rule,
          }),
          ...verdictLines(summary.verdicts, context),
          ...summary.drift.map((note) => context.words(note)),
        ]
      : []),
  ];
}

/** Scored data side by side. */
export function scoringsLines(
  scorings: readonly KeptScoring[],
  { text, count }: Context,
): readonly string[] {
  const head = [
    ...[text("runs.run"), text("runs.data"), text("runs.model.head"), text("runs.rows")],
    ...[text("runs.flagged"), text("runs.drift")],
  ];
  const cells = scorings.map(({ folder, data, model, summary }) => [
    ...[folder, data, model],
    ...(summary
      ? [summary.ranking.rows, summary.ranking.anomalies, summary.drift.length].map(count)
      : ["-", "-", "-"]),
  ]);
  return tableLines(head, cells, [0, 1, 2]);
}
