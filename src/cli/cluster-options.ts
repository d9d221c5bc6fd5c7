import type { ClusterData } from "../cluster/cluster-data.ts";
import { type ClusterPlace, type Connection, connectToCluster } from "../cluster/connection.ts";
import { EspejoError } from "../errors.ts";
import type { Context } from "./context.ts";
import { inGroup, type OptionRow, type Options, some } from "./options.ts";
import type { Parse } from "./parsers.ts";

/** Settings as `key=value`, one after the other. */
const setting: Parse = (text, option, before) => {
  const at = text.indexOf("=");
  if (at < 1) throw new EspejoError("option_value", { option, expected: "key=value", value: text });
  return { ...(before as object | undefined), [text.slice(0, at)]: text.slice(at + 1) };
};

/** Where the cluster is, and what it reads there: of every command of a cluster. */
export const clusterOptions: readonly OptionRow[] = inGroup("help.cluster", [
  { flags: "--master <url>", about: "option.master" },
  { flags: "--connect <url>", about: "option.connect" },
  { flags: "--conf <setting>", about: "option.conf", parse: setting, repeated: true },
  { flags: "--table <name>", about: "option.table" },
  { flags: "--sql <query>", about: "option.sql" },
  { flags: "--python <path>", about: "option.python" },
  { flags: "--spark-log <file>", about: "option.sparkLog" },
]);

/** What a command of a cluster is to read. Throws `cluster_source` where nothing or several things are named. */
export function clusterData(data: string, options: Options): ClusterData {
  const { table, sql, format } = options as Readonly<Record<string, string | undefined>>;
  const given = [
    ...(data === "" ? [] : ["DATA"]),
    ...(table === undefined ? [] : ["--table"]),
    ...(sql === undefined ? [] : ["--sql"]),
  ];
  if (given.length !== 1)
    throw new EspejoError("cluster_source", { given: given.join(", ") || "-" });
  if (table !== undefined) return { table };
  if (sql !== undefined) return { sql };
  return { path: data, ...(isFormat(format) && { format }) };
}

const isFormat = (name: string | undefined): name is "csv" | "parquet" | "json" =>
  name === "csv" || name === "parquet" || name === "json";

/** Does something with a cluster, and ends the conversation with it. */
export async function withCluster<T>(
  options: Options,
  context: Context,
  use: (connection: Connection) => Promise<T>,
): Promise<T> {
  if (options.master !== undefined && options.connect !== undefined)
    throw new EspejoError("cluster_option", {
      option: "--connect",
      reason: "with --master the application is its own; name one of the two",
    });
  const place: ClusterPlace = {
    ...some(options, ["master", "connect", "conf", "python"]),
    ...(options.sparkLog !== undefined && { log: String(options.sparkLog) }),
  };
  const connection = await connectToCluster(place);
  try {
    const { spark } = connection.versions;
    const at = place.connect ?? place.master ?? "local[*]";
    context.say(context.text("cluster.at", { spark, place: at }));
    return await use(connection);
  } finally {
    await connection.end();
  }
}
