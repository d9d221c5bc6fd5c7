import { EspejoError } from "../../errors.ts";
import { type Note, note } from "../terms/notes.ts";

/** Rows that a value of another shape holds, a line of JSON each, and what is said of it. */
export interface ShapedRows {
  readonly lines: AsyncGenerator<string>;
  readonly note?: Note;
}

/** A scalar is kept as it is written, so that no digit of a number is lost; what is nested is a value. */
type Json = string | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Table = { readonly [key: string]: Json };

/**
 * Whether a text begins one object, or a list of lists, that goes on to the end of the file: it may hold its rows in
 * another shape. Objects one after the other, and lists of objects, are rows.
 */
export function holdsOne(start: string, whole: boolean): boolean {
  const text = start.trimStart();
  if (/^\[\s*\[/.test(text)) return true;
  if (!text.startsWith("{")) return false;
  const end = endOfValue(text);
  return end === undefined || (whole && text.slice(end).trim() === "");
}

/** Where the first object or list of a text ends; undefined where that is not in it. */
function endOfValue(text: string): number | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i];
    if (letter === '"') {
      for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === "\\") i++;
    } else if (letter === "{" || letter === "[") depth++;
    else if ((letter === "}" || letter === "]") && --depth === 0) return i + 1;
  }
  return undefined;
}

/**
 * The rows of a whole text of JSON that is no list of objects: columns of lists or of objects by row, as pandas writes
 * them (`orient` columns, index, split, table, values), a list of rows in an object beside other things, or the
 * features of GeoJSON. Null where it is one row, or no JSON.
 */
export function rowsOfValue(path: string, text: string): ShapedRows | null {
  const value = parsed(text);
  if (Array.isArray(value)) return fromLists(path, value, undefined);
  if (!isObject(value)) return null;
  const entries = Object.entries(value);
  if (entries.length === 0) throw new EspejoError("file_no_rows", { path });
  const { columns, data } = { columns: value[key("columns")], data: value[key("data")] };
  if (isList(columns) && isList(data)) return fromLists(path, data, columns.map(nameOf));
  const lists = entries.filter(([, inner]) => isList(inner) && inner.length > 0);
  const rows = lists.filter(([, inner]) => (inner as readonly Json[]).every(isObject));
  if (rows.length === 1) return fromList(rows[0]!, entries);
  if (rows.length > 1) {
    const names = rows.map(([name]) => bare(name)).join(", ");
    throw new EspejoError("json_several", { path, names });
  }
  const lengths = new Set(lists.map(([, inner]) => (inner as readonly Json[]).length));
  const scalars = ([, inner]: [string, Json]): boolean => isList(inner) && inner.every(isScalar);
  if (lists.length === entries.length && lengths.size === 1 && lists.every(scalars)) {
    const count = [...lengths][0]!;
    const column = (name: string) => value[name] as readonly Json[];
    return { lines: written(count, Object.keys(value), (name, i) => column(name)[i]!) };
  }
  if (entries.length > 0 && entries.every(([, inner]) => isObject(inner) && isFlat(inner)))
    return fromObjects(value as { readonly [key: string]: Table });
  return null;
}

/** Objects in an object: each is a column, or each is a row. */
function fromObjects(value: { readonly [key: string]: Table }): ShapedRows {
  const outer = Object.keys(value);
  const inner = [...new Set(outer.flatMap((name) => Object.keys(value[name]!)))];
  if (areRows(value, outer, inner)) {
    const names = outer;
    const cell = (name: string, i: number): Json =>
      value[names[i]!]![name] ?? (name === index ? JSON.stringify(bare(names[i]!)) : null);
    const numbered = names.every((name, i) => bare(name) === String(i));
    const columns = numbered || inner.includes(index) ? inner : [index, ...inner];
    return {
      lines: written(names.length, columns, cell),
      note: note("json_rows", { count: names.length }),
    };
  }
  return {
    lines: written(inner.length, outer, (name, i) => value[name]![inner[i]!] ?? null),
    note: note("json_columns", { count: inner.length }),
  };
}

/** What a column of the names of rows is called. */
const index = "\u0001index";

