import { EspejoError } from "../../errors.ts";
import type { SourceFile } from "../files/files.ts";
import { startText } from "../files/start.ts";
import type { Workspace } from "../files/workspace.ts";
import { type Note, note } from "../terms/notes.ts";
import { checkSameColumns } from "../terms/same-columns.ts";
import type { Source } from "../terms/source.ts";
import { literal } from "../terms/sql.ts";
import type { ReadOptions } from "../terms/table.ts";
import { explainCsv } from "../text/csv-errors.ts";
import { longestLine, readText, type TextFile } from "../text/encoding.ts";
import type { Attribute } from "./arff-head.ts";
import { arffRows, type OddLine } from "./arff-rows.ts";

/** Whether a file is one of Weka: by its name, or since it begins with remarks and a relation. */
export const isArff = ({ head, name }: SourceFile): boolean =>
  /\.arff$/i.test(name) || /^(%.*\n\s*|\n)*@relation\b/i.test(startText(head, 65_536));

/** Files of Weka's format, whose head declares the columns: their types and values are known, not guessed. */
export async function arffSource(
  path: string,
  files: readonly SourceFile[],
  options: ReadOptions,
  workspace: Workspace,
): Promise<Source> {
  const parts: Part[] = [];
  for (const file of files) {
    const text = await readText(file, workspace, options.encoding);
    const part = await spooled(text, workspace);
    const first = parts[0] ?? part;
    const [names, expected] = [part, first].map(({ attributes }) =>
      attributes.map(({ name }) => name),
    ) as [string[], string[]];
    checkSameColumns(text.shown, names, expected);
    parts.push(part);
  }
  const { attributes, text } = parts[0]!;
  const head = parts.flatMap((part) => part.head).slice(0, headRows);
  const odd = parts.find((part) => part.odd.first);
  if (odd?.odd.first && (options.strict || head.length === 0)) {
    const { line, fields: actual } = odd.odd.first;
    const counts = { expected: attributes.length, actual, delimiter: "," };
    throw new EspejoError("row_ragged", { path: odd.text.shown, line, ...counts });
  }
  if (head.length === 0) throw new EspejoError("file_no_rows", { path });
  const names = uniqueNames(attributes.map(({ name }) => name));
  // Where some cells are no numbers or dates after all, the column is looked at as one of text.
  const types = attributes.map((attribute, j) =>
    parts.some(({ facts }) => facts[j]!.bad > 0) ? null : typeOf(attribute),
  );
  const cells = types.map((type, j) =>
    type === null || type === "ENUM" || type === "VARCHAR"
      ? `c${j}`
      : `TRY_CAST(c${j} AS ${type}) AS c${j}`,
  );
  const columns = attributes.map((_, j) => `'c${j}': 'VARCHAR'`).join(", ");
  const shown = (filename: string): Part =>
    parts.find((part) => part.path === filename) ?? parts[0]!;
  const notes: Note[] = [...headNotes(parts, attributes, names)];
  if (text.encoding !== "utf-8") notes.push(note("not_utf8", { encoding: text.encoding }));
  return {
    path,
    names,
    natives: types,
    together: names.length,
    relation: () =>
      `SELECT ${cells.join(", ")}, filename FROM read_csv([${parts.map((part) => literal(part.path)).join(", ")}], ` +
      `auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', nullstr = '\\N', ` +
      `allow_quoted_nulls = false, strict_mode = true, filename = true, max_line_size = ${longestLine}, ` +
      `buffer_size = ${longestLine}, columns = {${columns}})`,
    head: attributes.map((_, j) => head.map((row) => row[j] ?? "")),
    detected: {
      ...{ format: "arff", delimiter: "", quote: "", encoding: text.encoding },
      ...{ header: true, skipped: [] },
    },
    notes,
    place: async (filename, row) => {
      const part = shown(filename);
      return { path: part.text.shown, line: await lineOf(part.text, row) };
    },
    explain: (error) => explainCsv(error, ",", (name) => shown(name).text.shown),
  };
}

/** A type as DuckDB calls it. That the values of a nominal attribute may be digits makes them no numbers. */
const typeOf = ({ type, date }: Attribute): string => {
  if (type === "date") return date!.timed ? "TIMESTAMP" : "DATE";
  return { numeric: "DOUBLE", nominal: "ENUM", string: "VARCHAR" }[type];
};

