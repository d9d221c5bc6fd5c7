import type { Reported } from "../../tasks/report/gather.ts";
import { buildReport } from "../../tasks/report/report.ts";
import { shownName } from "../../tasks/report/reproduce.ts";
import { shellText } from "../../tasks/shell.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import { modelOptions, withModelAndData } from "../model-option.ts";
import type { Options } from "../options.ts";
import { checkFigures, writeReport } from "../report-output.ts";

const usualOutput = "report.html";

export const reportCommand: CommandRow = {
  name: "report",
  argument: dataArgument,
  about: "report.about",
  examples: [
    "data.csv -m model.onnx -o report.html",
    "data.csv -m model.onnx --label Class --color Amount --figures figures",
    "images/ -m model.onnx -o informe.html --lang es",
  ],
  options: [
    { flags: "-o, --output <file>", about: "option.outputReport" },
    { flags: "--figures <folder>", about: "option.figures" },
    { flags: "--label <column>", about: "option.label" },
    { flags: "--normal <value>", about: "option.normal" },
    { flags: "--color <column>", about: "option.color" },
    ...modelOptions,
  ],
  async run(data, options, context) {
    const output = (options.output as string | undefined) ?? usualOutput;
    const figures = options.figures as string | undefined;
    // before minutes of work, not after them
    await checkFigures(figures);
    const label = options.label as string | undefined;
    const normal = options.normal as string | undefined;
    const color = options.color as string | undefined;
    const make = async (source: Reported): Promise<number> => {
      const report = await buildReport(source, {
        language: context.language,
        ...(label !== undefined && { label }),
        ...(normal !== undefined && { normal }),
        ...(color !== undefined && { color }),
        command: commandOf(data, output, options, context.language),
        noteWords: context.words,
      });
      await writeReport(report, output, figures, context);
      return exitCodes.ok;
    };
    return withModelAndData("report", data, options, context, {
      openTableFor: () => (label === undefined ? {} : { label }),
      openArraysFor: () => (label === undefined ? {} : { label }),
      onTable: (model, table) => make({ table, model }),
      onArrays: (model, arrays) => make({ arrays, model }),
    });
  },
};

/** The command that makes a report again, without folders of this machine. */
function commandOf(data: string, output: string, options: Options, language: string): string {
  const names = ["label", "normal", "color"] as const;
  const said = names.flatMap((name) =>
    options[name] === undefined ? [] : [`--${name}`, String(options[name])],
  );
  const spoken = language === "en" ? [] : ["--lang", language];
  return shellText(
    ...["espejo", "report", shownName(data), "-m", shownName(String(options.model))],
    ...["-o", shownName(output), ...said, ...spoken],
  );
}
