import { createReadStream } from "node:fs";
import { open, stat, symlink } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { createGunzip } from "node:zlib";
import { EspejoError, phrases } from "../../errors.ts";
import type { Database } from "../native/database.ts";
import { literal } from "../terms/sql.ts";
import type { Workspace } from "./workspace.ts";

/** One file to read: `path` may be a temporary copy, `shown` is what its owner calls it. */
export interface SourceFile {
  readonly path: string;
  readonly shown: string;
  /** The first bytes: 1 MB, or more where lines are long. */
  readonly head: Buffer;
  /** Whether `head` is the whole file. */
  readonly whole: boolean;
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
  const paths = (await exists(data)) ? [data] : await matches(data, database);
  if (paths.length === 0) throw new EspejoError("file_missing", { path: data });
  const files: SourceFile[] = [];
  for (const path of paths) files.push(await openFile(path, path, workspace));
  return files;
}

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

/** One file, readable, not empty and unpacked. */
export async function openFile(
  path: string,
  shown: string,
  workspace: Workspace,
): Promise<SourceFile> {
  try {
    const status = await stat(path);
    if (status.isDirectory()) throw new EspejoError("file_is_folder", { path: shown });
    if (!status.isFile()) {
      // A pipe can be read only once.
      path = await workspace.receive(extname(path), createReadStream(path));
    }
    const { head, size } = await readHead(path);
    if (size === 0) throw new EspejoError("file_empty", { path: shown });
    if (head[0] === 0x1f && head[1] === 0x8b) return await unpack(path, shown, workspace);
    // DuckDB would take these for patterns.
    if (/[*?[]/.test(path)) {
      const link = await workspace.file(extname(path));
      await symlink(resolve(path), link);
      path = link;
    }
    return { path, shown, head, whole: size === head.length };
  } catch (error) {
    if (error instanceof EspejoError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new EspejoError("file_missing", { path: shown });
    const reason = code === "EACCES" ? phrases.no_permission : message;
    throw new EspejoError("file_unreadable", { path: shown, reason }, { cause: error });
  }
}

async function unpack(path: string, shown: string, workspace: Workspace): Promise<SourceFile> {
  const ending = extname(path.replace(/\.gz$/i, ""));
  let copy: string;
  try {
    copy = await workspace.receive(ending, createReadStream(path), createGunzip());
  } catch (error) {
    if (error instanceof EspejoError) throw error;
    const reason = `its gzip data are damaged (${(error as Error).message})`;
    throw new EspejoError("file_unreadable", { path: shown, reason }, { cause: error });
  }
  return openFile(copy, shown, workspace);
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
