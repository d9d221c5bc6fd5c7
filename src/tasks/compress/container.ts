import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { EspejoError } from "../../errors.ts";
import { writeWhole } from "../../files.ts";
import { pack, unpack } from "./entropy.ts";

/**
 * The layout of an .espc file: "ESPC" and a byte of version; the header and every block as two 32-bit lengths
 * (packed, unpacked) and Brotli; two zero lengths; the SHA-256 of all that stands before it.
 */
const magic = Buffer.from("ESPC", "latin1");
export const containerVersion = 1;
const digestSize = 32;
/** No block of ours is larger when unpacked. */
const largest = 2 ** 30;

/** Writes a file whole or not at all; gives its size in bytes. */
export async function writeContainer(
  path: string,
  header: object,
  blocks: AsyncIterable<Uint8Array>,
): Promise<number> {
  let size = 0;
  await writeWhole(path, async (file) => {
    const hash = createHash("sha256");
    const write = async (bytes: Uint8Array): Promise<void> => {
      hash.update(bytes);
      size += bytes.length;
      await file.write(bytes);
    };
    await write(Buffer.concat([magic, Uint8Array.of(containerVersion)]));
    await write(framed(Buffer.from(JSON.stringify(header), "utf8")));
    for await (const block of blocks) await write(framed(block));
    await write(Buffer.alloc(8));
    const digest = hash.digest();
    size += digest.length;
    await file.write(digest);
  });
  return size;
}

/** Bytes that a part takes in a file. */
export function framed(bytes: Uint8Array): Uint8Array {
  const packed = pack(bytes);
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32LE(packed.length, 0);
  lengths.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([lengths, packed]);
}

/** A file that was checked from its first byte to its last. */
export interface Container {
  /** As it stands there, not yet checked. */
  readonly header: unknown;
  readonly size: number;
  blocks(): AsyncGenerator<Uint8Array>;
}

/** Throws `file_missing`, `compressed_unknown`, `compressed_newer` or `compressed_damaged`. */
export async function readContainer(path: string): Promise<Container> {
  const status = await stat(path).catch(() => null);
  if (!status) throw new EspejoError("file_missing", { path });
  if (!status.isFile()) throw new EspejoError("compressed_unknown", { path });
  const { size } = status;
  const damaged = (): EspejoError => new EspejoError("compressed_damaged", { path });
  const start = await bytesAt(path, 0, Math.min(size, magic.length + 1));
  if (!start.subarray(0, magic.length).equals(magic))
    throw new EspejoError("compressed_unknown", { path });
  const version = start[magic.length];
  if (version === undefined) throw damaged();
  if (version > containerVersion)
    throw new EspejoError("compressed_newer", { path, version, known: containerVersion });
  if (size < start.length + digestSize || !(await isIntact(path, size))) throw damaged();
  async function* parts(): AsyncGenerator<Uint8Array> {
    const file = await open(path);
    try {
      for (let at = start.length; ; ) {
        const lengths = Buffer.alloc(8);
        await file.read(lengths, 0, 8, at);
        const [packed, unpacked] = [lengths.readUInt32LE(0), lengths.readUInt32LE(4)];
        if (packed === 0) return;
        if (unpacked > largest || at + 8 + packed > size) throw damaged();
        const bytes = Buffer.alloc(packed);
        await file.read(bytes, 0, packed, at + 8);
        const whole = unpackOr(damaged, bytes, unpacked);
        yield whole;
        at += 8 + packed;
      }
    } finally {
      await file.close();
    }
  }
  const reading = parts();
  const first = await reading.next();
  await reading.return(undefined);
  if (first.done) throw damaged();
  let header: unknown;
  try {
    header = JSON.parse(Buffer.from(first.value).toString("utf8"));
  } catch {
    throw damaged();
  }
  return {
    header,
    size,
    async *blocks() {
      let header = true;
      for await (const part of parts()) {
        if (!header) yield part;
        header = false;
      }
    },
  };
}

/** A block unpacked to just the length that it states. */
function unpackOr(damaged: () => EspejoError, bytes: Uint8Array, length: number): Uint8Array {
  let whole: Uint8Array;
  try {
    whole = unpack(bytes, Math.max(1, length));
  } catch {
    throw damaged();
  }
  if (whole.length !== length) throw damaged();
  return whole;
}

async function bytesAt(path: string, at: number, count: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(count);
    await file.read(bytes, 0, count, at);
    return bytes;
  } finally {
    await file.close();
  }
}

async function isIntact(path: string, size: number): Promise<boolean> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(path, { end: size - digestSize - 1 }))
    hash.update(part as Buffer);
  return hash.digest().equals(await bytesAt(path, size - digestSize, digestSize));
}
