import { EspejoError, phrase } from "../../errors.ts";
import { theBody } from "../../http/request-of.ts";
import { shown } from "../../schema.ts";
import type { ServedFacts } from "../models/served.ts";
import type { ServedRows } from "../rows.ts";
import { nestedRows } from "./array-rows.ts";
import { encodedImages } from "./images.ts";
import type { Knock } from "./knock.ts";
import { checkRows, recordColumns, splitColumns } from "./record-columns.ts";
import { type Columns, tableRows } from "./table-rows.ts";

/** Rows that were read, and columns that the model does not know. */
export interface ReadRows {
  readonly rows: ServedRows;
  readonly ignored: readonly string[];
}

/** Rows of a table from columns. */
export async function columnRows(
  facts: ServedFacts,
  columns: Columns,
  { maxRows, strictColumns }: Knock,
): Promise<ReadRows> {
  checkRows(columns.rows, maxRows);
  if (facts.content !== "table")
    throw new EspejoError("request_invalid", {
      place: theBody,
      wanted: phrase("arrays_of", {
        content: phrase(facts.content, {}),
        shape: facts.shape.join(" x "),
      }),
      got: phrase("columns_sent", {}),
    });
  return tableRows(facts, columns, { strictColumns });
}

/**
 * Rows from a list with an entry each: an object by columns, or a list in the order of the features; of images and
 * sequences arrays, or images in base64 as `{"b64": "..."}`, each of them inside of `{"x": ...}` too.
 */
export async function instanceRows(
  facts: ServedFacts,
  instances: readonly unknown[],
  knock: Knock,
  place: string,
): Promise<ReadRows> {
  checkRows(instances.length, knock.maxRows);
  const [first] = instances;
  if (facts.content === "table") {
    if (!Array.isArray(first)) return columnRows(facts, recordColumns(instances, place), knock);
    const features = facts.metadata.columns.filter(({ role }) => role === "feature");
    const names = features.map(({ name }) => name);
    return columnRows(facts, splitColumns(names, instances, place), knock);
  }
  if (isNamed(first)) {
    const inner = instances.map((each, i) => {
      if (isNamed(each)) return each.x;
      throw new EspejoError("request_invalid", {
        ...{ place: `${place}[${i}]`, wanted: '{"x": ...}', got: shown(each) },
      });
    });
    return instanceRows(facts, inner, knock, place);
  }
  if (facts.content === "images" && isEncoded(first)) {
    const files = instances.map((each, i) => {
      if (isEncoded(each)) return each.b64;
      throw new EspejoError("request_invalid", {
        ...{ place: `${place}[${i}]`, wanted: '{"b64": "..."}', got: shown(each) },
      });
    });
    return { rows: await encodedImages(facts, files, (i) => `${place}[${i}].b64`), ignored: [] };
  }
  const { maxRows } = knock;
  return { rows: nestedRows(facts, instances, { place, maxRows }), ignored: [] };
}

/** As TensorFlow Serving's clients name the input of a row. */
const isNamed = (value: unknown): value is { readonly x: unknown } =>
  typeof value === "object" &&
  value !== null &&
  Object.hasOwn(value, "x") &&
  Object.keys(value).length === 1;

const isEncoded = (value: unknown): value is { readonly b64: string } =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as { b64?: unknown }).b64 === "string";

/** Rows from an object with a list for each column, or, of images and sequences, one list `x`. */
export async function namedRows(
  facts: ServedFacts,
  inputs: Readonly<Record<string, unknown>>,
  knock: Knock,
  place: string,
): Promise<ReadRows> {
  const lists = Object.entries(inputs).map(([name, values]) => {
    if (Array.isArray(values)) return [name, values] as const;
    throw new EspejoError("request_invalid", {
      ...{ place: `${place}.${name}`, wanted: phrase("list", {}), got: shown(values) },
    });
  });
  const [first] = lists;
  if (facts.content !== "table" && lists.length === 1 && first)
    return instanceRows(facts, first[1], knock, `${place}.${first[0]}`);
  const rows = first?.[1].length ?? 0;
  const cells = new Map(
    lists.map(([name, values]) => {
      // [n, 1] as well as [n]
      const flat = values.every((each) => Array.isArray(each) && each.length === 1)
        ? values.flat()
        : values;
      if (flat.length === rows) return [name, flat] as const;
      throw new EspejoError("request_invalid", {
        place: `${place}.${name}`,
        wanted: phrase("count_values", { count: rows }),
        got: phrase("count_values", { count: flat.length }),
      });
    }),
  );
  return columnRows(facts, { rows, cells }, knock);
}
