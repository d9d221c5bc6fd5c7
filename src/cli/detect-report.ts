import { markedText } from "../language.ts";
import type { Threshold } from "../metrics/threshold.ts";
import type { Model } from "../nn/model.ts";
import type { Beside } from "../tasks/detect/beside.ts";
import type { Detector } from "../tasks/detect/detector.ts";
import type { RankedRow } from "../tasks/detect/rank.ts";
import type { RuleOutcome } from "../tasks/detect/threshold-table.ts";
import type { Evaluation } from "../tasks/evaluate/evaluation.ts";
import type { Labels } from "../tasks/rows/labels.ts";
import type { Split } from "../tasks/rows/split.ts";
import { reasonText } from "../tasks/score/reason-text.ts";
import type { Scores } from "../tasks/score/scores.ts";
import type { Verdict } from "../tasks/verdicts/verdict.ts";
import type { Context } from "./context.ts";
import { shownRow } from "./row-names.ts";
import { verdictLines } from "./verdicts.ts";

/** What any detection tells. */
export interface Outcome {
  readonly network: Model;
  readonly split: Split;
  readonly labels: Labels | null;
  readonly threshold: Threshold;
  readonly evaluation: Evaluation | null;
  readonly held: Scores;
  readonly verdicts: readonly Verdict[];
  /** Whether the rows that train are taken to be normal. */
  readonly clean: boolean;
}

/** The score of a row, beside its reasons. */
export const shownScore = (score: number, { language }: Pick<Context, "language">): string =>
  markedText(score.toPrecision(4), language);

const short = (value: number): string => String(Number(value.toPrecision(4)));
const share = (value: number | null): string =>
  value === null || Number.isNaN(value) ? "-" : value.toFixed(3);

/** The four steps of the lecture, as they were done. */
export function learningLines(
  { network, split: { counts }, labels, threshold, held, clean }: Outcome,
  { text, count }: Context,
): readonly string[] {
  // with labels an ensemble learns from the rows that would judge when to stop, too
  const more = network.kind === "ensemble" && labels ? counts.validate : 0;
  const train = count(counts.train + more);
  const first = labels?.byMarks
    ? text("detect.learnMarked", { train, confirmed: count(labels.anomalies) })
    : labels
      ? text("detect.learnNormal", { train, column: labels.column, normal: labels.normal })
      : text(clean ? "detect.learnClean" : "detect.learn", { train });
  const { rows = held.rows.length } = threshold.parameters;
  return [
    first,
    text("detect.measure", { rows: count(held.rows.length) }),
    text("detect.threshold", {
      threshold: short(threshold.threshold),
      rule: threshold.rule,
      rows: count(rows),
    }),
    labels
      ? text(labels.byMarks ? "detect.judgeMarked" : "detect.judge", { test: count(counts.test) })
      : text("detect.judgeNone"),
  ];
}

/** The detector beside other methods, and which is kept; of a stated kind, whether one of them is better. */
export function besideLines(
  { method, beside, verdicts }: Pick<Detector, "method" | "beside" | "verdicts">,
  { network, evaluation }: Outcome,
  context: Context,
): readonly string[] {
  const { text } = context;
  const kept = verdictLines(
    verdicts.filter(({ code }) => code.startsWith("kept_")),
    context,
  );
  if (beside.length === 0) return kept;
  const [{ among }] = beside as [Beside];
  const rows = [
    {
      name: method ? text(`detect.name.${method}`) : network.kind,
      rocAuc: evaluation?.rocAuc ?? null,
      averagePrecision: evaluation?.averagePrecision ?? null,
      shared: among,
    },
    ...beside.map((each) => ({ ...each, name: text(`detect.name.${each.name}`) })),
  ];
  const table = evaluation
    ? [
        [text("detect.method"), text("detect.auc"), text("detect.ap")],
        ...rows.map((row) => [row.name, share(row.rocAuc), share(row.averagePrecision)]),
      ]
    : [
        [text("detect.method"), text("detect.shared", { among })],
        ...rows.map((row) => [row.name, String(row.shared)]),
      ];
  const own = evaluation?.averagePrecision ?? Number.POSITIVE_INFINITY;
  const better = beside.filter(
    ({ averagePrecision }) => method === null && (averagePrecision ?? 0) > own,
  );
  return [
    ...aligned(table),
    ...kept,
    ...better.map(({ name, averagePrecision }) =>
      text("detect.plainWins", {
        name: text(`detect.name.${name}`),
        kind: network.kind,
        ap: share(averagePrecision),
        own: share(own),
      }),
    ),
  ];
}

/** What each rule would flag. */
export function ruleLines(
  rules: readonly RuleOutcome[],
  { text, count }: Context,
): readonly string[] {
  const [{ rows }] = rules as [RuleOutcome];
  const judged = rules.some(({ precision }) => precision !== null);
  const head = [
    text("detect.rule"),
    text("detect.level"),
    text("detect.alarms", { rows: count(rows) }),
    ...(judged ? [text("detect.precision"), text("detect.recall"), "F1"] : []),
  ];
  const body = rules.map(({ rule, threshold, alarms, precision, recall, f1 }) =>
    threshold
      ? [
          ...[rule, short(threshold.threshold), count(alarms)],
          ...(judged ? [share(precision), share(recall), share(f1)] : []),
        ]
      : [rule, text("detect.cannot")],
  );
  return aligned([head, ...body]);
}

/** A ranked row with its reasons. */
export function rankedRowLine(
  ranked: RankedRow,
  rank: number,
  ids: readonly string[],
  context: Context,
): string {
  return context.text("detect.row", {
    ...{ rank, row: shownRow(ranked, ids, context), score: shownScore(ranked.score, context) },
    reasons: ranked.reasons.map((reason) => reasonText(reason, context)).join("; "),
  });
}

/** A ranked image, sequence or time stamp, and why it is odd. */
export const rankedItemLine = (
  {
    name,
    score,
    reason,
  }: { readonly name: string; readonly score: number; readonly reason: string },
  rank: number,
  { text }: Context,
): string => text("detect.item", { rank, name, score: score.toPrecision(4), reason }).trimEnd();

/** Cells in columns: the first to the left, the others to the right. */
function aligned(table: readonly (readonly string[])[]): readonly string[] {
  const widths = table[0]!.map((_, j) => Math.max(...table.map((row) => row[j]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((cell, j) => (j === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[j]!)))
      .join("  ")
      .trimEnd(),
  );
}
