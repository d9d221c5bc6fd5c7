import { stat } from "node:fs/promises";
import { EspejoError, phrases } from "../errors.ts";
import type { Invocation } from "../invocation/invocation.ts";
import { readingNames } from "../invocation/reading-names.ts";
import { toldStep } from "../tasks/report/lead.ts";
import { type Report, saveFigures, saveReport } from "../tasks/report/report.ts";
import { shownName } from "../tasks/report/reproduce.ts";
import type { Context } from "./context.ts";
import { type Options, some } from "./options.ts";

/** Options that make the same report again; memory and folders are those of a machine. */
const repeated = ["label", "normal", "color", ...readingNames].filter(
  (name) => !["memoryLimit", "tempDirectory"].includes(name),
);

/** The call that makes a report again, without folders of this machine; the model is where it was saved, if it was. */
export function reportCall(
  data: string,
  output: string,
  options: Options,
  { language }: Context,
): Invocation {
  const { labels, model = "model.onnx" } = options as { labels?: string; model?: string };
  return {
    verb: "report",
    data: shownName(data),
    options: {
      ...some(options, repeated),
      ...(labels !== undefined && { labels: shownName(labels) }),
      ...{ model: shownName(model), output: shownName(output) },
      ...(language === "en" ? {} : { lang: language }),
    },
  };
}

/** Throws `write_failed` where figures could not be written into such a folder. */
export async function checkFigures(figures: string | undefined): Promise<void> {
  const there = figures === undefined ? null : await stat(figures).catch(() => null);
  if (there && !there.isDirectory())
    throw new EspejoError("write_failed", { path: figures!, reason: phrases.is_file });
}

/** What a report says in short, and what may come next, for programs. */
export const briefTold = ({ summary, next }: Pick<Report, "summary" | "next">) => ({
  summary,
  next: next.map(toldStep),
});

/** Writes a report, and its figures where a folder is named, and says so; with --json as an answer or an
 * event of that name, or, where it is null, silently. */
export async function writeReport(
  report: Report,
  output: string,
  figures: string | undefined,
  context: Context,
  event?: string | null,
): Promise<void> {
  const names = figures === undefined ? [] : await saveFigures(report, figures);
  if (output !== "-") await saveReport(report, output);
  else if (!context.json) context.out(report.html.trimEnd());
  const { rows, flagged, evaluation, rebuilt } = report;
  if (context.json && event !== null) {
    const told = {
      output,
      rows,
      flagged,
      evaluation,
      rebuilt,
      ...briefTold(report),
      figures: names,
      ...(output === "-" && { html: report.html }),
    };
    if (event) context.event(event, told);
    else context.answer(told);
  }
  if (output !== "-")
    context.say(
      context.text("report.saved", {
        path: output,
        flagged: context.count(flagged),
        rows: context.count(rows),
      }),
    );
  if (figures !== undefined)
    context.say(
      context.text("report.figures", {
        count: context.count(report.figures.length),
        path: figures,
      }),
    );
}
