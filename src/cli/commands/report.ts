import type { Reported } from "../../tasks/report/gather.ts";
import { buildReport } from "../../tasks/report/report.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import { modelOptions, withModelAndData } from "../model-option.ts";
import { normalOption, type OptionRow } from "../options.ts";
import { checkFigures, reportCall, writeReport } from "../report-output.ts";

const usualOutput = "report.html";

const aboutOptions: readonly OptionRow[] = [
  { flags: "--label <column>", about: "option.label" },
  normalOption,
  { flags: "--color <column>", about: "option.color" },
];

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
    ...aboutOptions,
    ...modelOptions,
  ],
  usualOutput,
  async run(data, options, context) {
    const output = (options.output as string | undefined) ?? usualOutput;
    const figures = options.figures as string | undefined;
    // before minutes of work, not after them
    await checkFigures(figures);
    const label = options.label as string | undefined;
    const normal = options.normal as readonly string[] | undefined;
    const color = options.color as string | undefined;
    const make = async (source: Reported, own = context): Promise<number> => {
      const report = await buildReport(source, {
        language: context.language,
        ...(label !== undefined && { label }),
        ...(normal !== undefined && { normal }),
        ...(color !== undefined && { color }),
        call: reportCall(data, output, options, context),
        noteWords: context.words,
      });
      await writeReport(report, output, figures, own);
      return exitCodes.ok;
    };
    return withModelAndData("report", data, options, context, {
      openTableFor: () => (label === undefined ? {} : { label }),
      openArraysFor: () => (label === undefined ? {} : { label }),
      onTable: (model, table) => make({ table, model }),
      onArrays: (model, arrays, own) => make({ arrays, model }, own),
    });
  },
};
