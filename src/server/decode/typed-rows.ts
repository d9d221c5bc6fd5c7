import type { ReadOptions } from "../../data/terms/table.ts";
import { EspejoError, phrase } from "../../errors.ts";
import { requestOf, theBody } from "../../http/request-of.ts";
import { z } from "../../schema.ts";
import type { ServedFacts } from "../models/served.ts";
import { encodedImages } from "./images.ts";
import { columnRows, instanceRows, namedRows, type ReadRows } from "./instances.ts";
import { jsonOfBody, jsonOfLines, textOfBody } from "./json-body.ts";
import type { Knock } from "./knock.ts";
import { recordColumns } from "./record-columns.ts";
import { writtenSequences } from "./sequence-rows.ts";
import { type Columns, tableRows } from "./table-rows.ts";
import { tableNaming, writtenColumns } from "./written-rows.ts";

/** How delimited text is written, where that is stated. */
export type TextOptions = Pick<ReadOptions, "delimiter" | "decimal" | "thousands" | "dates"> & {
  readonly header?: "true" | "false";
};

/** Rows, and the columns that they were in, where they were in columns. */
export interface Found {
  readonly found: ReadRows;
  readonly columns?: Columns;
}

/** Bytes of some type: a body, or a file of a form. */
export interface TypedBytes {
  readonly type: string;
  readonly body: Uint8Array;
}

export const imageTypes = ["image/png", "image/jpeg", "image/webp"] as const;
export const lineTypes = [
  ...["application/x-ndjson", "application/ndjson", "application/jsonl", "application/json-lines"],
];
/** curl -d names a form where nothing else is named. */
const jsonTypes = ["application/json", "", "application/x-www-form-urlencoded"];

/** What a model takes at the friendly door, by types of bodies. */
const takenTypes: Readonly<Record<ServedFacts["content"], readonly string[]>> = {
  table: ["application/json", "application/x-ndjson", "text/csv"],
  sequences: ["application/json", "application/x-ndjson", "text/csv"],
  images: ["application/json", "application/x-ndjson", ...imageTypes],
};

/** That a model takes nothing of a type which others take. */
export const contentRefused = (type: string, { content }: ServedFacts): EspejoError =>
  new EspejoError("request_content", {
    ...{ type, content: phrase(content === "table" ? "tables" : content, {}) },
    types: [...takenTypes[content], "multipart/form-data"].join(", "),
  });

/** Rows of JSON (a row, a list of rows, or `{"rows": [...]}`), a JSON object a line, CSV, or an image. */
export async function typedRows(
  { type, body }: TypedBytes,
  knock: Knock,
  facts: ServedFacts,
  options: TextOptions,
): Promise<Found> {
  if (imageTypes.includes(type as "image/png")) {
    if (facts.content !== "images") throw contentRefused(type, facts);
    return { found: { rows: await encodedImages(facts, [body], () => theBody), ignored: [] } };
  }
  if (type === "text/csv") return textRows(textOfBody(body), knock, facts, options);
  if (lineTypes.includes(type)) return listed(jsonOfLines(body), knock, facts, "line");
  if (!jsonTypes.includes(type)) throw new EspejoError("request_type", { type });
  const value = jsonOfBody(body);
  if (Array.isArray(value)) return listed(value, knock, facts, "");
  const given = requestOf(z.record(z.string(), z.any()), value) as Record<string, unknown>;
  if (Array.isArray(given.rows)) return listed(given.rows, knock, facts, "rows");
  if (facts.content !== "table") return { found: await namedRows(facts, given, knock, "") };
  return listed([given], knock, facts, "");
}

/** Rows of delimited text, read as training read them where nothing is stated. */
export async function textRows(
  text: string,
  { maxRows, strictColumns }: Knock,
  facts: ServedFacts,
  { delimiter, header, decimal, thousands, dates }: TextOptions,
): Promise<Found> {
  const writing = {
    maxRows,
    ...(delimiter !== undefined && { delimiter: delimiter === "tab" ? "\t" : delimiter }),
    ...(header !== undefined && { header: header === "true" }),
  };
  const written = {
    ...(decimal !== undefined && { decimal }),
    ...(thousands !== undefined && { thousands }),
    ...(dates !== undefined && { dates }),
  };
  const reading = { strictColumns, written };
  switch (facts.content) {
    case "images":
      throw contentRefused("text/csv", facts);
    case "sequences":
      return { found: await writtenSequences(facts, text, writing, reading) };
    case "table": {
      const columns = writtenColumns(text, tableNaming(facts), writing);
      return { found: await tableRows(facts, columns, reading), columns };
    }
  }
}

async function listed(
  rows: readonly unknown[],
  knock: Knock,
  facts: ServedFacts,
  place: string,
): Promise<Found> {
  if (facts.content !== "table" || Array.isArray(rows[0]))
    return { found: await instanceRows(facts, rows, knock, place) };
  const columns = recordColumns(rows, place);
  return { found: await columnRows(facts, columns, knock), columns };
}
