import type { OutputColumn } from "../data/terms/output.ts";
import type { Items } from "../language.ts";
import type { ArrayDetector } from "../tasks/detect/array-detector.ts";
import { detectionSummary } from "../tasks/detect/detection-summary.ts";
import type { Detector } from "../tasks/detect/detector.ts";
import type { Reported } from "../tasks/report/gather.ts";
import { buildReport } from "../tasks/report/report.ts";
import type { Split } from "../tasks/rows/split.ts";
import type { Verdict } from "../tasks/verdicts/verdict.ts";
import { sayNext, scoring } from "./calls.ts";

import type { Context } from "./context.ts";
import { anomaliesLine } from "./counted.ts";
import type { Outcome } from "./detect-report.ts";
import { evaluationLines } from "./evaluation-report.ts";
import type { Options } from "./options.ts";
import { writeOutput } from "./output.ts";
import { reportCall, writeReport } from "./report-output.ts";
import { beyondScores, verdictLines, verdictsTold } from "./verdicts.ts";

/** Blocks of lines with a blank line after each. */
export const linesOf = (...blocks: readonly (readonly string[])[]): readonly string[] =>
  blocks.filter((block) => block.length > 0).flatMap((block) => [...block, ""]);

/** The figures of the rows that test, and what is to be known of them; PCA may stand in a table that follows. */
export const judgedLines = (
  { evaluation, verdicts }: Outcome,
  context: Context,
  { pca }: { readonly pca: boolean },
): readonly string[] => [
  ...(evaluation ? evaluationLines(pca ? evaluation : { ...evaluation, pca: null }, context) : []),
  ...verdictLines(beyondScores(verdicts), context),
];

/** What a detection answers as JSON: what its run keeps, in words too. */
export function detectionAnswer(
  detector: Detector | ArrayDetector,
  found: Parameters<typeof detectionSummary>[1],
  context: Context,
) {
  const summary = detectionSummary(detector, found);
  const run = detector.run === null ? {} : { run: detector.run };
  return { ...run, ...summary, ...verdictsTold(summary.verdicts, context) };
}

/** Rows, images or time stamps by their scores, the most abnormal first. */
export interface Ranked {
  /** What is written of each, and the cells column by column. */
  readonly columns: readonly OutputColumn[];
  readonly cells: readonly (readonly (string | number | boolean | null)[])[];
  /** The highest scores, as lines. */
  readonly best: readonly string[];
  /** How many are ranked, and how many anomalies are among how many rows. */
  readonly count: number;
  readonly anomalies: number;
  readonly rows: number;
  /** What most of the anomalies are. */
  readonly verdicts?: readonly Verdict[];
  /** What these are: rows where that is not said. */
  readonly items?: Items;
}

/** Prints what was found, and writes the ranked rows where they are wanted. */
export async function tell(
  lines: readonly string[],
  told: Readonly<Record<string, unknown>>,
  { columns, cells, best, count, anomalies, rows, items = "rows", verdicts = [] }: Ranked,
  options: Options,
  context: Context,
): Promise<void> {
  const found = anomaliesLine(anomalies, rows, items, context);
  const writes = options.output !== undefined;
  const asks = writes || options.format !== undefined || context.json;
  // results go to standard output, unless rows go there
  const say = asks && (options.output ?? "-") === "-" ? context.say : context.out;
  if (!context.json) {
    for (const line of lines) say(line);
    say(found);
    for (const line of verdictLines(verdicts, context)) say(line);
    for (const line of best) say(line);
    if (count > best.length && !asks)
      say(context.text("detect.more", { count: context.count(count - best.length) }));
  }
  if (asks)
    await writeOutput(options, columns, [{ rows: count, columns: cells }], context, () => told);
}

/** Keeps the model and the report where they are wanted. */
export async function keep(
  reported: Reported,
  { split, verdicts }: { readonly split: Split; readonly verdicts?: readonly Verdict[] },
  options: Options,
  context: Context,
): Promise<void> {
  const { language, words: noteWords } = context;
  const { path } = "table" in reported ? reported.table : reported.arrays;
  if (typeof options.save === "string") {
    await reported.model.save(options.save);
    context.say(context.text("saved.line", { path: options.save }));
    sayNext(context, scoring(path, options, options.save));
  }
  if (typeof options.report === "string") {
    const modelName = (options.save as string | undefined) ?? "model.onnx";
    const call = reportCall(path, options.report, { ...options, model: modelName }, context);
    const made = await buildReport(reported, {
      ...{ language, noteWords, split, call, modelName, saved: options.save !== undefined },
      ...(verdicts && { verdicts }),
    });
    await writeReport(made, options.report, undefined, context, "report");
  }
}
