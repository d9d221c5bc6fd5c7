import { Readable } from "node:stream";
import { crc32, createDeflateRaw } from "node:zlib";
import type { GrowingFile } from "../../files.ts";

/** An entry of an archive, its bytes one part after the other. */
export interface ZipEntry {
  readonly name: string;
  readonly parts: AsyncIterable<Uint8Array>;
}

/** How sizes of entries are kept. */
const mostBytes = 2 ** 32 - 1;

/** A zip archive whose entries are stored or deflated as they come, their sizes behind them (APPNOTE 4.3.9). */
export async function writeZip(
  file: GrowingFile,
  entries: readonly ZipEntry[],
  { deflate = false, tooLarge = new RangeError("an archive of more than 4 GB") as Error } = {},
): Promise<void> {
  let at = 0;
  const write = async (bytes: Uint8Array): Promise<void> => {
    at += bytes.length;
    if (at > mostBytes) throw tooLarge;
    await file.write(bytes);
  };
  const directory: Buffer[] = [];
  for (const { name, parts } of entries) {
    const start = at;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 2);
    fields.writeUInt16LE(deflate ? 8 : 0, 4);
    // 1980-01-01, the first day of that calendar: the same rows give the same bytes.
    fields.writeUInt16LE(33, 8);
    fields.writeUInt16LE(name.length, 22);
    await write(Buffer.concat([Buffer.from("PK\x03\x04"), fields, Buffer.from(name)]));
    let [sum, size] = [0, 0];
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const part of parts) {
        sum = crc32(part, sum);
        size += part.length;
        if (size > mostBytes) throw tooLarge;
        yield part;
      }
    }
    const begun = at;
    for await (const part of deflate ? deflated(counted()) : counted()) await write(part);
    const told = Buffer.alloc(12);
    [sum, at - begun, size].forEach((value, i) => {
      told.writeUInt32LE(value, 4 * i);
    });
    await write(Buffer.concat([Buffer.from("PK\x07\x08"), told]));
    told.copy(fields, 10);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(start, 10);
    const version = Buffer.from([20, 0]);
    directory.push(
      Buffer.concat([Buffer.from("PK\x01\x02"), version, fields, place, Buffer.from(name)]),
    );
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  await write(Buffer.concat([listed, Buffer.from("PK\x05\x06"), end]));
}

/** Parts as deflate makes them; what they throw, this throws. */
function deflated(parts: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const source = Readable.from(parts);
  const packer = createDeflateRaw();
  source.on("error", (error) => packer.destroy(error));
  return source.pipe(packer);
}
