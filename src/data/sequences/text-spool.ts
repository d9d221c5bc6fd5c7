import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { EspejoError } from "../../errors.ts";
import { reasonOf } from "../../files.ts";
import type { Workspace } from "../files/workspace.ts";

/** Texts in a temporary file, of which only the places are in memory: a few bytes each, however long they are. */
export interface TextSpool {
  /** Adds the next texts. Throws `write_failed`. */
  add(texts: readonly string[]): void;
  /** No more texts come. */
  close(): void;
  /** The text with this number, from 0. */
  at(place: number): string;
}

/** A spool for so many texts. */
export async function textSpool(count: number, workspace: Workspace): Promise<TextSpool> {
  const path = await workspace.file(".txt");
  const ends = new Float64Array(count);
  const file = openSync(path, "w");
  let [added, length] = [0, 0];
  return {
    add(texts) {
      const pieces = texts.map((text) => Buffer.from(text));
      for (const { length: bytes } of pieces) ends[added++] = length += bytes;
      try {
        writeSync(file, Buffer.concat(pieces));
      } catch (error) {
        const reason = reasonOf(error as Error);
        throw new EspejoError("write_failed", { path, reason }, { cause: error });
      }
    },
    close: () => closeSync(file),
    at(place) {
      const from = place === 0 ? 0 : ends[place - 1]!;
      const bytes = Buffer.alloc(ends[place]! - from);
      const open = openSync(path, "r");
      try {
        readSync(open, bytes, 0, bytes.length, from);
      } finally {
        closeSync(open);
      }
      return bytes.toString();
    },
  };
}
