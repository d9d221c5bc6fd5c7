import { EspejoError } from "../../errors.ts";
import { textLines } from "../text/text-lines.ts";
import { type ArffCell, cellsOf, withoutRemark } from "./arff-cells.ts";
import { type Attribute, isDeclaration, readDeclaration } from "./arff-head.ts";

/** A row of an ARFF file: its line, and its cells as text, null where missing. */
export interface ArffRow {
  readonly line: number;
  readonly cells: readonly (string | null)[];
  /** A number in braces behind the cells: the weight of the row. */
  readonly weighted: boolean;
}

/** A line that has another number of cells than there are attributes. */
export interface OddLine {
  readonly line: number;
  readonly fields: number;
  readonly text: string;
}

/** The attributes of a file, as soon as they are known, then its rows, in order. */
export async function* arffRows(
  file: string,
  path: string,
): AsyncGenerator<readonly Attribute[] | ArffRow | OddLine> {
  const attributes: Attribute[] = [];
  let line = 0;
  let head = true;
  for await (const text of textLines(file)) {
    line++;
    if (head) {
      const found = readDeclaration(text, path, line);
      if (found) attributes.push(found);
      if (found !== null) continue;
      head = false;
      if (attributes.length === 0)
        throw new EspejoError("arff_head", { path, line, text: "@data" });
      yield attributes;
      continue;
    }
    const bare = withoutRemark(text).trim();
    if (bare === "" || isDeclaration(bare)) continue;
    yield rowOf(bare, attributes, path, line);
  }
  if (head) throw new EspejoError("arff_head", { path, line, text: "" });
}

const weight = /\s*,?\s*\{\s*[\d.eE+-]+\s*\}$/;

function rowOf(
  text: string,
  attributes: readonly Attribute[],
  path: string,
  line: number,
): ArffRow | OddLine {
  const sparse = text.startsWith("{");
  const body = text.replace(weight, "");
  // In a sparse row the only braces are those around it.
  const weighted = body !== text && (!sparse || body.endsWith("}"));
  const rest = weighted ? body : text;
  if (sparse) return { line, weighted, cells: sparseCells(rest, attributes, path, line) };
  const cells = cellsOf(rest);
  if (!cells) throw new EspejoError("row_quote", { path, line });
  // Weka takes blanks for commas.
  const loose = cells.length === attributes.length ? cells : looseCells(rest);
  if (loose?.length !== attributes.length) return { line, fields: cells.length, text };
  return { line, weighted, cells: loose.map(textOf) };
}

const textOf = ({ text, quoted }: ArffCell): string | null =>
  !quoted && (text === "?" || text === "") ? null : text;

const looseCells = (line: string): ArffCell[] | undefined =>
  /['"]/.test(line) ? undefined : cellsOf(line.replace(/[\s,]+/g, ","));

/** What a sparse row leaves out is 0, the first value of a nominal attribute, and missing of a text. */
function sparseCells(
  text: string,
  attributes: readonly Attribute[],
  path: string,
  line: number,
): (string | null)[] {
  const wrong = (found: string): Error =>
    new EspejoError("arff_sparse", {
      path,
      line,
      text: found.slice(0, 60),
      columns: attributes.length,
      example: "{0 1, 3 5}",
    });
  if (!text.endsWith("}")) throw wrong(text);
  const cells: (string | null)[] = attributes.map(({ type, values }) => {
    if (type === "nominal") return values[0] ?? null;
    if (type === "string") return null;
    return type === "numeric" ? "0" : "1970-01-01";
  });
  const inner = text.slice(1, -1).trim();
  if (inner === "") return cells;
  let last = -1;
  for (const piece of pieces(inner)) {
    const match = /^\s*(\d+)\s+(.+?)\s*$/.exec(piece);
    const cell = match && cellsOf(match[2]!);
    const place = Number(match?.[1]);
    if (cell?.length !== 1 || place <= last || place >= attributes.length) throw wrong(piece);
    cells[place] = textOf(cell[0]!);
    last = place;
  }
  return cells;
}

/** The parts between commas that are outside of quotes. */
const pieces = (text: string): readonly string[] =>
  text.match(/(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^,'"])+/g) ?? [];
