import { createReadStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyReply } from "fastify";
import { temporaryFolder } from "../../files.ts";
import type { z } from "../../schema.ts";
import type { exportQuery } from "../api/runs.ts";
import { fileTypes } from "./file-types.ts";

type Format = z.output<typeof exportQuery>["format"];
/** The ending of a file of rows. */
type Ending = Exclude<Format, "csv-es">;

/** Sends rows as a file of a name, which `write` writes to a path; nothing of it stays on the disk. */
export async function sendRows(
  reply: FastifyReply,
  { name, format }: { readonly name: string; readonly format: Format },
  write: (path: string, ending: Ending, spanish: boolean) => Promise<unknown>,
): Promise<FastifyReply> {
  const ending = format === "csv-es" ? "csv" : format;
  const folder = temporaryFolder(join(tmpdir(), "espejo-export-"));
  const path = join(folder.path, `rows.${ending}`);
  try {
    await write(path, ending, format === "csv-es");
  } catch (error) {
    await folder.remove();
    throw error;
  }
  const stream = createReadStream(path);
  stream.once("close", () => void folder.remove());
  return reply
    .type(fileTypes[ending])
    .header("content-disposition", `attachment; filename="${name}.${ending}"`)
    .send(stream);
}
