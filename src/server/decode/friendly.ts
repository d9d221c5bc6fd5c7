import type { Cells } from "../../data/terms/arrays.ts";
import { EspejoError, type Phrase, phrase } from "../../errors.ts";
import { requestOf } from "../../http/request-of.ts";
import { z } from "../../schema.ts";
import type { ServedFacts } from "../models/served.ts";
import { type Form, formOfBody, theForm } from "./form.ts";
import { type FormFound, formRows } from "./form-rows.ts";
import type { Decoded, Knock } from "./knock.ts";
import { type TextOptions, typedRows } from "./typed-rows.ts";

const optional = z.exactOptional;

/** How answers may be written. */
const answerFormats = ["json", "csv", "ndjson"] as const;

/** What may stand behind the address, or in fields of a form: how the answer and CSV are written, which reasons are told, and whether what the model rebuilt is. */
export const scoreQuery: z.ZodMiniObject = z.strictObject({
  format: optional(z.enum(answerFormats)),
  reasons: optional(z.enum(["anomalies", "all", "none"])),
  reconstruction: optional(z.enum(["true", "false"])),
  delimiter: optional(z.string().check(z.minLength(1), z.maxLength(10))),
  decimal: optional(z.enum([".", ","])),
  thousands: optional(z.enum([".", ",", " ", "'", "none"])),
  dates: optional(z.enum(["dmy", "mdy", "ymd"])),
  header: optional(z.enum(["true", "false"])),
});

type Query = TextOptions & {
  readonly format?: (typeof answerFormats)[number];
  readonly reasons?: "anomalies" | "all" | "none";
  readonly reconstruction?: "true" | "false";
};

/** What the answer must know: the cells that tell which row is which, and how it is written where that was said. */
export interface ScoreContext {
  readonly ids: readonly { readonly name: string; readonly cells: readonly unknown[] }[];
  readonly format?: (typeof answerFormats)[number];
  /** Images and sequences as the model takes them, where they are asked for beside what it makes of them. */
  readonly input?: Cells;
}

/** Reads rows as people have them: JSON, CSV, a JSON object a line, an image, or a form with a file or several images. */
export async function decodeFriendly(knock: Knock, facts: ServedFacts): Promise<Decoded> {
  const { type, body, contentType, maxRows } = knock;
  const form = type === "multipart/form-data" ? await formOfBody(body, contentType, maxRows) : null;
  const query = queryOf(knock.query, form?.fields ?? []);
  const read: FormFound = form
    ? await formRows(form.files, knock, facts, query)
    : await typedRows({ type, body }, knock, facts, query);
  const { reasons = "anomalies", format } = query;
  const reconstruction = query.reconstruction === "true";
  const { rows } = read.found;
  const context: ScoreContext = {
    ids: idsOf(facts, read),
    ...(format && { format }),
    ...(reconstruction && "x" in rows && { input: rows.x.slice() }),
  };
  return {
    ...read.found,
    context: { ...context },
    wanted: { latent: false, reconstruction, error: false, reasons },
  };
}

/** The options of an address and of a form, each in one of them; an empty field is none. Throws `request_invalid`. */
function queryOf(address: Knock["query"], fields: Form["fields"]): Query {
  const told = new Map<string, unknown>();
  const add = (name: string, value: unknown, place: Phrase): void => {
    if (!Object.hasOwn(scoreQuery.shape, name))
      throw new EspejoError("request_invalid", {
        place,
        wanted: phrase("one_of", { names: Object.keys(scoreQuery.shape).join(", ") }),
        got: JSON.stringify(name.slice(0, 40)),
      });
    if (told.has(name))
      throw new EspejoError("request_invalid", {
        place: name,
        wanted: phrase("stated_once", {}),
        got: `${told.get(name)}, ${value}`,
      });
    told.set(name, value);
  };
  for (const [name, value] of Object.entries(address)) add(name, value, phrase("the_query", {}));
  for (const [name, value] of fields) if (value !== "") add(name, value, theForm);
  return requestOf(scoreQuery, Object.fromEntries(told)) as Query;
}

/** What tells which row is which: the names of files, or the columns that did so in training, as they came. */
function idsOf(facts: ServedFacts, { names, columns }: FormFound): ScoreContext["ids"] {
  if (names) return [{ name: "file", cells: names }];
  if (facts.content !== "table" || !columns) return [];
  return facts.metadata.columns.flatMap(({ name, role }) => {
    const cells = columns.cells.get(name);
    return cells && (role === "id" || role === "time") ? [{ name, cells: Array.from(cells) }] : [];
  });
}
