import { EspejoError } from "./errors.ts";
import { nearest } from "./nearest.ts";
import { checked, z } from "./schema.ts";

/** Parts that options of several functions share. */
export const optionParts = {
  whole: (least: number) => z.int().check(z.minimum(least)),
  atLeast: (least: number) => z.number().check(z.minimum(least)),
  positive: z.number().check(z.gt(0)),
  /** A share of the whole that leaves something of it. */
  share: z.number().check(z.minimum(0), z.lt(1)),
  listener: z.custom<unknown>((value) => typeof value === "function", "a function"),
  engine: z.enum(["auto", "native", "wasm"]),
} as const;

/**
 * Checks the options of a public function before anything is done with them; what is undefined counts as not given.
 * Throws `argument_unknown` for a name that the schema does not have, `argument_value` for a value that it refuses.
 */
export function checkOptions(call: string, schema: z.ZodMiniObject, options: unknown): void {
  const given =
    typeof options === "object" && options !== null && !Array.isArray(options)
      ? Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
      : options;
  const names = Object.keys(schema.shape);
  for (const name of Object.keys(Object(given)))
    if (!names.includes(name))
      throw new EspejoError("argument_unknown", {
        ...{ call, name, nearest: nearest(name, names) ?? "", names: names.join(", ") },
      });
  const result = checked(schema, given);
  if (!("fault" in result)) return;
  const { at, wanted, got } = result.fault;
  throw new EspejoError("argument_value", {
    argument: at === "" ? `${call}: options` : `${call}: ${at}`,
    ...{ wanted, got },
  });
}
