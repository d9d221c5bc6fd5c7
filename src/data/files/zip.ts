import { type Readable, Transform } from "node:stream";
import { crc32 } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { EspejoError } from "../../errors.ts";

/** An open zip archive, read where it lies: nothing is unpacked that is not asked for. */
export interface Archive {
  readonly names: readonly string[];
  /** The bytes of an entry as they unpack; never more than the archive declares. */
  stream(name: string): Promise<Readable>;
  /** Bytes of an entry when unpacked. */
  sizeOf(name: string): number;
  close(): void;
}

/** Deflate gets no further than 1032; real data of such a size stay far below. */
const largest = 1 << 28;
const mostPacked = 300;

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
    sizeOf: (name) => entries.get(name)?.uncompressedSize ?? 0,
    async stream(name) {
      const entry = entries.get(name)!;
      const { uncompressedSize: size, compressedSize: packed } = entry;
      if (size > largest && size > mostPacked * packed) {
        const megabytes = Math.round(size / 1e6);
        throw new EspejoError("archive_swollen", { path: shown, name, megabytes });
      }
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

/** What a zip library says, as an error that names the file. */
export function damaged(path: string, error: unknown): Error {
  if (error instanceof EspejoError) return error;
  const reason = (error as Error).message.split("\n")[0]!.slice(0, 200);
  return new EspejoError("archive_damaged", { path, reason }, { cause: error });
}
