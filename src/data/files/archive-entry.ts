import { EspejoError } from "../../errors.ts";
import { nearest } from "../../nearest.ts";
import { type Note, note } from "../terms/notes.ts";

/** The file of a zip archive that holds the table, and what is said of the others. */
export interface Entry {
  readonly name: string;
  readonly notes: readonly Note[];
}

/** Endings of tables, certain ones and those that other things have too. */
const certain = /\.(csv|tsv|tab|parquet|json|jsonl|ndjson|xlsx|xlsm|ods|fods|arff|npy|npz)$/;
const likely = /\.(txt|dat|data|asc|prn|idx\d?|idx\d-u?byte)$/;
const packed = /\.(gz|zst)$/;

/** Whether names are those of a file that is a zip archive by its own format, such as a workbook. */
export const isDocument = (names: readonly string[]): boolean =>
  names.some(
    (name) =>
      /^(mimetype|\[Content_Types\]\.xml|content\.xml|xl\/.+|Index(\.zip|\/Document\.iwa))$/.test(
        name,
      ) || /(^|\/)model\.weights\.h5$/.test(name),
  ) ||
  (names.length > 0 && names.every((name) => name.endsWith(".npy")));

/** Files of an archive that a person would see, as macOS and Windows add some of their own. */
export const visibleFiles = (names: readonly string[]): string[] =>
  names.filter(
    (name) =>
      !/\/$|(^|\/)(__MACOSX\/|\.[^/]*|thumbs\.db$|desktop\.ini$)/i.test(
        name.replace(/^(\.\/)+/, ""),
      ),
  );

/**
 * The one table of an archive; `asked` names it where there are several. Throws `archive_several`,
 * `archive_no_table`, `archive_entry`.
 */
export function chooseEntry(path: string, names: readonly string[], asked?: string): Entry {
  const files = visibleFiles(names);
  if (asked !== undefined) return { name: entryAsked(path, files, asked), notes: [] };
  if (files.length === 1) return { name: files[0]!, notes: [] };
  const ending = (name: string): string => name.toLowerCase().replace(packed, "");
  const sure = files.filter((name) => certain.test(ending(name)));
  const tables = sure.length > 0 ? sure : files.filter((name) => likely.test(ending(name)));
  const [name] = tables;
  if (name === undefined) {
    throw new EspejoError("archive_no_table", { path, count: files.length, names: inShort(files) });
  }
  if (tables.length > 1) {
    const count = tables.length;
    const example = `${/\.zip$/i.test(path) ? path : "archive.zip"}/${name}`;
    throw new EspejoError("archive_several", { path, count, names: inShort(tables), example });
  }
  const others = files.filter((other) => other !== name);
  return { name, notes: [note("archive_chosen", { name, others: inShort(others) })] };
}

function entryAsked(path: string, files: readonly string[], asked: string): string {
  const same = files.filter((name) => name === asked);
  const alike = same.length > 0 ? same : files.filter((name) => name.endsWith(`/${asked}`));
  if (alike.length === 1) return alike[0]!;
  throw new EspejoError("archive_entry", {
    path,
    name: asked,
    nearest: nearest(asked, files) ?? "",
    names: inShort(files),
  });
}

const mostNames = 8;

const inShort = (names: readonly string[]): string =>
  names.slice(0, mostNames).join(", ") + (names.length > mostNames ? ", ..." : "");
