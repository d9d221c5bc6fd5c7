import { EspejoError, phrases } from "../../errors.ts";
import { operatorNames } from "../../graph/index.ts";
import { isKerasFile } from "../../keras/foreign.ts";
import { type ModelProto, metadataOf, readModel } from "../../onnx/index.ts";
import { checked, faultText, type Plain, type z } from "../../schema.ts";
import { doubleSequences, imageRange } from "./array-feeds.ts";
import { checkContents } from "./check-contents.ts";
import { type AnyMetadata, arrayMetadata, tableMetadata, versionMetadata } from "./metadata.ts";

const prefix = "espejo.";

/** What half of a model file, written for other programs, says that it is. */
export const halfEntry = "espejo.part";

/**
 * Names that `espejo.requires` of a model file may hold: what this version knows beyond schema 1. Whoever adds to
 * the file what a reader must not overlook (another type of input, another meaning of an entry) adds a name here,
 * writes it in `espejo.requires`, and 2 as `espejo.schema`.
 */
export const requirements: ReadonlySet<string> = new Set([doubleSequences, imageRange]);

/** The newest `espejo.schema` that this version reads. */
export const newestSchema = 2;

/**
 * What a model file says of itself, checked part by part and against its graph. Entries that no schema names are
 * left out. Throws `model_not_espejo`, `model_newer` or `model_damaged`; `path` is for the messages.
 */
function readMetadata(proto: ModelProto, path: string): AnyMetadata {
  const entries = entriesOf(proto, path);
  const refuse = (reason: string): never => {
    throw new EspejoError("model_damaged", { path, reason });
  };
  const parse = ([entry, text]: readonly [string, string]): readonly [string, unknown] => {
    const name = entry.slice(prefix.length);
    if (name === "kind") return [name, text];
    try {
      return [name, JSON.parse(text)];
    } catch {
      return refuse(`${entry} is not whole JSON`);
    }
  };
  const parsed = (names: object): Readonly<Record<string, unknown>> =>
    Object.fromEntries(entries.filter(([entry]) => entry.slice(prefix.length) in names).map(parse));
  checkVersion(parsed(versionMetadata.shape), path, refuse);
  const parts = parsed({ ...tableMetadata.shape, ...arrayMetadata.shape });
  const ofTable = "columns" in parts || "profile" in parts || !("scale" in parts);
  const metadata: AnyMetadata = ofTable
    ? valid(tableMetadata, parts, refuse)
    : valid(arrayMetadata, parts, refuse);
  checkContents(metadata, proto, refuse);
  return metadata;
}

/** What is ours among the metadata of a graph. Throws `model_not_espejo` where nothing is. */
function entriesOf(proto: ModelProto, path: string): readonly (readonly [string, string])[] {
  const entries = Object.entries(metadataOf(proto)).filter(([name]) => name.startsWith(prefix));
  if (entries.length === 0) throw new EspejoError("model_not_espejo", { path });
  const half = entries.find(([name]) => name === halfEntry);
  if (half) throw new EspejoError("model_half", { path, part: half[1] });
  return entries;
}

/**
 * The graph of a model file and what it says of itself, without an engine. Throws as `readMetadata`, also `model_damaged`
 * for a Keras model that was not imported.
 */
export function readModelFile(
  bytes: Uint8Array,
  path: string,
): { readonly proto: ModelProto; readonly metadata: AnyMetadata } {
  if (isKerasFile(bytes))
    throw new EspejoError("model_damaged", { path, reason: phrases.keras_to_import });
  // another program's file is told as such, whatever its operators are
  const proto = readModel(bytes, path, operatorNames, (model) => entriesOf(model, path));
  return { proto, metadata: readMetadata(proto, path) };
}

/** Refuses what a later version wrote, before its entries are looked at. */
function checkVersion(
  entries: Readonly<Record<string, unknown>>,
  path: string,
  refuse: (reason: string) => never,
): void {
  const { schema, requires: names = [] } = valid(versionMetadata, entries, refuse);
  const unknown = names.filter((name) => !requirements.has(name));
  if (schema > newestSchema) unknown.unshift(`schema ${schema}`);
  if (unknown.length > 0) throw new EspejoError("model_newer", { path, needs: unknown.join(", ") });
  if (schema === newestSchema && names.length === 0)
    refuse(`${prefix}requires is missing, which every file of schema ${newestSchema} has`);
}

/** What a schema makes of entries, or the refusal of the part that is wrong. */
function valid<Schema extends z.core.$ZodType>(
  schema: Schema,
  entries: Readonly<Record<string, unknown>>,
  refuse: (reason: string) => never,
): Plain<Schema> {
  const result = checked(schema, entries);
  if ("value" in result) return result.value;
  return refuse(`${prefix}${faultText(result.fault)}`);
}
