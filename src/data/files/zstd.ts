import type { Decompress } from "fzstd";

/** Whether bytes begin a Zstandard file, be it by a frame that decoders skip (RFC 8878, 3.1). */
export const isZstd = (head: Uint8Array): boolean => head.length > 4 && kindOf(head) !== undefined;

/** What a frame begins with. */
function kindOf(bytes: Uint8Array): "data" | "skipped" | undefined {
  const magic = number(bytes.subarray(0, 4));
  if (magic === 0xfd2fb528) return "data";
  return magic >>> 4 === 0x184d2a5 ? "skipped" : undefined;
}

/**
 * The bytes of a Zstandard file, as they unpack. Frames are taken apart here, and each is unpacked alone: fzstd does
 * not look at the checksum that ends most of them, without which a damaged file would pass unseen.
 */
export async function* unpackZstd(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const [{ Decompress }, { default: load }] = await Promise.all([
    import("fzstd"),
    import("xxhash-wasm"),
  ]);
  const { create64 } = await load();
  const bytes = takenFrom(source);
  for (;;) {
    const magic = await bytes.take(4, true);
    if (magic.length === 0) return;
    const kind = kindOf(magic);
    if (kind === undefined) throw new Error("bytes that are no frame");
    if (kind === "skipped") {
      let left = number(await bytes.take(4));
      for (; left > 0; left -= 65_536) await bytes.take(Math.min(left, 65_536));
      continue;
    }
    const sum = create64();
    let parts: Uint8Array[] = [];
    const decoder: Decompress = new Decompress((part) => {
      sum.update(part);
      // the decoder goes on to use the memory of what it gave
      parts.push(part.slice());
    });
    const descriptor = (await bytes.take(1))[0]!;
    decoder.push(
      joined(magic, Uint8Array.of(descriptor), await bytes.take(restOfHead(descriptor))),
    );
    for (let last = false; !last; ) {
      const head = await bytes.take(3);
      const block = number(head);
      last = (block & 1) === 1;
      // A block of one byte, repeated, tells by its size how often.
      const size = ((block >> 1) & 3) === 1 ? 1 : block >> 3;
      if (size > mostBlock) throw new Error("a block that is too large");
      const body = await bytes.take(size);
      const checked = (descriptor & 4) !== 0;
      const expected = last && checked ? await bytes.take(4) : new Uint8Array(0);
      decoder.push(joined(head, body, expected), last);
      yield* parts;
      parts = [];
      if (last && checked && Number(sum.digest() & 0xffff_ffffn) !== number(expected))
        throw new Error("its checksum is wrong");
    }
  }
}

/** Bytes of a block, at most (RFC 8878, 3.1.1.2). */
const mostBlock = 131_072;

/** Bytes of a frame's head behind its descriptor: window, dictionary, size of the content. */
function restOfHead(descriptor: number): number {
  const single = (descriptor >> 5) & 1;
  const dictionary = [0, 1, 2, 4][descriptor & 3]!;
  const size = [single, 2, 4, 8][descriptor >> 6]!;
  return 1 - single + dictionary + size;
}

/** Little-endian, of up to four bytes. */
const number = (bytes: Uint8Array): number =>
  bytes.reduce((sum, byte, i) => sum + byte * 2 ** (8 * i), 0);

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

/** Hands out a stream by as many bytes as are asked for; `end` allows for none at all. */
function takenFrom(source: AsyncIterable<Uint8Array>): {
  take(count: number, end?: boolean): Promise<Uint8Array>;
} {
  const chunks = source[Symbol.asyncIterator]();
  let held: Uint8Array = new Uint8Array(0);
  return {
    async take(count, end = false) {
      const parts = [held];
      let length = held.length;
      while (length < count) {
        const { value, done } = await chunks.next();
        if (done) break;
        parts.push(value);
        length += value.length;
      }
      if (length < count && !(end && length === 0)) throw new Error("it is cut short");
      const all = parts.length === 1 ? held : joined(...parts);
      held = all.subarray(count);
      return all.subarray(0, count);
    },
  };
}
