import { type ClusterUse, type MatchOptions, matchOnCluster } from "./match.ts";
import { type ClusterOutput, outputRequest } from "./output.ts";

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
  const { request } = await matchOnCluster(use, options);
  return use.connection.ask("encode", { ...request, output: outputRequest(output) });
}
