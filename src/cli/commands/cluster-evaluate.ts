import { evaluateOnCluster } from "../../cluster/evaluate.ts";
import { clusterArgument, clusterModelOptions, withClusterModel } from "../cluster-model.ts";
import type { CommandRow } from "../command.ts";
import { sayEvaluation } from "../evaluation-report.ts";
import { normalOption } from "../options.ts";

export const clusterEvaluateCommand: CommandRow = {
  name: "cluster evaluate",
  argument: clusterArgument,
  about: "clusterEvaluate.about",
  examples: ["payments.parquet -m payments.onnx --label Class"],
  options: [
    { flags: "--label <column>", about: "option.label" },
    normalOption,
    ...clusterModelOptions,
  ],
  run: async (data, options, context) =>
    withClusterModel("cluster evaluate", data, options, context, async (use, match) => {
      const { label, normal } = options as { label?: string; normal?: readonly string[] };
      const evaluation = await evaluateOnCluster(use, {
        ...match,
        ...(label !== undefined && { label }),
        ...(normal !== undefined && { normal }),
      });
      const code = sayEvaluation(evaluation, use.model.metadata, { normal }, context);
      if (!evaluation.exact) context.say(context.text("cluster.counted"));
      return code;
    }),
};
