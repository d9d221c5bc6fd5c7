import { createReadStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyReply } from "fastify";
import { temporaryFolder } from "../../files.ts";
import type { z } from "../../schema.ts";
import type { exportQuery } from "../api/runs.ts";
import { fileTypes } from "./file-types.ts";

/** What is sent. */
interface Made {
  /** That of the file. */
  readonly name: string;
  readonly type: string;
  /** Whether a browser keeps it, as it does unless it is to be shown. */
  readonly kept?: boolean;
}

/** Sends the file that `make` writes to a path; nothing of it stays on the disk. */
export async function sendMade(
  reply: FastifyReply,
  { name, type, kept = true }: Made,
  make: (path: string) => Promise<unknown>,
): Promise<FastifyReply> {
  const folder = temporaryFolder(join(tmpdir(), "espejo-made-"));
  const path = join(folder.path, name);
  try {
    await make(path);
  } catch (error) {
    await folder.remove();
    throw error;
  }
  const stream = createReadStream(path);
  stream.once("close", () => void folder.remove());
  if (kept) reply.header("content-disposition", keptAs(name));
  return reply.type(type).send(stream);
}

/** How a browser is told to keep what it gets; a name that a header cannot hold is written by numbers (RFC 6266). */
export function keptAs(name: string): string {
  const plain = name.replace(/[^\w .()-]/g, "_");
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}

type Format = z.output<typeof exportQuery>["format"];

/** Sends rows in a format, which `write` writes to a path. */
export function sendRows(
  reply: FastifyReply,
  { name, format }: { readonly name: string; readonly format: Format },
  write: (path: string, ending: keyof typeof fileTypes, spanish: boolean) => Promise<unknown>,
): Promise<FastifyReply> {
  const ending = format === "csv-es" ? "csv" : format;
  const made = { name: `${name}.${ending}`, type: fileTypes[ending] };
  return sendMade(reply, made, (path) => write(path, ending, format === "csv-es"));
}