/** A file as comma-separated text. */
interface Part {
  readonly text: TextFile;
  readonly path: string;
  readonly attributes: readonly Attribute[];
  /** The first rows, missing cells as null. */
  readonly head: readonly (readonly (string | null)[])[];
  readonly facts: readonly AttributeFacts[];
  readonly weights: number;
  /** Lines with another number of cells, which are left out. */
  readonly odd: { readonly count: number; readonly first: OddLine | undefined };
}

interface AttributeFacts {
  /** Cells that are not of the declared type. */
  bad: number;
  /** Cells whose value the head does not list, and the first. */
  undeclared: number;
  value: string;
}

const headRows = 1000;

async function spooled(text: TextFile, workspace: Workspace): Promise<Part> {
  let attributes: readonly Attribute[] = [];
  let facts: AttributeFacts[] = [];
  let lists: (ReadonlySet<string> | undefined)[] = [];
  let weights = 0;
  const odd: { count: number; first: OddLine | undefined } = { count: 0, first: undefined };
  const head: (string | null)[][] = [];
  async function* lines(): AsyncGenerator<string> {
    let held = "";
    for await (const found of arffRows(text.path, text.shown)) {
      if ("fields" in found) {
        odd.count++;
        odd.first ??= found;
        continue;
      }
      if (!("cells" in found)) {
        attributes = found;
        facts = attributes.map(() => ({ bad: 0, undeclared: 0, value: "" }));
        lists = attributes.map(({ type, values }) =>
          type === "nominal" ? new Set(values) : undefined,
        );
        continue;
      }
      if (found.weighted) weights++;
      const cells = found.cells.map((cell, j) => {
        if (cell === null) return null;
        return checked(cell, attributes[j]!, lists[j], facts[j]!);
      });
      if (head.length < headRows) head.push(cells);
      held += `${cells.map(fieldOf).join(",")}\n`;
      if (held.length > 1 << 16) {
        yield held;
        held = "";
      }
    }
    yield held;
  }
  const path = await workspace.receive(".csv", lines());
  return { text, path, attributes, head, facts, weights, odd };
}

const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$|^[+-]?(nan|inf(inity)?)$/i;

/** A cell, a date as ISO; counts what is not as it is declared. */
function checked(
  cell: string,
  { type, date }: Attribute,
  values: ReadonlySet<string> | undefined,
  facts: AttributeFacts,
): string {
  if (type === "numeric" && !number.test(cell)) facts.bad++;
  if (values && !values.has(cell) && facts.undeclared++ === 0) facts.value = cell;
  if (!date) return cell;
  // What a sparse row leaves out comes as ISO.
  const iso = cell === "1970-01-01" ? cell : date.read(cell);
  if (iso === undefined) facts.bad++;
  return iso ?? cell;
}

const fieldOf = (cell: string | null): string =>
  cell === null
    ? "\\N"
    : /[",\n\r\\]/.test(cell) || cell === ""
      ? `"${cell.replaceAll('"', '""')}"`
      : cell;

async function lineOf(text: TextFile, row: number): Promise<number> {
  let count = 0;
  for await (const found of arffRows(text.path, text.shown))
    if ("cells" in found && ++count === row) return found.line;
  return 1;
}

function headNotes(
  parts: readonly Part[],
  attributes: readonly Attribute[],
  names: readonly string[],
): Note[] {
  const notes: Note[] = [];
  const numbered = names.filter((name, j) => name !== attributes[j]!.name);
  if (numbered.length > 0) notes.push(note("names_numbered", { columns: numbered.join(", ") }));
  const count = parts.reduce((sum, { weights }) => sum + weights, 0);
  if (count > 0) notes.push(note("arff_weights", { count }));
  for (const { odd } of parts) {
    if (!odd.first) continue;
    const { line, fields, text } = odd.first;
    const parameters = { count: odd.count, width: names.length, line, fields };
    notes.push(note("rows_odd", { ...parameters, text: text.slice(0, 60) }));
  }
  names.forEach((column, j) => {
    const found = parts.map(({ facts }) => facts[j]!).filter(({ undeclared }) => undeclared > 0);
    const count = found.reduce((sum, { undeclared }) => sum + undeclared, 0);
    if (count > 0)
      notes.push(note("nominal_undeclared", { column, count, value: found[0]!.value }));
  });
  return notes;
}

/** Names of which some come again, with a number. */
function uniqueNames(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name, j) => {
    let own = name === "" ? `column_${j + 1}` : name;
    for (let i = 2; seen.has(own); i++) own = `${name}_${i}`;
    seen.add(own);
    return own;
  });
}
