import { EspejoError } from "../../errors.ts";
import type { SourceFile } from "../files/files.ts";
import type { Database } from "../native/database.ts";
import type { Source } from "../terms/source.ts";
import { identifier, literal } from "../terms/sql.ts";

/** Parquet and JSON: formats that give names and types to columns. */
export async function typedSource(
  path: string,
  files: readonly SourceFile[],
  format: "parquet" | "json",
  database: Database,
): Promise<Source> {
  const list = `[${files.map((file) => literal(file.path)).join(", ")}]`;
  const read =
    format === "parquet"
      ? `read_parquet(${list}, union_by_name = true, filename = true)`
      : `read_json(${list}, union_by_name = true, filename = true, sample_size = -1, ` +
        `maximum_depth = 2, convert_strings_to_integers = false, map_inference_threshold = -1)`;
  const shownAs = (filename: string) => files.find((f) => f.path === filename)?.shown ?? path;
  const explain = (error: unknown): Error => {
    if (error instanceof EspejoError || !(error instanceof Error)) return error as Error;
    const reason = error.message.split("\n")[0]!.replaceAll(files[0]!.path, path).slice(0, 200);
    return new EspejoError("file_unreadable", { path, reason }, { cause: error });
  };
  try {
    const described = await database.query(`DESCRIBE SELECT * FROM ${read}`);
    const columns = described
      .map(([name, type]) => ({ name: String(name), type: String(type) }))
      .slice(0, -1);
    if (columns.length === 0) throw new EspejoError("file_no_rows", { path });
    const filename = identifier(String(described.at(-1)![0]));
    const relation =
      `SELECT ${columns.map(({ name }, i) => `${identifier(name)} AS c${i}`).join(", ")}, ` +
      `${filename} AS filename FROM ${read}`;
    const head = await database.query(
      `SELECT ${columns.map((_, i) => `CAST(c${i} AS VARCHAR)`).join(", ")} FROM (${relation}) LIMIT 1000`,
    );
    if (head.length === 0) throw new EspejoError("file_no_rows", { path });
    return {
      path,
      names: columns.map(({ name }) => name),
      natives: columns.map(({ type }) => type),
      relation: () => relation,
      together: columns.length,
      head: columns.map((_, i) => head.map((row) => String(row[i] ?? ""))),
      detected: {
        format,
        delimiter: "",
        quote: "",
        encoding: "utf-8",
        header: true,
        skipped: [],
      },
      notes: [],
      place: async (name, row) => ({ path: shownAs(name), line: row }),
      explain,
    };
  } catch (error) {
    throw explain(error);
  }
}

/** The format of a file, by what it begins with and else by its name. */
export function formatOf(file: SourceFile): "csv" | "parquet" | "json" {
  if (file.head.subarray(0, 4).toString("latin1") === "PAR1") return "parquet";
  const name = file.name.toLowerCase();
  if (/\.parquet$/.test(name)) return "parquet";
  if (/\.(json|ndjson|jsonl)$/.test(name)) return "json";
  const start = file.head.subarray(0, 200).toString("utf8").trimStart();
  return /^(\{\s*"|\[\s*\{)/.test(start) ? "json" : "csv";
}
