import { encodeOnCluster } from "../../cluster/encode.ts";
import {
  clusterArgument,
  clusterModelOptions,
  clusterOutput,
  clusterOutputOptions,
  withClusterModel,
} from "../cluster-model.ts";
import { type CommandRow, exitCodes } from "../command.ts";
import { savedLine } from "../output.ts";

export const clusterEncodeCommand: CommandRow = {
  name: "cluster encode",
  argument: clusterArgument,
  about: "clusterEncode.about",
  examples: ["payments.parquet -m payments.onnx -o codes.parquet"],
  options: [...clusterOutputOptions, ...clusterModelOptions],
  writesElsewhere: true,
  async run(data, options, context) {
    const { output, place } = clusterOutput(options);
    return withClusterModel("cluster encode", data, options, context, async (use, match) => {
      const { rows } = await encodeOnCluster(use, output, match);
      if (context.json) context.answer({ output: place, count: rows });
      context.say(savedLine(place, rows, context));
      return exitCodes.ok;
    });
  },
};
