import { closeSync, fsync, mkdtempSync, openSync, rmSync } from "node:fs";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { EspejoError, phrases } from "./errors.ts";

/** A file on its way: written under a temporary name beside the one it will have. */
export interface GrowingFile {
  readonly path: string;
  write(data: string | Uint8Array): Promise<void>;
}

/** What a file shall hold: its parts, or what writes them one by one. */
export type Filling = readonly (Uint8Array | string)[] | ((file: GrowingFile) => Promise<void>);

// not FileHandle.sync, which Yarn PnP has no answer to
const syncFile = promisify(fsync);

const temporaries = new Set<string>();
let written = 0;

/** Before the first temporary file nothing needs to be heard. */
let listens = false;

/** Notes a file or folder that does not outlive the process; gives the function that strikes it off. */
function temporary(path: string): () => void {
  if (!listens)
    process.once("exit", () => {
      for (const path of temporaries) rmSync(path, { recursive: true, force: true });
    });
  listens = true;
  temporaries.add(path);
  return () => temporaries.delete(path);
}

/** A folder that is gone when it is removed, or when the process ends before that. */
export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Makes a folder whose path begins with a prefix. Node only. Throws `write_failed`. */
export function temporaryFolder(prefix: string): TemporaryFolder {
  // made and noted in one go: no end of the process comes between
  const path = made(prefix);
  const settled = temporary(path);
  return {
    path,
    async remove() {
      await rm(path, { recursive: true, force: true });
      settled();
    },
  };
}

function made(prefix: string): string {
  try {
    return mkdtempSync(prefix);
  } catch (error) {
    const told = { path: dirname(prefix), reason: reasonOf(error as Error) };
    throw new EspejoError("write_failed", told, { cause: error });
  }
}

/**
 * Writes a file whole or not at all: a temporary name in the same folder, fsync, rename. Whatever stops
 * it leaves the former file as it was. A pipe or a device is written directly. Node only. Throws
 * `write_failed`.
 */
export async function writeWhole(target: string, filling: Filling): Promise<void> {
  const { path, regular } = await destination(target);
  const growing = regular
    ? join(dirname(path), `.${basename(path)}.${process.pid}-${++written}.tmp`)
    : path;
  const settled = regular ? temporary(growing) : () => {};
  try {
    await fill(growing, filling, regular);
    if (!regular) return;
    await rename(growing, path);
    await syncFolder(dirname(path));
  } catch (error) {
    if (regular) await rm(growing, { force: true });
    if (error instanceof EspejoError || !isWriteError(error)) throw error;
    const reason = reasonOf(error);
    throw new EspejoError("write_failed", { path: target, reason }, { cause: error });
  } finally {
    settled();
  }
}

async function fill(path: string, filling: Filling, regular: boolean): Promise<void> {
  // made at once: an end of the process that comes between would not find what is made after it
  if (regular) closeSync(openSync(path, "w"));
  const file = await open(path, regular ? "r+" : "w");
  try {
    const write = async (data: string | Uint8Array): Promise<void> => file.writeFile(data);
    if (typeof filling === "function") await filling({ path, write });
    else for (const part of filling) await write(part);
    if (regular) await syncFile(file.fd);
  } finally {
    await file.close();
  }
  if (!regular || typeof filling !== "function") return;
  // What was filled by path has its own descriptor.
  const again = await open(path, "r+");
  await syncFile(again.fd);
  await again.close();
}

async function destination(target: string): Promise<{ path: string; regular: boolean }> {
  try {
    const path = await realpath(target);
    return { path, regular: (await stat(path)).isFile() };
  } catch {
    return { path: target, regular: true };
  }
}

async function syncFolder(folder: string): Promise<void> {
  try {
    const file = await open(folder, "r");
    await syncFile(file.fd).finally(() => file.close());
  } catch {
    // Some systems cannot open folders; the file itself is safe.
  }
}

function isWriteError(error: unknown): error is Error {
  return error instanceof Error && ("syscall" in error || /IO Error|No space/i.test(error.message));
}

/** Why something cannot be read, in words. */
export function readingReason(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return phrases.not_there;
  if (code === "ENOTDIR") return phrases.is_file;
  if (code === "EACCES" || code === "EPERM") return phrases.no_permission;
  // what DuckDB says, without the names of its errors
  return reasonOf(error).replace(/^([A-Z][\w ]* Error: )+/, "");
}

/** An error of the system in words. */
export function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || /No space/i.test(error.message)) return phrases.disk_full;
  if (code === "EFBIG" || /File too large/i.test(error.message)) return phrases.file_too_large;
  if (code === "EACCES" || code === "EPERM") return phrases.no_write_permission;
  if (code === "ENOENT" || code === "ENOTDIR") return phrases.no_folder;
  if (code === "EEXIST") return phrases.is_file;
  if (code === "EISDIR") return phrases.is_folder;
  if (code === "EROFS") return phrases.read_only;
  return error.message.split("\n")[0]!;
}
