import { EspejoError } from "../../errors.ts";
import { evaluate, evaluateArrays } from "../../tasks/evaluate/evaluate.ts";
import { type CommandRow, dataArgument } from "../command.ts";
import { sayEvaluation } from "../evaluation-report.ts";
import { modelOptions, withModelAndData } from "../model-option.ts";
import { normalOption } from "../options.ts";

export const evaluateCommand: CommandRow = {
  name: "evaluate",
  argument: dataArgument,
  about: "evaluate.about",
  examples: ["data.csv -m model.onnx --label Class"],
  options: [{ flags: "--label <column>", about: "option.label" }, normalOption, ...modelOptions],
  run: (data, options, context) => {
    const normal = options.normal as readonly string[] | undefined;
    return withModelAndData("evaluate", data, options, context, {
      openTableFor: ({ metadata }) => {
        const label = (options.label as string | undefined) ?? metadata.training.label?.column;
        if (label === undefined) throw new EspejoError("label_unnamed", {});
        return { label };
      },
      openArraysFor({ metadata: { training, source } }) {
        // of steps of a table the column is known, as that of a table is
        const known = source.features === null ? undefined : training.label?.column;
        const label = (options.label as string | undefined) ?? known;
        return label === undefined ? {} : { label };
      },
      async onTable(model, table) {
        const column = table.columns.find(({ role }) => role === "label")!.name;
        const evaluation = await evaluate(model, table, column, normal);
        return sayEvaluation(evaluation, model.metadata, { normal }, context);
      },
      async onArrays(model, arrays, own) {
        const evaluation = await evaluateArrays(model, arrays, normal);
        return sayEvaluation(evaluation, model.metadata, { normal }, own);
      },
    });
  },
};
