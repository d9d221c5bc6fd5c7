import { scoreOnCluster } from "../../cluster/score.ts";
import {
  clusterArgument,
  clusterModelOptions,
  clusterOutput,
  clusterOutputOptions,
  withClusterModel,
} from "../cluster-model.ts";
import { type CommandRow, exitCodes } from "../command.ts";
import { anomaliesLine } from "../counted.ts";
import { savedLine } from "../output.ts";
import { oneOf } from "../parsers.ts";
import { verdictLines, verdictsTold } from "../verdicts.ts";

export const clusterScoreCommand: CommandRow = {
  name: "cluster score",
  argument: clusterArgument,
  about: "clusterScore.about",
  examples: [
    "payments.parquet -m payments.onnx -o scores.parquet",
    "s3a://lake/payments/ -m payments.onnx -o s3a://lake/scores.parquet --master spark://host:7077",
    "--table payments -m payments.onnx --output-table scores --connect sc://host:15002",
  ],
  options: [
    ...clusterOutputOptions,
    {
      flags: "--reasons <which>",
      about: "option.reasons",
      parse: oneOf("anomalies", "all", "none"),
    },
    { flags: "--fail-on-anomalies", about: "option.failOnAnomalies" },
    ...clusterModelOptions,
  ],
  writesElsewhere: true,
  async run(data, options, context) {
    const { output, place } = clusterOutput(options);
    return withClusterModel("cluster score", data, options, context, async (use, match) => {
      const { reasons } = options as { reasons?: "anomalies" | "all" | "none" };
      const { rows, anomalies, open, verdicts, drift } = await scoreOnCluster(use, output, {
        ...{ ...match, language: context.language },
        ...(reasons !== undefined && { reasons }),
      });
      if (context.json) {
        const told = verdictsTold(verdicts, context);
        context.answer({ output: place, count: rows, anomalies, open, ...told });
      }
      context.say(savedLine(place, rows, context));
      context.say(anomaliesLine(anomalies, rows, "rows", context));
      if (open > 0) context.say(context.text("cluster.open", { rows: context.count(open) }));
      for (const line of verdictLines(verdicts, context)) context.say(line);
      for (const note of drift) context.remark(note);
      return options.failOnAnomalies && anomalies > 0 ? exitCodes.findings : exitCodes.ok;
    });
  },
};
