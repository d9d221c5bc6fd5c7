import { EspejoError } from "./errors.ts";
import { nearest } from "./nearest.ts";
import { checked, inShort, z } from "./schema.ts";

/** Whether a value is a list or a typed array of numbers; those of 64-bit integers are none. */
export const isNumbers = (value: unknown): value is ArrayLike<number> =>
  Array.isArray(value)
    ? value.every((cell) => typeof cell === "number")
    : ArrayBuffer.isView(value) &&
      typeof (value as Uint8Array).fill === "function" &&
      !isBig(value);

const isBig = (value: ArrayBufferView): boolean =>
  /^Big/.test(String((value as Uint8Array)[Symbol.toStringTag]));

/** Parts that options of several functions share. */
export const optionParts = {
  whole: (least: number) => z.int().check(z.minimum(least)),
  atLeast: (least: number) => z.number().check(z.minimum(least)),
  positive: z.number().check(z.gt(0)),
  oneOf: (names: readonly string[]) => z.enum(Object.fromEntries(names.map((n) => [n, n]))),
  /** Sizes of layers one after the other; no network of ours has a thousand. */
  sizes: z.array(z.int().check(z.minimum(1))).check(z.maxLength(1000)),
  /** Sizes of one row. */
  shape: z.array(z.int().check(z.minimum(1))).check(z.minLength(1), z.maxLength(8)),
  /** A share of the whole that leaves something of it. */
  share: z.number().check(z.minimum(0), z.lt(1)),
  numbers: z.custom<unknown>(isNumbers, "a list or a typed array of numbers"),
  /** Threads of one operator: no machine of ours has so many cores. */
  threads: z.int().check(z.minimum(1), z.maximum(1024)),
  signal: z.custom<unknown>(
    (value) => typeof Object(value).addEventListener === "function",
    "an AbortSignal",
  ),
  listener: z.custom<unknown>((value) => typeof value === "function", "a function"),
  engine: z.enum(["auto", "native", "wasm"]),
} as const;

/**
 * Checks the options of a public function before anything is done with them; what is undefined counts as not given.
 * Throws `argument_unknown` for a name that the schema does not have, `argument_value` for a value that it refuses.
 */
export function checkOptions(call: string, schema: z.ZodMiniObject, options: unknown): void {
  checkObject(call, options);
  const given = Object.fromEntries(
    Object.entries(options as object).filter(([, value]) => value !== undefined),
  );
  const names = Object.keys(schema.shape);
  for (const name of Object.keys(given))
    if (!names.includes(name))
      throw new EspejoError("argument_unknown", {
        ...{ call, name, nearest: nearest(name, names) ?? "" },
      });
  const result = checked(schema, given);
  if (!("fault" in result)) return;
  const { at, wanted, got } = result.fault;
  throw new EspejoError("argument_value", {
    argument: `${call}: ${at}`,
    ...{ wanted, got },
  });
}

/** Throws `argument_value` for an argument beside options that its schema refuses. */
export function checkArgument(argument: string, schema: z.ZodMiniType, value: unknown): void {
  const result = checked(schema, value);
  if (!("fault" in result)) return;
  const { at, wanted, got } = result.fault;
  const place = at === "" || at.startsWith("[") ? at : `.${at}`;
  throw new EspejoError("argument_value", { argument: argument + place, ...{ wanted, got } });
}

/** Throws `argument_value` where options are no object with names. */
export function checkObject(call: string, options: unknown): void {
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return;
  throw new EspejoError("argument_value", {
    argument: `${call}: options`,
    ...{ wanted: "an object with names", got: inShort(options) },
  });
}

/** As `checkArgument`, for several by their names: the first that its part refuses. */
export function checkArguments(
  call: string,
  given: Readonly<Record<string, readonly [value: unknown, part: z.ZodMiniType]>>,
): void {
  for (const [name, [value, part]] of Object.entries(given))
    checkArgument(`${call}: ${name}`, part, value);
}
