import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { EspejoError } from "./errors.ts";

/**
 * Writes a file whole or not at all: under a temporary name beside it, flushed to disk, then renamed.
 * Node only. Throws `write_failed`; the old file, if there was one, is then still there.
 */
export async function writeWhole(
  path: string,
  parts: readonly (Uint8Array | string)[],
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, "wx");
    try {
      for (const part of parts) await file.writeFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new EspejoError(
      "write_failed",
      { path, reason: (error as Error).message },
      { cause: error },
    );
  }
}
