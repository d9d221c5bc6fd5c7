import { type Readable, Transform } from "node:stream";
import { crc32 } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { EspejoError, phrases } from "../../errors.ts";
import { checkSwelling, damaged } from "./packed-errors.ts";

/** An open zip archive, read where it lies: nothing is unpacked that is not asked for. */
export interface Archive {
  readonly names: readonly string[];
  /** The bytes of an entry as they unpack; never more than the archive declares. */
  stream(name: string): Promise<Readable>;
  close(): void;
}

export const isZip = (head: Uint8Array): boolean =>
  head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);

/** Throws `archive_damaged`; an entry that would swell beyond all measure is `archive_swollen`. */
export async function openZip(path: string, shown: string): Promise<Archive> {
  const { openPromise } = await import("yauzl");
  const entries = new Map<string, Entry>();
  let zip: ZipFile;
  try {
    zip = await openPromise(path, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw damaged(shown, error);
  }
  try {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  } catch (error) {
    zip.close();
    throw damaged(shown, error);
  }
  return {
    names: [...entries.keys()],
    async stream(name) {
      const entry = entries.get(name)!;
      const closed = reasonClosed(entry);
      if (closed) throw new EspejoError("archive_closed", { path: shown, name, reason: closed });
      checkSwelling(entry.uncompressedSize, entry.compressedSize, shown, name);
      try {
        const stream = await zip.openReadStreamPromise(entry);
        // Its errors come once, whether or not a reader listens yet; a destroyed stream keeps them.
        const kept = checked(entry.crc32);
        kept.on("error", () => {});
        stream.on("error", (error) => kept.destroy(error));
        kept.once("close", () => stream.destroy());
        return stream.pipe(kept);
      } catch (error) {
        throw damaged(shown, error);
      }
    },
    close: () => zip.close(),
  };
}

/** Why an entry cannot be unpacked, though nothing is wrong with it. */
function reasonClosed({ generalPurposeBitFlag, compressionMethod }: Entry): string | undefined {
  if (generalPurposeBitFlag & 1) return phrases.has_password;
  return compressionMethod === 0 || compressionMethod === 8 ? undefined : phrases.rare_packing;
}

/** Hands bytes on, and fails at their end where they are not those that were packed: yauzl does not look. */
function checked(expected: number): Transform {
  let sum = 0;
  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      sum = crc32(bytes, sum);
      done(null, bytes);
    },
    flush(done) {
      done(sum === expected ? null : new Error("its checksum is wrong"));
    },
  });
}
