import { checkArguments, checkOptions } from "../options.ts";
import { z } from "../schema.ts";
import { matchShape, outputPart, usePart } from "./arguments.ts";
import { type ClusterUse, type MatchOptions, matchOnCluster } from "./match.ts";
import { type ClusterOutput, outputRequest } from "./output.ts";

const encodeOptions: z.ZodMiniObject = z.object(matchShape);

/**
 * Encodes data by a model file where Spark has them, and has it write the codes as `espejo encode` does. Gives how many rows
 * there are. Throws what opening a table for a model throws, `cluster_exists`, `cluster_foreign`, `cluster_no_runtime` and
 * `cluster_version`.
 */
export async function encodeOnCluster(
  use: ClusterUse,
  output: ClusterOutput,
  options: MatchOptions = {},
): Promise<{ readonly rows: number }> {
  checkArguments("encodeOnCluster", { use: [use, usePart], output: [output, outputPart] });
  checkOptions("encodeOnCluster", encodeOptions, options);
  const { request } = await matchOnCluster(use, options);
  return use.connection.ask("encode", { ...request, output: outputRequest(output) });
}
