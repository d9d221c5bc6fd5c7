import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { checkSwelling, damaged } from "./packed-errors.ts";
import type { Through, Workspace } from "./workspace.ts";
import { isZstd, unpackZstd } from "./zstd.ts";

/** A way to pack one file, without a list of names as archives have one. */
export interface Packing {
  readonly method: "gzip" | "zstd";
  /** What it adds to a name. */
  readonly ending: RegExp;
  readonly is: (head: Uint8Array) => boolean;
  readonly unpacker: () => Through;
}

const packings: readonly Packing[] = [
  {
    method: "gzip",
    ending: /\.gz$/i,
    is: (head) => head[0] === 0x1f && head[1] === 0x8b,
    unpacker: createGunzip,
  },
  { method: "zstd", ending: /\.zstd?$/i, is: isZstd, unpacker: () => unpackZstd },
];

export const packingOf = (head: Uint8Array): Packing | undefined =>
  packings.find(({ is }) => is(head));

/** A temporary copy of a file as it was before it was packed. Throws `archive_damaged`, `archive_swollen`. */
export async function unpack(
  { method, unpacker }: Packing,
  file: { readonly path: string; readonly shown: string; readonly size: number },
  name: string,
  ending: string,
  workspace: Workspace,
): Promise<string> {
  async function* bounded(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let size = 0;
    for await (const bytes of source) {
      size += bytes.length;
      checkSwelling(size, file.size, file.shown, name);
      yield bytes;
    }
  }
  try {
    return await workspace.receive(ending, createReadStream(file.path), unpacker(), bounded);
  } catch (error) {
    throw damaged(file.shown, error, method);
  }
}
