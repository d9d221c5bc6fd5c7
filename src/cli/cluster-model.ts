import type { ClusterUse, MatchOptions } from "../cluster/match.ts";
import { type ClusterOutput, formatOfPath } from "../cluster/output.ts";
import { EspejoError } from "../errors.ts";
import { clusterData, clusterOptions, withCluster } from "./cluster-options.ts";
import type { Context } from "./context.ts";
import { withModel } from "./model-option.ts";
import { nameOf, type OptionRow, type Options, openOptionsOf, readingOptions } from "./options.ts";

/** How text is read, of the options of reading: a cluster has neither sheets nor images. */
const ofText = new Set([
  ...["delimiter", "decimal", "thousands", "encoding", "dates", "number", "zone"],
  ...["missing", "notMissing", "header"],
]);

/** DATA of a cluster. */
export const clusterArgument = {
  name: "data",
  about: "argument.clusterData",
  optional: true,
} as const;

/** Options of commands that use a model on data of a cluster. */
export const clusterModelOptions: readonly OptionRow[] = [
  { flags: "-m, --model <file>", about: "option.model" },
  ...clusterOptions,
  ...readingOptions.filter((row) => ofText.has(nameOf(row))),
];

/** Options of those that have Spark write rows. */
export const clusterOutputOptions: readonly OptionRow[] = [
  { flags: "-o, --output <folder>", about: "option.clusterOutput" },
  { flags: "--output-table <name>", about: "option.outputTable" },
  { flags: "--overwrite", about: "option.overwrite" },
];

/** Where rows go, and what a person calls it. Throws `cluster_output` and `cluster_ending`. */
export function clusterOutput(options: Options): {
  readonly output: ClusterOutput;
  readonly place: string;
} {
  const { output: path, outputTable: table } = options as Readonly<Record<string, string>>;
  if ((path === undefined) === (table === undefined)) throw new EspejoError("cluster_output", {});
  const overwrite = options.overwrite === true;
  if (table !== undefined) return { output: { table, overwrite }, place: table };
  return { output: { path: path!, format: formatOfPath(path!), overwrite }, place: path! };
}

/** Loads the model that the options name, and uses it on their data where Spark has them. */
export function withClusterModel(
  command: string,
  data: string,
  options: Options,
  context: Context,
  use: (use: ClusterUse, options: MatchOptions) => Promise<number>,
): Promise<number> {
  const source = clusterData(data, options);
  return withModel(command, options, context, {
    onTable: (model) =>
      withCluster(options, context, (connection) =>
        use(
          { connection, model, data: source },
          { read: openOptionsOf(options), onNote: (note) => context.remark(note) },
        ),
      ),
    onArrays({
      path,
      metadata: {
        source: { content },
      },
    }) {
      throw new EspejoError("model_content", { path, content });
    },
  });
}
