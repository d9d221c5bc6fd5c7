import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";

/** Bytes of the first rows of a file, and lines of them at most: they are read and looked at in no time. */
const headBytes = 256 * 1024;
const headLines = 400;

/** Files up to this are read to their end about as soon. */
const smallBytes = 4 * 1024 * 1024;

/**
 * The first lines of a great file of text, also of a compressed one; null of small ones, and of formats that have no lines.
 */
export async function fileHead(path: string): Promise<Uint8Array | null> {
  const file = await open(path).catch(() => null);
  if (!file) return null;
  try {
    const { size } = await file.stat();
    const zipped = await begin(file, 2);
    const packed = zipped[0] === 0x1f && zipped[1] === 0x8b;
    if (size <= (packed ? smallBytes / 8 : smallBytes)) return null;
    const bytes = packed
      ? await unpacked(await begin(file, headBytes))
      : await begin(file, headBytes);
    // what is no text has such bytes, and UTF-16 has them too
    if (bytes.includes(0)) return null;
    const end = endOfLines(bytes);
    return end > 0 ? bytes.subarray(0, end + 1) : null;
  } finally {
    await file.close();
  }
}

/** Where the last line ends that is looked at; -1 where none does. */
function endOfLines(bytes: Uint8Array): number {
  let end = -1;
  for (let lines = 0; lines < headLines; lines++) {
    const next = bytes.indexOf(10, end + 1);
    if (next < 0) break;
    end = next;
  }
  return end;
}

type File = Awaited<ReturnType<typeof open>>;

async function begin(file: File, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
  return buffer.subarray(0, bytesRead);
}

/** What the begin of a gzip file holds, up to where it was cut. */
async function unpacked(packed: Buffer): Promise<Buffer> {
  const gunzip = createGunzip();
  gunzip.end(packed);
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of gunzip) {
      parts.push(part as Buffer);
      bytes += (part as Buffer).length;
      if (bytes >= headBytes) break;
    }
  } catch {
    // it was cut in the middle of a block
  }
  return Buffer.concat(parts);
}
