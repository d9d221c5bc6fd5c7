import { EspejoError } from "../../errors.ts";
import { evaluate } from "../../tasks/evaluate.ts";
import { type CommandRow, exitCodes, schemaVersion } from "../command.ts";
import { evaluationLines } from "../evaluation-report.ts";
import { addModelOptions, openForModel, openModel } from "../model-option.ts";

export const evaluateCommand: CommandRow = {
  name: "evaluate",
  arguments: "<data>",
  about: "evaluate.about",
  options(add) {
    add("--label <column>", "option.label");
    add("--normal <value>", "option.normal");
    addModelOptions(add);
  },
  async run(data, options, context) {
    const model = await openModel(options, context);
    const label = (options.label as string | undefined) ?? model.metadata.training.label?.column;
    if (label === undefined)
      throw new EspejoError("option_value", {
        option: "--label",
        expected: "a column",
        value: "nothing",
      });
    const table = await openForModel(data, model, { ...options, label }, context);
    try {
      const column = table.columns.find(({ role }) => role === "label")?.name ?? label;
      const evaluation = await evaluate(model, table, column, options.normal as string | undefined);
      if (context.json) context.out(JSON.stringify({ schemaVersion, ...evaluation }));
      else for (const line of evaluationLines(evaluation, context)) context.out(line);
      return exitCodes.ok;
    } finally {
      await table.dispose();
      await model.dispose();
    }
  },
};
