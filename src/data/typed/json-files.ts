import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { EspejoError } from "../../errors.ts";
import { ownFile, type SourceFile } from "../files/files.ts";
import type { Workspace } from "../files/workspace.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Encoding } from "../terms/table.ts";
import { readText } from "../text/encoding.ts";
import { holdsOne, rowsOfValue } from "./json-shapes.ts";

/** Files of JSON as DuckDB takes them: UTF-8 without a mark, a list of objects or one after the other. */
export interface JsonFiles {
  readonly files: readonly SourceFile[];
  readonly encoding: Encoding;
  readonly notes: readonly Note[];
}

/** Bytes of a file that is one object or list of another shape than rows: it is held in memory. */
const mostHeld = 1 << 28;

/** Throws `json_shape` for a file that is one value, and no table. */
export async function jsonFiles(
  sources: readonly SourceFile[],
  workspace: Workspace,
  stated?: Encoding,
): Promise<JsonFiles> {
  const files: SourceFile[] = [];
  const notes: Note[] = [];
  let encoding: Encoding = "utf-8";
  for (const source of sources) {
    const text = await readText(source, workspace, stated);
    if (text.encoding !== "utf-8" && !notes.some(({ code }) => code === "not_utf8")) {
      encoding = text.encoding;
      notes.push(note("not_utf8", { encoding }));
    }
    const marked = text.encoding === "utf-8" && source.head[0] === 0xef;
    const path = marked
      ? await workspace.receive(".json", createReadStream(text.path, { start: 3 }))
      : text.path;
    const file = { ...source, path, whole: text.whole };
    files.push((await asRows(file, text.text, workspace, notes)) ?? file);
  }
  return { files, encoding, notes };
}

/** A file of rows made of one that holds them in another shape; null where they are rows. */
async function asRows(
  file: SourceFile,
  start: string,
  workspace: Workspace,
  notes: Note[],
): Promise<SourceFile | null> {
  if (!holdsOne(start, file.whole)) return null;
  if ((await stat(file.path)).size > mostHeld)
    throw new EspejoError("json_large", { path: file.shown, most: mostHeld / 1e6 });
  const rows = rowsOfValue(file.shown, await readFile(file.path, "utf8"));
  if (!rows) return null;
  if (rows.note) notes.push(rows.note);
  const path = await workspace.receive(".ndjson", rows.lines);
  return { ...(await ownFile(path, file.shown)), name: file.name };
}
