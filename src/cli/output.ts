import { access, constants, realpath, stat } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { Writable } from "node:stream";
import type { OutputBatches, OutputColumn } from "../data/terms/output.ts";
import {
  type LinesAround,
  type OutputFormat,
  outputFormat,
  writeRows,
} from "../data/write/write.ts";
import { EspejoError, phrases } from "../errors.ts";
import { reasonOf } from "../files.ts";
import { type Context, schemaVersion } from "./context.ts";
import { counted } from "./counted.ts";
import type { OptionRow, Options } from "./options.ts";
import { oneOf } from "./parsers.ts";

/** Options of commands that write rows. */
export const outputOptions: readonly OptionRow[] = [
  { flags: "-o, --output <file>", about: "option.output" },
  {
    flags: "--format <name>",
    about: "option.format",
    parse: oneOf("csv", "xlsx", "parquet", "json", "ndjson"),
  },
  { flags: "--excel <language>", about: "option.excel", parse: oneOf("es") },
];

/** Refuses --excel where no CSV is written: it says how that is. Throws `excel_format`. */
export function checkExcel({ excel, output, format, json }: Options): void {
  if (excel === undefined) return;
  const named = typeof output === "string" && output !== "-" ? extname(output).slice(1) : "";
  const asked = (format as string | undefined) ?? (named || (json ? "json" : "csv"));
  if (asked !== "csv") throw new EspejoError("excel_format", { format: asked });
}

/**
 * Refuses a file of unknown ending before anything is done; `option` is what a person calls it. A map may be
 * a picture too.
 */
export function checkEnding(
  { output, format }: Options,
  option = "-o",
  what: "rows" | "map" = "rows",
): void {
  if (typeof output !== "string" || format !== undefined || outputFormat(output)) return;
  if (output === "-" && what === "rows") return;
  const code = what === "map" ? "map_ending" : "option_ending";
  throw new EspejoError(code, { option, value: output });
}

/** Options that name a file beside the rows. */
const besides = ["save", "map", "report", "changes"];
const written = ["output", ...besides];

/**
 * Refuses files that could not be written, before minutes of work: their folder must be there and take files, and
 * none may stand in their place; `usualOutput` is what -o is where it is not said. A name without an ending is that of a folder, which is made. Throws `write_failed`.
 */
export async function checkPlaces(options: Options, usualOutput?: string): Promise<void> {
  for (const name of written) {
    const path = options[name] ?? (name === "output" ? usualOutput : undefined);
    if (typeof path !== "string" || path === "-" || extname(path) === "") continue;
    if (await isFolder(path))
      throw new EspejoError("write_failed", { path, reason: phrases.is_folder });
    if (!(await isFolder(dirname(path))))
      throw new EspejoError("write_failed", { path, reason: phrases.no_folder });
    await checkFolderOf(path);
  }
}

/** A device or a pipe is written where it is; a file is made anew in its folder, which must be one to write in. */
async function checkFolderOf(path: string): Promise<void> {
  const real = await realpath(path).catch(() => path);
  if ((await stat(real).catch(() => null))?.isFile() === false) return;
  try {
    await access(dirname(real), constants.W_OK);
  } catch (error) {
    throw new EspejoError("write_failed", { path, reason: reasonOf(error as Error) });
  }
}

/** The language of the spreadsheet that CSV is for. */
export const excelOf = ({ excel }: Options): "es" | undefined => excel as "es" | undefined;

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => null))?.isDirectory() ?? false;

/** What an answer in JSON tells beside the rows, known once they are written. */
type Told = Readonly<Record<string, unknown>>;
type Summary = () => Told | Promise<Told>;

/**
 * Writes rows where the options say: a file, or standard output. With --json standard output gets an
 * object: `rows` and `count`, or, where the rows go to a file, `output` and `count`. Gives the number of rows.
 */
export async function writeOutput(
  options: Options,
  columns: readonly OutputColumn[],
  batches: OutputBatches,
  context: Context,
  summary: Summary = () => ({}),
  around?: LinesAround,
): Promise<number> {
  const output = options.output as string | undefined;
  const asked = options.format as OutputFormat | undefined;
  const how = { around, excel: excelOf(options) };
  if (output === undefined || output === "-") {
    // rows as JSON are the object that all answers are
    if (!context.json || (asked !== undefined && asked !== "json"))
      return writeRows(standardOutput(options, context), asked ?? "csv", columns, batches, how);
    context.stdout.write(`{"schemaVersion":${schemaVersion},"rows":`);
    const count = await writeRows(standardOutput(options, context), "json", columns, batches);
    context.stdout.write(`,${JSON.stringify({ count, ...(await summary()) }).slice(1)}\n`);
    return count;
  }
  const format = asked ?? outputFormat(output);
  if (!format) throw new EspejoError("option_ending", { option: "-o", value: output });
  const count = await writeRows(output, format, columns, batches, how);
  if (context.json) context.answer({ output, count, ...(await summary()) });
  else context.say(savedLine(output, count, context));
  return count;
}

/** That so many of what the context speaks of were saved. */
export const savedLine = (path: string, count: number, context: Context): string =>
  context.text("output.saved", { path, counted: counted(count, context.items, context) });

/** Standard output; where files are to be written too, its failure, or a reader that has gone, stops nothing. */
function standardOutput(options: Options, { stdout }: Context): Writable {
  if (!besides.some((name) => options[name] !== undefined)) return stdout;
  return new Writable({
    decodeStrings: false,
    write: (text, _, done) => void stdout.write(text as string, () => done()),
  });
}
