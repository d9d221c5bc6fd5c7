import { createReadStream } from "node:fs";
import { open, stat, symlink } from "node:fs/promises";
import { basename, extname, resolve } from "node:path";
import { EspejoError, phrases } from "../../errors.ts";
import type { Database } from "../native/database.ts";
import type { Note } from "../terms/notes.ts";
import { literal } from "../terms/sql.ts";
import { chooseEntry, isDocument } from "./archive-entry.ts";
import { damaged } from "./packed-errors.ts";
import { packingOf, unpack } from "./unpack.ts";
import type { Workspace } from "./workspace.ts";
import { type Archive, isZip, openZip } from "./zip.ts";

/** One file to read: `path` may be a temporary copy, `shown` is what its owner calls it. */
export interface SourceFile {
  readonly path: string;
  readonly shown: string;
  /** Its own name, that of the file inside where it was packed: `a.csv` for `data/a.csv.gz`. */
  readonly name: string;
  /** The first bytes: 1 MB, or more where lines are long. */
  readonly head: Buffer;
  /** Whether `head` is the whole file. */
  readonly whole: boolean;
  /** Names of what it holds, where its format is a zip archive: a workbook, arrays. */
  readonly entries: readonly string[];
  /** What was chosen on the way to it. */
  readonly notes: readonly Note[];
}

const headSize = 1 << 20;

/** The files that a path, a pattern or "-" names, each readable, not empty and unpacked. */
export async function findFiles(
  data: string,
  database: Database,
  workspace: Workspace,
): Promise<SourceFile[]> {
  if (data === "-") {
    const path = await workspace.receive("-stdin", process.stdin);
    return [await openFile(path, "stdin", workspace)];
  }
  if (!(await exists(data))) {
    const [archive, inside] = splitAtArchive(data);
    if (archive !== undefined && (await exists(archive)))
      return [await openFile(archive, data, workspace, inside)];
  }
  const paths = (await exists(data)) ? [data] : await matches(data, database);
  if (paths.length === 0) throw new EspejoError("file_missing", { path: data });
  const files: SourceFile[] = [];
  for (const path of paths) files.push(await openFile(path, path, workspace));
  return files;
}

/** `data.zip/sales.csv` as the archive and the file in it. */
const splitAtArchive = (path: string): readonly [archive?: string, inside?: string] =>
  (/^(.+?\.zip)[/\\](.+)$/i.exec(path)?.slice(1) as [string, string] | undefined) ?? [];

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

async function matches(pattern: string, database: Database): Promise<string[]> {
  if (!/[*?[]/.test(pattern)) return [];
  const rows = await database.query(`SELECT file FROM glob(${literal(pattern)}) ORDER BY file`);
  return rows.map(([file]) => String(file));
}

/** One file, readable, not empty and unpacked; of an archive of several the one called `inside`. */
export async function openFile(
  path: string,
  shown: string,
  workspace: Workspace,
  inside?: string,
): Promise<SourceFile> {
  const name = basename(shown);
  try {
    const status = await stat(path);
    if (status.isDirectory()) throw new EspejoError("file_is_folder", { path: shown });
    // A pipe can be read only once.
    if (!status.isFile()) path = await workspace.receive(safeEnding(path), createReadStream(path));
    return await lookInto({ path, shown, name, notes: [] }, workspace, inside);
  } catch (error) {
    if (error instanceof EspejoError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new EspejoError("file_missing", { path: shown });
    const reason = code === "EACCES" ? phrases.no_permission : message;
    throw new EspejoError("file_unreadable", { path: shown, reason }, { cause: error });
  }
}

/** How often a file may be packed in itself: files that unpack to themselves exist. */
const mostLayers = 4;

async function lookInto(
  file: Pick<SourceFile, "path" | "shown" | "name" | "notes">,
  workspace: Workspace,
  inside: string | undefined,
  layer = 0,
): Promise<SourceFile> {
  const { shown } = file;
  const { head, size } = await readHead(file.path);
  if (size === 0) throw new EspejoError("file_empty", { path: shown });
  const packing = packingOf(head);
  const archive = isZip(head) ? await openZip(file.path, shown) : undefined;
  try {
    const entries = archive?.names ?? [];
    const holds = archive !== undefined && !isDocument(entries);
    if (!packing && !holds) {
      const path = await plainPath(file.path, workspace);
      return { ...file, path, head, whole: size === head.length, entries };
    }
    if (layer === mostLayers) throw new EspejoError("archive_layers", { path: shown });
    if (packing) {
      const name = file.name.replace(packing.ending, "");
      const path = await unpack(packing, { ...file, size }, name, safeEnding(name), workspace);
      return await lookInto({ ...file, path, name }, workspace, inside, layer + 1);
    }
    const chosen = chooseEntry(shown, entries, inside);
    const name = basename(chosen.name);
    const path = await received(archive!, chosen.name, shown, workspace);
    const notes = [...file.notes, ...chosen.notes];
    return await lookInto({ path, shown, name, notes }, workspace, undefined, layer + 1);
  } finally {
    archive?.close();
  }
}

async function received(
  archive: Archive,
  name: string,
  shown: string,
  workspace: Workspace,
): Promise<string> {
  try {
    return await workspace.receive(safeEnding(name), await archive.stream(name));
  } catch (error) {
    throw damaged(shown, error);
  }
}

/** A path that DuckDB does not take for a pattern. */
async function plainPath(path: string, workspace: Workspace): Promise<string> {
  if (!/[*?[]/.test(path)) return path;
  const link = await workspace.file(safeEnding(path));
  await symlink(resolve(path), link);
  return link;
}

/** The ending of a name, as far as it is harmless in another one. */
const safeEnding = (name: string): string => /\.\w{1,12}$/.exec(extname(name))?.[0] ?? "";

/** A temporary file that was made of one that is called `shown`. */
export async function ownFile(path: string, shown: string): Promise<SourceFile> {
  const { head, size } = await readHead(path);
  const whole = size === head.length;
  return { path, shown, name: basename(path), head, whole, entries: [], notes: [] };
}

/** The first bytes of a file, `most` at most, and how many it has. */
export async function readHead(
  path: string,
  most: number = headSize,
): Promise<{ head: Buffer; size: number }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(size, most));
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return { head: head.subarray(0, bytesRead), size };
  } finally {
    await file.close();
  }
}
