import { EspejoError, phrase } from "../../errors.ts";
import { requestOf, theBody } from "../../http/request-of.ts";
import { z } from "../../schema.ts";
import type { ServedFacts } from "../models/served.ts";
import { columnRows, instanceRows, namedRows, type ReadRows } from "./instances.ts";
import { jsonOfBody, longList, textOfBody } from "./json-body.ts";
import type { Decoded, Knock } from "./knock.ts";
import { recordColumns, splitColumns } from "./record-columns.ts";
import { textRows } from "./typed-rows.ts";

const optional = z.exactOptional;

/** The body of `/invocations` in JSON: exactly one of the four, and parameters (MLflow's scoring protocol). */
export const mlflowRequest: z.ZodMiniObject = z.looseObject({
  dataframe_split: optional(
    z.looseObject({ columns: z.array(z.string()), index: optional(longList), data: longList }),
  ),
  dataframe_records: optional(longList),
  instances: optional(z.union([longList, z.record(z.string(), z.any())])),
  inputs: optional(z.union([longList, z.record(z.string(), z.any())])),
  params: optional(
    z.nullable(z.looseObject({ reasons: optional(z.enum(["anomalies", "all", "none"])) })),
  ),
});

interface Request {
  readonly dataframe_split?: {
    readonly columns: readonly string[];
    readonly data: readonly unknown[];
  };
  readonly dataframe_records?: readonly unknown[];
  readonly instances?: readonly unknown[] | Readonly<Record<string, unknown>>;
  readonly inputs?: readonly unknown[] | Readonly<Record<string, unknown>>;
  readonly params?: { readonly reasons?: "anomalies" | "all" | "none" } | null;
}

const shapes = ["dataframe_split", "dataframe_records", "instances", "inputs"] as const;

/** Reads what MLflow's clients send: JSON in one of four shapes, or CSV. */
export async function decodeMlflow(knock: Knock, facts: ServedFacts): Promise<Decoded> {
  const { body, type } = knock;
  if (type === "text/csv") {
    const { found } = await textRows(textOfBody(body), knock, facts, {});
    return decoded(found, "anomalies");
  }
  if (type !== "application/json" && type !== "") throw new EspejoError("request_type", { type });
  const request = requestOf(mlflowRequest, jsonOfBody(body)) as Request;
  const given = shapes.filter((name) => request[name] !== undefined);
  if (given.length !== 1)
    throw new EspejoError("request_invalid", {
      place: theBody,
      wanted: phrase("exactly_one_of", { names: shapes.join(", ") }),
      got: given.length === 0 ? phrase("nothing", {}) : given.join(", "),
    });
  return decoded(await rowsOf(request, knock, facts), request.params?.reasons ?? "anomalies");
}

const decoded = ({ rows, ignored }: ReadRows, reasons: "anomalies" | "all" | "none"): Decoded => ({
  ...{ rows, ignored, context: {} },
  wanted: { latent: false, reconstruction: false, error: false, reasons },
});

function rowsOf(request: Request, knock: Knock, facts: ServedFacts): Promise<ReadRows> {
  const { dataframe_split: split, dataframe_records: records } = request;
  if (split)
    return columnRows(
      facts,
      splitColumns(split.columns, split.data, "dataframe_split.data"),
      knock,
    );
  if (records) return columnRows(facts, recordColumns(records, "dataframe_records"), knock);
  const name = request.instances === undefined ? "inputs" : "instances";
  const given = request[name]!;
  return Array.isArray(given)
    ? instanceRows(facts, given, knock, name)
    : namedRows(facts, given as Readonly<Record<string, unknown>>, knock, name);
}
