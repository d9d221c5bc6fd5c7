import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { EspejoError } from "../errors.ts";

/** A file on its way: written under a temporary name beside the one it will have. */
export interface GrowingFile {
  readonly path: string;
  write(data: string | Uint8Array): Promise<void>;
}

let written = 0;

/**
 * Writes a file whole or not at all: a temporary name in the same folder, fsync, rename. Whatever stops
 * it leaves the former file as it was. A pipe or a device is written directly.
 */
export async function writeWhole(
  target: string,
  fill: (file: GrowingFile) => Promise<void>,
): Promise<void> {
  const { path, regular } = await destination(target);
  const growing = regular
    ? join(dirname(path), `.${basename(path)}.${process.pid}-${++written}.tmp`)
    : path;
  try {
    const file = await open(growing, "w");
    try {
      await fill({
        path: growing,
        write: async (data) => {
          await file.writeFile(data);
        },
      });
      if (regular) await file.sync();
    } finally {
      await file.close();
    }
    if (!regular) return;
    // What was filled by path has its own descriptor.
    const again = await open(growing, "r+");
    await again.sync();
    await again.close();
    await rename(growing, path);
    await syncFolder(dirname(path));
  } catch (error) {
    if (regular) await rm(growing, { force: true });
    if (error instanceof EspejoError || !isWriteError(error)) throw error;
    const reason = reasonOf(error);
    throw new EspejoError("write_failed", { path: target, reason }, { cause: error });
  }
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
    await file.sync().finally(() => file.close());
  } catch {
    // Some systems cannot open folders; the file itself is safe.
  }
}

function isWriteError(error: unknown): error is Error {
  return error instanceof Error && ("syscall" in error || /IO Error|No space/i.test(error.message));
}

function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || /No space/i.test(error.message)) return "the disk is full";
  if (code === "EFBIG") return "it is larger than files may be here";
  if (code === "EACCES" || code === "EPERM") return "you have no permission to write there";
  if (code === "ENOENT") return "its folder does not exist";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EROFS") return "the disk is read-only";
  return error.message.split("\n")[0]!;
}
