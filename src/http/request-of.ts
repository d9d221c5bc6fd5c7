import { EspejoError, type Phrase, phrase } from "../errors.ts";
import { checked, type Plain, type z } from "../schema.ts";

/** What a request calls what it sent. */
export const theBody: Phrase = phrase("the_body", {});

/** What a request sent, as a schema lets it pass. Throws `request_invalid` with the place that it refuses. */
export function requestOf<Schema extends z.core.$ZodType>(
  schema: Schema,
  value: unknown,
  whole: Phrase = theBody,
): Plain<Schema> {
  const result = checked(schema, value);
  if ("value" in result) return result.value;
  const { at, wanted, got } = result.fault;
  throw new EspejoError("request_invalid", { place: at || whole, wanted, got });
}
