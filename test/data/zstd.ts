import load from "xxhash-wasm";

const { h64Raw } = await load();
// magic number, a checksum at the end or none, a window of 1 MB
const head = (checked: boolean) => Buffer.from([0x28, 0xb5, 0x2f, 0xfd, checked ? 4 : 0, 0x50]);

const blockHead = (last: boolean, type: 0 | 1, size: number): Buffer => {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntLE((size << 3) | (type << 1) | Number(last), 0, 3);
  return bytes;
};

/** A Zstandard frame (RFC 8878) whose one block is the content as it is. */
export function rawFrame(content: string): Buffer {
  const bytes = Buffer.from(content);
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(Number(h64Raw(bytes) & 0xffff_ffffn));
  return Buffer.concat([head(true), blockHead(true, 0, bytes.length), bytes, sum]);
}

/** A frame of many blocks that each say to repeat one byte 131,072 times. */
export function swellingFrame(blocks: number): Buffer {
  const block = (i: number) =>
    Buffer.concat([blockHead(i === blocks - 1, 1, 131_072), Buffer.from([65])]);
  return Buffer.concat([head(false), ...Array.from({ length: blocks }, (_, i) => block(i))]);
}
