import { brotliSize } from "./entropy.ts";

/** Collects the parts of a block. */
export class ByteWriter {
  readonly #parts: Uint8Array[] = [];

  bytes(part: Uint8Array): void {
    this.#parts.push(part);
  }

  byte(value: number): void {
    this.#parts.push(Uint8Array.of(value));
  }

  /** Whole numbers whose count the reader knows. */
  integers(values: ArrayLike<number>): void {
    this.#parts.push(packIntegers(values));
  }

  /** A list that tells its own length. */
  list(values: ArrayLike<number>): void {
    this.integers([values.length]);
    this.integers(values);
  }

  /** Cells of text whose count the reader knows. */
  texts(cells: readonly string[]): void {
    const [, packed] = smallest([
      ...(cells.every(isWhole) ? [() => packWholes(cells)] : []),
      () => packDictionary(cells),
      () => packPlain(cells),
    ]);
    this.#parts.push(packed);
  }

  join(): Uint8Array {
    return Buffer.concat(this.#parts);
  }
}

/** Reads what a `ByteWriter` wrote. Throws a RangeError where the bytes end too early. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #left = mostIntegers;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  bytes(count: number): Uint8Array {
    const end = this.#at + count;
    if (!(count >= 0 && end <= this.#bytes.length))
      throw new RangeError("the block ends too early");
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }

  byte(): number {
    return this.bytes(1)[0]!;
  }

  integers(count: number): Float64Array {
    const planes = this.byte();
    const folded = this.#varint();
    const added = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
    this.#left -= count;
    if (!(count >= 0 && this.#left >= 0)) throw new RangeError("a list of the block is too long");
    const values = new Float64Array(count).fill(-added);
    for (let plane = 0, weight = 1; plane < planes; plane++, weight *= 256) {
      const bytes = this.bytes(count);
      for (let i = 0; i < count; i++) values[i]! += bytes[i]! * weight;
    }
    return values;
  }

  #varint(): number {
    let value = 0;
    for (let weight = 1; weight < 2 ** 53; weight *= 128) {
      const byte = this.byte();
      value += (byte % 128) * weight;
      if (byte < 128) return value;
    }
    throw new RangeError("a number of the block is too long");
  }

  list(): Float64Array {
    return this.integers(this.integers(1)[0]!);
  }

  texts(count: number): string[] {
    const form = this.byte();
    if (form === forms.wholes) {
      let value = 0;
      return Array.from(this.integers(count), (step) => {
        value += step;
        return String(value);
      });
    }
    if (form === forms.dictionary) {
      const words = this.#plain(this.integers(1)[0]!);
      return Array.from(this.integers(count), (place) => words[place]!);
    }
    return this.#plain(count);
  }

  #plain(count: number): string[] {
    const lengths = this.integers(count);
    return Array.from(lengths, (length) => Buffer.from(this.bytes(length)).toString("utf8"));
  }
}

/** Numbers that one block unpacks to, 512 MB of them: more than any of ours, and few bytes can claim them. */
const mostIntegers = 2 ** 26;

const forms = { plain: 0, dictionary: 1, wholes: 2 };

/**
 * Whole numbers within ±2^51 as bytes: a number is added that makes them 0 or more, then come all lowest bytes, all
 * second bytes, and so on, as many planes as the largest needs. The number of planes and what was added come first.
 */
export function packIntegers(values: ArrayLike<number>): Uint8Array {
  const count = values.length;
  let [least, most] = [0, 0];
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    if (i === 0 || value < least) least = value;
    if (i === 0 || value > most) most = value;
  }
  const added = addedTo(least, most);
  let planes = 0;
  for (let rest = most + added; rest >= 1; rest = Math.floor(rest / 256)) planes++;
  const head = [planes, ...varint(added >= 0 ? 2 * added : -2 * added - 1)];
  const bytes = new Uint8Array(head.length + planes * count);
  bytes.set(head);
  for (let i = 0; i < count; i++)
    for (let plane = 0, rest = values[i]! + added; plane < planes; plane++) {
      const above = Math.floor(rest / 256);
      bytes[head.length + plane * count + i] = rest - 256 * above;
      rest = above;
    }
  return bytes;
}

/** What fits in one byte begins at 0; else small numbers, of both signs, share all bytes but the lowest. */
function addedTo(least: number, most: number): number {
  if (most - least < 256) return -least || 0;
  return 128 + 256 * Math.max(0, Math.ceil((-128 - least) / 256));
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push(128 + (rest % 128));
  }
}

/** Whether a cell is a whole number written in the one way that a number is printed. */
const isWhole = (cell: string): boolean => /^(0|-?[1-9]\d{0,14})$/.test(cell);

/** Each number less the one before. */
function packWholes(cells: readonly string[]): Uint8Array {
  const numbers = cells.map(Number);
  const steps = numbers.map((value, i) => value - (i > 0 ? numbers[i - 1]! : 0));
  return Buffer.concat([Uint8Array.of(forms.wholes), packIntegers(steps)]);
}

function packDictionary(cells: readonly string[]): Uint8Array {
  const places = new Map<string, number>();
  const indices = cells.map((cell) => {
    const place = places.get(cell) ?? places.size;
    places.set(cell, place);
    return place;
  });
  const words = [...places.keys()];
  const head = Uint8Array.of(forms.dictionary);
  return Buffer.concat([head, packIntegers([words.length]), plain(words), packIntegers(indices)]);
}

const packPlain = (cells: readonly string[]): Uint8Array =>
  Buffer.concat([Uint8Array.of(forms.plain), plain(cells)]);

function plain(cells: readonly string[]): Uint8Array {
  const encoded = cells.map((cell) => Buffer.from(cell, "utf8"));
  return Buffer.concat([packIntegers(encoded.map(({ length }) => length)), ...encoded]);
}

/** The one of several ways to write something that takes the least room, and its place among them. */
export function smallest(ways: readonly (() => Uint8Array)[]): readonly [number, Uint8Array] {
  let best: readonly [number, Uint8Array] | null = null;
  let least = Number.POSITIVE_INFINITY;
  ways.forEach((way, i) => {
    const bytes = way();
    const size = brotliSize(bytes);
    if (size < least) [best, least] = [[i, bytes], size];
  });
  return best!;
}
