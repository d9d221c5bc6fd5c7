import { deflateRawSync } from "node:zlib";
import { onTestFinished } from "vitest";
import { openArrays } from "../../src/data/arrays/open-arrays.ts";
import type { Arrays, ArraysOptions } from "../../src/data/terms/arrays.ts";
import { noteText } from "../../src/data/terms/notes.ts";
import { EspejoError } from "../../src/errors.ts";

export async function arrays(path: string, options: ArraysOptions = {}): Promise<Arrays> {
  const opened = await openArrays(path, options);
  onTestFinished(() => opened.dispose());
  return opened;
}

/** All values of all rows. */
export async function valuesOf(source: Arrays, size = 2): Promise<number[]> {
  const values: number[] = [];
  let rows = 0;
  for await (const batch of source.batches({ size })) {
    if (batch.start !== rows) throw new Error(`batch at ${batch.start}, expected ${rows}`);
    rows += batch.rows;
    for (const value of batch.x) values.push(value);
  }
  if (rows !== source.rows) throw new Error(`${rows} rows came, ${source.rows} were announced`);
  return values;
}

export const saidBy = ({ notes }: Pick<Arrays, "notes">): readonly string[] =>
  notes.map((said) => noteText(said));

/** The error of opening and reading arrays. */
export async function arraysRefused(
  path: string,
  options: ArraysOptions = {},
): Promise<EspejoError> {
  try {
    const opened = await openArrays(path, options);
    try {
      await valuesOf(opened);
    } finally {
      await opened.dispose();
    }
  } catch (error) {
    if (error instanceof EspejoError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

/** A zip archive; a declared size may be a lie, as may be the flags and the method of its entries. */
export function zip(
  entries: Readonly<Record<string, Uint8Array | string>>,
  { lie = 0, stored = false, flags = 0, method = 8 } = {},
): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const bytes = Buffer.from(content as Uint8Array);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const title = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(stored ? 0 : method, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(lie || bytes.length, 18);
    fields.writeUInt16LE(title.length, 22);
    parts.push(Buffer.from("PK\x03\x04"), fields, title, packed);
    const more = Buffer.alloc(14);
    more.writeUInt32LE(offset, 10);
    central.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), fields, more, title);
    offset += 30 + title.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(Object.keys(entries).length, 8);
  end.writeUInt16LE(Object.keys(entries).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** An IDX file of unsigned bytes. */
export function idx(shape: readonly number[], bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(4 + 4 * shape.length);
  head[2] = 8;
  head[3] = shape.length;
  shape.forEach((size, i) => {
    head.writeUInt32BE(size, 4 + 4 * i);
  });
  return Buffer.concat([head, bytes]);
}

/** A .npy file with any header. */
export function npy(header: string, body: Uint8Array = new Uint8Array(0)): Buffer {
  const text = Buffer.from(header, "latin1");
  const head = Buffer.from("\x93NUMPY\x01\x00\x00\x00", "latin1");
  head.writeUInt16LE(text.length, 8);
  return Buffer.concat([head, text, body]);
}
