import { readFile } from "node:fs/promises";
import { EspejoError } from "../../errors.ts";

/** The bytes of a file. Throws `file_missing` or `file_unreadable`. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new EspejoError("file_missing", { path });
    throw new EspejoError("file_unreadable", { path, reason: (error as Error).message });
  }
}
