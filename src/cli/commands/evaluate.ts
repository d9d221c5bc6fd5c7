import { EspejoError } from "../../errors.ts";
import { evaluate } from "../../tasks/evaluate.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import { evaluationLines } from "../evaluation-report.ts";
import { modelOptions, withModelAndTable } from "../model-option.ts";

export const evaluateCommand: CommandRow = {
  name: "evaluate",
  argument: dataArgument,
  about: "evaluate.about",
  examples: ["data.csv -m model.onnx --label Class"],
  options: [
    { flags: "--label <column>", about: "option.label" },
    { flags: "--normal <value>", about: "option.normal" },
    ...modelOptions,
  ],
  run: (data, options, context) =>
    withModelAndTable(
      "evaluate",
      data,
      options,
      context,
      async (model, table) => {
        const column = table.columns.find(({ role }) => role === "label")!.name;
        const normal = options.normal as string | undefined;
        const evaluation = await evaluate(model, table, column, normal);
        if (context.json) context.answer(evaluation);
        else for (const line of evaluationLines(evaluation, context)) context.out(line);
        return exitCodes.ok;
      },
      ({ metadata }) => {
        const label = (options.label as string | undefined) ?? metadata.training.label?.column;
        if (label === undefined) throw new EspejoError("label_unnamed", {});
        return { label };
      },
    ),
};
