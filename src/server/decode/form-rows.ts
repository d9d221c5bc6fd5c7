import { extname } from "node:path";
import { EspejoError, type Phrase, phrase } from "../../errors.ts";
import type { ServedFacts } from "../models/served.ts";
import { type FormFile, theForm } from "./form.ts";
import { encodedImages } from "./images.ts";
import type { Knock } from "./knock.ts";
import {
  contentRefused,
  type Found,
  imageTypes,
  lineTypes,
  type TextOptions,
  typedRows,
} from "./typed-rows.ts";

const tableTypes: readonly string[] = ["text/csv", "application/json", ...lineTypes];
const images: readonly string[] = imageTypes;

/** Types by how a name ends: what browsers and curl call a file differs, and is often nothing. */
const byEnding: Readonly<Record<string, string>> = {
  ...{ ".csv": "text/csv", ".tsv": "text/csv", ".txt": "text/csv" },
  ...{ ".json": "application/json", ".ndjson": lineTypes[0]!, ".jsonl": lineTypes[0]! },
  ...{ ".png": "image/png", ".webp": "image/webp" },
  ...{ ".jpg": "image/jpeg", ".jpeg": "image/jpeg" },
};

/** Rows of the files of a form, and the name of each file where a row is one. */
export interface FormFound extends Found {
  readonly names?: readonly string[];
}

/** Rows of one file that is a table, or of images, one each, in their order. Throws `request_invalid` and `request_content`. */
export async function formRows(
  files: readonly FormFile[],
  knock: Knock,
  facts: ServedFacts,
  options: TextOptions,
): Promise<FormFound> {
  const [first] = files;
  if (!first) throw invalid(theForm, phrase("form_file", {}), phrase("nothing", {}));
  const types = files.map(typeOf);
  const names = files.map(({ name }) => name);
  if (!types.every((type) => images.includes(type))) {
    if (files.length > 1) throw invalid(theForm, phrase("one_table", {}), listed(names));
    return typedRows({ type: types[0]!, body: first.bytes }, knock, facts, options);
  }
  if (facts.content !== "images") throw contentRefused(types[0]!, facts);
  const bytes = files.map((file) => file.bytes);
  const rows = await encodedImages(facts, bytes, (i) => placeOf(files[i]!));
  return { found: { rows, ignored: [] }, names };
}

function typeOf(file: FormFile): string {
  if (tableTypes.includes(file.type) || images.includes(file.type)) return file.type;
  const type = byEnding[extname(file.name).toLowerCase()];
  if (type !== undefined) return type;
  throw invalid(placeOf(file), phrase("form_types", {}), file.type);
}

const placeOf = ({ name }: FormFile): string | Phrase => (name === "" ? theForm : name);

const listed = (names: readonly string[]): string =>
  names.slice(0, 5).join(", ") + (names.length > 5 ? ", ..." : "");

const invalid = (place: string | Phrase, wanted: Phrase, got: string | Phrase): EspejoError =>
  new EspejoError("request_invalid", { place, wanted, got });
