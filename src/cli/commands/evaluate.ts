import { note } from "../../data/terms/notes.ts";
import { EspejoError } from "../../errors.ts";
import { evaluate, evaluateArrays } from "../../tasks/evaluate/evaluate.ts";
import type { Evaluation } from "../../tasks/evaluate/evaluation.ts";
import type { ArrayModel } from "../../tasks/model/array-model.ts";
import type { TableModel } from "../../tasks/model/table-model.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
import { evaluationLines } from "../evaluation-report.ts";
import { modelOptions, withModelAndData } from "../model-option.ts";
import { normalOption } from "../options.ts";
import { verdictsOf, verdictsTold } from "../verdicts.ts";

export const evaluateCommand: CommandRow = {
  name: "evaluate",
  argument: dataArgument,
  about: "evaluate.about",
  examples: ["data.csv -m model.onnx --label Class"],
  options: [{ flags: "--label <column>", about: "option.label" }, normalOption, ...modelOptions],
  run: (data, options, context) => {
    const normal = options.normal as readonly string[] | undefined;
    const answer = (
      evaluation: Evaluation,
      { metadata }: TableModel | ArrayModel,
      own: Context,
    ): number => {
      const { label } = metadata.training;
      if (label && normal === undefined && evaluation.anomalies === evaluation.rows)
        context.remark(note("normal_absent", { ...label, normal: [label.normal].flat() }));
      if (context.json)
        context.answer({ ...evaluation, ...verdictsTold(verdictsOf(evaluation, own), own) });
      else for (const line of evaluationLines(evaluation, own)) own.out(line);
      return exitCodes.ok;
    };
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
        return answer(await evaluate(model, table, column, normal), model, context);
      },
      onArrays: async (model, arrays, own) =>
        answer(await evaluateArrays(model, arrays, normal), model, own),
    });
  },
};
