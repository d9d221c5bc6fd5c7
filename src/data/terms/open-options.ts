import { optionParts } from "../../options.ts";
import { z } from "../../schema.ts";
import { isZone } from "./zone-names.ts";

const { whole, threads } = optionParts;
const optional = z.exactOptional;
const text = optional(z.string());
const texts = optional(z.array(z.string()));
const yes = optional(z.boolean());
const columnTypes = z.enum(["number", "category", "date", "text", "boolean"]);

const zone = optional(z.string().check(z.refine(isZone, "a time zone such as Europe/Madrid")));

const datesRead = { zone, layouts: optional(z.record(z.string(), z.array(z.string()))) };

/** What is told of columns, wherever they come from. */
const columns = {
  ...{
    label: text,
    features: texts,
    ignore: texts,
    weight: text,
    time: text,
    missing: texts,
    notMissing: texts,
  },
  id: optional(z.union([z.string(), z.array(z.string())])),
  types: optional(z.record(z.string(), columnTypes)),
  numbers: optional(z.record(z.string(), z.string())),
  decimal: optional(z.enum([".", ","])),
  thousands: optional(z.enum([".", ",", " ", "'", "none"])),
  strict: yes,
  expect: optional(
    z.array(
      z.looseObject({
        ...{ name: z.string(), type: columnTypes, role: z.string() },
        input: z.nullable(z.enum(["numeric", "categories"])),
      }),
    ),
  ),
  dates: optional(z.enum(["dmy", "mdy", "ymd"])),
  zone,
  prior: optional(z.looseObject({ missing: z.array(z.string()), ...datesRead })),
  priorDates: optional(z.looseObject(datesRead)),
};

/** `OpenOptions`, by name. */
export const openShape = {
  ...columns,
  ...{ sheet: text, query: text, array: text, labelArray: text },
  ...{ tempDirectory: text, header: yes, exact: yes, footer: yes },
  delimiter: optional(
    z.string().check(z.regex(/^(whitespace|.)$/su, "one character, or whitespace")),
  ),
  memoryLimit: optional(
    z.string().check(z.regex(/^[1-9]\d*(\.\d+)?\s*[KMGT]i?B$/i, "a size such as 500MB")),
  ),
  encoding: optional(z.enum(["utf-8", "latin-1", "utf-16"])),
  format: optional(z.enum(["csv", "parquet", "json"])),
  threads: optional(threads),
};

/** `ArraysOptions`, by name. */
export const arraysShape = {
  ...openShape,
  ...{ labels: text, group: text, skipBroken: yes, stamps: yes },
  content: optional(z.enum(["rows", "images", "sequences"])),
  size: optional(z.tuple([whole(1), whole(1)])),
  fit: optional(z.enum(["cover", "contain", "fill"])),
  channels: optional(z.literal([1, 3])),
  range: optional(
    z
      .tuple([z.number(), z.number()])
      .check(z.refine(([low, high]) => low < high, "two numbers, the lower one first")),
  ),
  pages: optional(z.enum(["all", "first"])),
  // shorter series are filled up to it
  window: optional(whole(1).check(z.maximum(2 ** 20))),
  stride: optional(whole(1)),
  like: optional(
    z.looseObject({ content: z.enum(["images", "sequences"]), shape: optionParts.shape }),
  ),
};

/** As they come from a caller: of tables in memory, of tables, of images and sequences. */
export const memoryOptions: z.ZodMiniObject = z.object(columns);
const { like: _, stamps: __, ...ofCommands } = arraysShape;
/** A command hands on all its options of reading: those of images and sequences are refused by what a source is. */
export const openOptions: z.ZodMiniObject = z.object(ofCommands);
export const arraysOptions: z.ZodMiniObject = z.object(arraysShape);
