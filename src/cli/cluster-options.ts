import { createReadStream, createWriteStream } from "node:fs";
import type { ClusterData } from "../cluster/cluster-data.ts";
import { type ClusterPlace, type Connection, connectToCluster } from "../cluster/connection.ts";
import { connectToFrame } from "../cluster/conversation.ts";
import { EspejoError, phrases } from "../errors.ts";
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
  // by the Python package, for a DataFrame of its own
  { flags: "--frame <descriptors>", about: "option.frame", hidden: true },
]);

/** What a command of a cluster is to read. Throws `cluster_source` where nothing or several things are named. */
export function clusterData(data: string, options: Options): ClusterData {
  const { table, sql, format, frame } = options as Readonly<Record<string, string | undefined>>;
  if (frame !== undefined) return { held: "DataFrame" };
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
      reason: phrases.one_of_two_places,
    });
  if (options.frame !== undefined) return ended(await ofFrame(String(options.frame)), use);
  const place: ClusterPlace = {
    ...some(options, ["master", "connect", "conf", "python"]),
    ...(options.sparkLog !== undefined && { log: String(options.sparkLog) }),
    onWaiting: (seconds) => context.say(context.text("cluster.waiting", { seconds })),
  };
  return ended(await connectToCluster(place), async (connection) => {
    const { spark } = connection.versions;
    const at = place.connect ?? place.master ?? "local[*]";
    context.say(context.text("cluster.at", { spark, place: at }));
    return await use(connection);
  });
}

/** The conversation with a program that holds its data, over two descriptors of files: to be read, and to be written to. */
const ofFrame = (descriptors: string): Promise<Connection> => {
  const [from, to] = descriptors.split(",").map(Number) as [number, number];
  return connectToFrame(createReadStream("", { fd: from }), createWriteStream("", { fd: to }));
};

/** Ends a conversation when it has served. */
async function ended<T>(
  connection: Connection,
  use: (connection: Connection) => Promise<T>,
): Promise<T> {
  try {
    return await use(connection);
  } finally {
    await connection.end();
  }
}
