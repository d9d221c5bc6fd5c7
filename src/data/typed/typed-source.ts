import { EspejoError } from "../../errors.ts";
import type { SourceFile } from "../files/files.ts";
import { startText } from "../files/start.ts";
import type { Workspace } from "../files/workspace.ts";
import type { Database } from "../native/database.ts";
import type { Source } from "../terms/source.ts";
import { identifier, literal } from "../terms/sql.ts";
import type { Encoding } from "../terms/table.ts";
import { jsonFiles } from "./json-files.ts";
import { writtenNames } from "./written-names.ts";

/** Parquet: a format that gives names and types to columns. */
export async function parquetSource(
  path: string,
  files: readonly SourceFile[],
  database: Database,
): Promise<Source> {
  const read = (filename: string): string =>
    `read_parquet(${listOf(files)}, union_by_name = true, filename = ${literal(filename)})`;
  return typedSource(path, files, "parquet", read, database);
}

/** JSON, a list of objects or one after the other: a format that gives names and types to columns. */
export async function jsonSource(
  path: string,
  sources: readonly SourceFile[],
  database: Database,
  workspace: Workspace,
  encoding?: Encoding,
): Promise<Source> {
  const json = await jsonFiles(sources, workspace, encoding);
  const read = (filename: string): string =>
    `read_json(${listOf(json.files)}, union_by_name = true, filename = ${literal(filename)}, sample_size = -1, ` +
    // Texts stay texts: what is a date is decided as for every other source.
    `dateformat = 'none', timestampformat = 'none', maximum_depth = 2, convert_strings_to_integers = false, map_inference_threshold = -1)`;
  const source = await typedSource(path, json.files, "json", read, database);
  const detected = { ...source.detected, encoding: json.encoding };
  return { ...source, detected, notes: [...json.notes, ...source.notes] };
}

const listOf = (files: readonly SourceFile[]): string =>
  `[${files.map((file) => literal(file.path)).join(", ")}]`;

/** What the column of file names is called; a table may have one of that name itself. */
const filenames = ["espejo_filename", "espejo_filename_", "espejo_filename__"];

async function typedSource(
  path: string,
  files: readonly SourceFile[],
  format: "parquet" | "json",
  read: (filename: string) => string,
  database: Database,
): Promise<Source> {
  const shownAs = (filename: string) => files.find((f) => f.path === filename)?.shown ?? path;
  const explain = (error: unknown): Error => {
    if (error instanceof EspejoError || !(error instanceof Error)) return error as Error;
    const reason = reasonOf(error.message, files);
    return new EspejoError("file_unreadable", { path, reason }, { cause: error });
  };
  const describe = async (filename: string) => {
    const rows = await database.query(`DESCRIBE SELECT * FROM ${read(filename)}`);
    return rows.slice(0, -1).map(([name, type]) => ({ name: String(name), type: String(type) }));
  };
  try {
    let filename = filenames[0]!;
    let columns: { name: string; type: string }[] = [];
    for (filename of filenames) {
      try {
        columns = await describe(filename);
        break;
      } catch (error) {
        const taken = /^Binder Error: Option filename/.test((error as Error).message);
        if (!taken || filename === filenames.at(-1)) throw error;
      }
    }
    // What DuckDB calls a list of nothing.
    const none = columns.length === 1 && columns[0]!.name === "json" && columns[0]!.type === "JSON";
    if (columns.length === 0 || none) throw new EspejoError("file_no_rows", { path });
    const cells = columns.map(({ name, type }, i) => {
      // Texts and numbers mixed, or nothing but null: the text without its quotes.
      const cell = type === "JSON" ? `${identifier(name)} ->> '$'` : identifier(name);
      return `${cell} AS c${i}`;
    });
    const relation = `SELECT ${cells.join(", ")}, ${identifier(filename)} AS filename FROM ${read(filename)}`;
    const head = await database.query(
      `SELECT ${columns.map((_, i) => `CAST(c${i} AS VARCHAR)`).join(", ")} FROM (${relation}) LIMIT 1000`,
    );
    if (head.length === 0) throw new EspejoError("file_no_rows", { path });
    const given = columns.map(({ name }) => name);
    return {
      path,
      names: await writtenNames(given, format, listOf(files), database),
      natives: columns.map(({ type }) => (type === "JSON" ? "VARCHAR" : shortType(type))),
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

/** A nested type may name thousands of fields. */
const shortType = (type: string): string =>
  type.length <= 60 ? type : `${type.slice(0, 50)}...${type.endsWith("]") ? ")[]" : ")"}`;

/** What DuckDB says of a file that it cannot read, without the names of its errors, options and temporary files. */
function reasonOf(message: string, files: readonly SourceFile[]): string {
  let reason = message
    .split("\n")[0]!
    .replace(/^([A-Z][\w ]* Error: )+/, "")
    .replace(
      /"maximum_object_size" of (\d+) bytes exceeded.*/,
      "an object in it is larger than $1 bytes",
    );
  for (const { path, shown } of files) reason = reason.replaceAll(path, shown);
  return reason.slice(0, 200);
}

/** The format of a file, by what it begins with; the name tells only what JSON is. */
export function formatOf(file: SourceFile): "csv" | "parquet" | "json" {
  if (file.head.subarray(0, 4).toString("latin1") === "PAR1") return "parquet";
  const start = startText(file.head, 200);
  const named = /\.(json|ndjson|jsonl|geojson)$/i.test(file.name);
  const json = named ? /^[{[]/ : /^(\{\s*"|\[\s*\{)/;
  return json.test(start) ? "json" : "csv";
}