/** Whether objects in an object are rows: they are numbered, or their values of one name are alike and those of one object are not. */
function areRows(
  value: { readonly [key: string]: Table },
  outer: readonly string[],
  inner: readonly string[],
): boolean {
  const numbered = (names: readonly string[]): boolean =>
    names.every((name) => /^\d+$/.test(bare(name)));
  if (numbered(inner)) return false;
  if (numbered(outer)) return true;
  const kinds = (cells: readonly (Json | undefined)[]): number =>
    new Set(cells.flatMap((cell) => (cell === undefined || cell === null ? [] : [kindOf(cell)])))
      .size;
  const mixed = outer.filter((name) => kinds(Object.values(value[name]!)) > 1).length;
  const across = inner.filter((name) => kinds(outer.map((each) => value[each]![name])) > 1).length;
  return mixed > 0 && across === 0;
}

function fromLists(
  path: string,
  rows: readonly Json[],
  given: readonly string[] | undefined,
): ShapedRows | null {
  if (!rows.every(isList) || rows.length === 0) return null;
  const width = Math.max(...rows.map((row) => row.length));
  const [first] = rows;
  const named =
    given === undefined && rows.length > 1 && first!.every((cell) => kindOf(cell) === "text");
  const body = named ? rows.slice(1) : rows;
  const names =
    given ??
    (named ? first!.map(nameOf) : Array.from({ length: width }, (_, i) => `column_${i + 1}`));
  const wrong = body.findIndex((row) => row.length !== names.length);
  if (wrong >= 0) {
    const sizes = { actual: body[wrong]!.length, expected: names.length };
    throw new EspejoError("json_ragged", { path, row: wrong + 1, ...sizes });
  }
  const columns = names.map(key);
  return { lines: written(body.length, columns, (_, i, j) => body[i]![j]!) };
}

/** The one list of rows in an object beside other things. */
function fromList([name, list]: [string, Json], entries: readonly [string, Json][]): ShapedRows {
  const rows = list as readonly Table[];
  const features = rows.map((row) => row[key("properties")]);
  const flat =
    bare(name) === "features" && features.every((each) => each !== undefined && isObject(each));
  const tables = flat ? (features as readonly Table[]) : rows;
  const columns = [...new Set(tables.flatMap((row) => Object.keys(row)))];
  const others = entries.filter(([other]) => other !== name).map(([other]) => bare(other));
  return {
    lines: written(tables.length, columns, (column, i) => tables[i]![column] ?? null),
    note: note("json_list", { name: bare(name), others: others.join(", ") || "-" }),
  };
}

async function* written(
  count: number,
  columns: readonly string[],
  cell: (column: string, row: number, place: number) => Json,
): AsyncGenerator<string> {
  const names = columns.map((name) => JSON.stringify(bare(name)));
  let held = "";
  for (let i = 0; i < count; i++) {
    held += `{${columns.map((name, j) => `${names[j]}:${textOf(cell(name, i, j))}`).join(",")}}\n`;
    if (held.length > 1 << 16) {
      yield held;
      held = "";
    }
  }
  yield held;
}

/** Keys bear a mark, so that those that are numbers keep their place; strings and numbers are kept as they are written. */
const mark = "\u0001";
const key = (name: string): string => mark + name;
const bare = (name: string): string => name.slice(mark.length);

function parsed(text: string): Json | undefined {
  const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|-?\d[\d.eE+-]*|-?\b(?:NaN|Infinity)\b/g;
  const kept = text.replace(tokens, (token, colon?: string) =>
    colon === undefined ? JSON.stringify(token) : `"\\u0001${token.slice(1)}`,
  );
  try {
    return JSON.parse(kept) as Json;
  } catch {
    return undefined;
  }
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json | undefined): value is Table =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isScalar = (value: Json): boolean => typeof value !== "object" || value === null;
const isFlat = (value: Table): boolean => Object.values(value).every(isScalar);

const kindOf = (value: Json): string =>
  typeof value !== "string" ? typeof value : value.startsWith('"') ? "text" : "number";

/** A cell as a name of a column. */
const nameOf = (value: Json): string =>
  typeof value === "string" && value.startsWith('"')
    ? (JSON.parse(value) as string)
    : String(value);

/** A value as JSON. */
function textOf(value: Json): string {
  if (typeof value === "string") return value;
  if (isList(value)) return `[${value.map(textOf).join(",")}]`;
  if (isObject(value))
    return `{${Object.entries(value)
      .map(([name, inner]) => `${JSON.stringify(bare(name))}:${textOf(inner)}`)
      .join(",")}}`;
  return String(value);
}
