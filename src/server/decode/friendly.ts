import type { ReadOptions } from "../../data/terms/table.ts";
import { EspejoError, phrase } from "../../errors.ts";
import { z } from "../../schema.ts";
import type { ServedFacts } from "../models/served.ts";
import { encodedImages } from "./images.ts";
import { columnRows, instanceRows, namedRows, type ReadRows } from "./instances.ts";
import { jsonOfBody, jsonOfLines, requestOf, textOfBody, theBody } from "./json-body.ts";
import type { Decoded, Knock } from "./knock.ts";
import { recordColumns } from "./record-columns.ts";
import { type Columns, tableRows } from "./table-rows.ts";
import { writtenColumns } from "./written-rows.ts";

const optional = z.exactOptional;

/** What may stand behind the address: how CSV is written, and for which rows reasons are told. */
export const scoreQuery: z.ZodMiniObject = z.strictObject({
  reasons: optional(z.enum(["anomalies", "all", "none"])),
  delimiter: optional(z.string().check(z.minLength(1), z.maxLength(10))),
  decimal: optional(z.enum([".", ","])),
  thousands: optional(z.enum([".", ",", " ", "'", "none"])),
  dates: optional(z.enum(["dmy", "mdy", "ymd"])),
  header: optional(z.enum(["true", "false"])),
});

type Query = Pick<ReadOptions, "delimiter" | "decimal" | "thousands" | "dates"> & {
  readonly reasons?: "anomalies" | "all" | "none";
  readonly header?: "true" | "false";
};

/** What the answer must know: the cells that tell which row is which. */
export interface ScoreContext {
  readonly ids: readonly { readonly name: string; readonly cells: readonly unknown[] }[];
}

const images = ["image/png", "image/jpeg", "image/webp"];

/**
 * Reads rows as people have them: JSON (a row, a list of rows, or `{"rows": [...]}`), CSV, a JSON object a line, an image.
 */
export async function decodeFriendly(knock: Knock, facts: ServedFacts): Promise<Decoded> {
  const query = requestOf(scoreQuery, knock.query, phrase("the_query", {})) as Query;
  const { found, columns } = await rowsOf(knock, facts, query);
  const context: ScoreContext = { ids: columns ? idsOf(facts, columns) : [] };
  const { reasons = "anomalies" } = query;
  return {
    ...found,
    context: { ...context },
    wanted: { latent: false, reconstruction: false, error: false, reasons },
  };
}

interface Found {
  readonly found: ReadRows;
  readonly columns?: Columns;
}

async function rowsOf(knock: Knock, facts: ServedFacts, query: Query): Promise<Found> {
  const { body, type, maxRows, strictColumns } = knock;
  if (images.includes(type) && facts.content === "images")
    return { found: { rows: await encodedImages(facts, [body], () => theBody), ignored: [] } };
  if (type === "text/csv" && facts.content === "table") {
    const { delimiter, header, decimal, thousands, dates } = query;
    const columns = writtenColumns(facts, textOfBody(body), {
      maxRows,
      ...(delimiter !== undefined && { delimiter: delimiter === "tab" ? "\t" : delimiter }),
      ...(header !== undefined && { header: header === "true" }),
    });
    const written = {
      ...(decimal !== undefined && { decimal }),
      ...(thousands !== undefined && { thousands }),
      ...(dates !== undefined && { dates }),
    };
    return { found: await tableRows(facts, columns, { strictColumns, written }), columns };
  }
  if (/^application\/(x-ndjson|ndjson|jsonl|json-lines)$/.test(type))
    return listed(jsonOfLines(body), knock, facts, "line");
  // curl -d names a form where nothing else is named
  if (!["", "application/json", "application/x-www-form-urlencoded"].includes(type))
    throw new EspejoError("request_type", { type });
  const value = jsonOfBody(body);
  if (Array.isArray(value)) return listed(value, knock, facts, "");
  const given = requestOf(z.record(z.string(), z.any()), value) as Record<string, unknown>;
  if (Array.isArray(given.rows)) return listed(given.rows, knock, facts, "rows");
  if (facts.content !== "table") return { found: await namedRows(facts, given, knock, "") };
  return listed([given], knock, facts, "");
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

/** The columns that tell which row is which, as they came: those that were so in training. */
function idsOf(facts: ServedFacts, { cells }: Columns): ScoreContext["ids"] {
  if (facts.content !== "table") return [];
  return facts.metadata.columns.flatMap(({ name, role }) =>
    (role === "id" || role === "time") && cells.has(name)
      ? [{ name, cells: Array.from(cells.get(name)!) }]
      : [],
  );
}
