import type { Invocation } from "../invocation/invocation.ts";
import { readingNames } from "../invocation/reading-names.ts";
import { generationReport, type MadeRows } from "../tasks/generate/page.ts";
import { saveReport } from "../tasks/report/report.ts";
import { shownName } from "../tasks/report/reproduce.ts";
import type { Context } from "./context.ts";
import { type Options, some } from "./options.ts";
import { briefTold } from "./report-output.ts";

/** Options that make the same rows again; memory and folders are those of a machine. */
const repeated = [
  ...["fromData", "noise", "between", "steps", "seed"],
  ...readingNames.filter((name) => !["memoryLimit", "tempDirectory", "labels"].includes(name)),
];

/** The call that makes the page again, without folders of this machine. */
function pageCall(options: Options, rows: number, { language }: Context): Invocation {
  const { model, data, report, output, between, labels } = options as Readonly<
    Record<string, string | undefined>
  >;
  return {
    ...{ verb: "generate", data: null },
    options: {
      ...(between === undefined && { rows }),
      ...some(options, repeated),
      ...(options.clip === false && { clip: false }),
      ...(labels !== undefined && { labels: shownName(labels) }),
      ...{ data: shownName(data!), model: shownName(model!) },
      ...(output !== undefined && { output: shownName(output) }),
      report: shownName(report!),
      ...(language === "en" ? {} : { lang: language }),
    },
  };
}

/** Writes the page about generated rows where one is wanted, says so, and gives what programs are told of it. */
export async function writePage(
  made: MadeRows,
  rows: number,
  options: Options,
  context: Context,
): Promise<Readonly<Record<string, unknown>>> {
  if (typeof options.report !== "string") return {};
  const { language, text } = context;
  const page = await generationReport(made, {
    ...{ language, modelName: String(options.model) },
    call: pageCall(options, rows, context),
  });
  await saveReport(page, options.report);
  context.say(text("saved.line", { path: options.report }));
  return { report: options.report, ...briefTold(page) };
}
