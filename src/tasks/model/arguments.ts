import { bytesOf } from "../../data/terms/address.ts";
import { optionParts } from "../../options.ts";
import { z } from "../../schema.ts";

/** A value by what it can do: classes differ between realms and copies of the package. */
const able = (wanted: string, ...methods: readonly string[]) =>
  z.custom<unknown>(
    (value) => methods.every((name) => typeof Object(value)[name] === "function"),
    wanted,
  );
const holding = (wanted: string, method: string, ...parts: readonly string[]) =>
  able(wanted, method).check(
    z.refine(
      (value) => parts.every((name) => Object(Object(value)[name]) === Object(value)[name]),
      wanted,
    ),
  );

/** What functions of model files take beside options, as it comes from a caller. */
export const argument = {
  tableModel: able("a TableModel", "run", "explain", "batches"),
  arrayModel: able("an ArrayModel", "run", "goldenScores", "batches"),
  model: able("a TableModel or an ArrayModel", "run", "batches", "decode"),
  file: holding("a ModelFile", "run", "metadata", "proto"),
  table: holding("a table, as openTable gives one", "batches", "columns"),
  arrays: holding("arrays, as openArrays gives them", "batches", "detected"),
  path: z.string().check(z.minLength(1)),
  text: z.string(),
  bytes: z.custom<unknown>((value) => bytesOf(value) !== null, "the bytes of a file"),
  rows: z.int().check(z.minimum(0), z.maximum(2 ** 31)),
  list: z.custom<unknown>(
    (value) => Object(value)[Symbol.asyncIterator] ?? Object(value)[Symbol.iterator],
    "something to go through with for await",
  ),
};

/** How a model file is run, as it comes from a caller. */
export const modelShape = {
  engine: z.exactOptional(optionParts.engine),
  threads: z.exactOptional(optionParts.threads),
  provider: z.exactOptional(z.string()),
};
