import { mistake } from "../../errors.ts";

/** How the values of an array lie in a file. Texts are labels only. */
export interface ValueType {
  readonly kind: "float" | "int" | "uint" | "bool" | "bytes" | "unicode";
  /** Bytes of a value. */
  readonly size: number;
  readonly little: boolean;
}

export const isNumeric = ({ kind }: ValueType): boolean => kind !== "bytes" && kind !== "unicode";

const littleHere = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Whether values are whole numbers of 64 bits, of which double holds those to 2^53. */
export const isLong = ({ kind, size }: ValueType): boolean =>
  size === 8 && (kind === "int" || kind === "uint");

/** The place of the first whole number of 64 bits that double does not hold, or -1. */
export function firstRounded(bytes: Uint8Array, type: ValueType): number {
  const { kind, size, little } = type;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; (i + 1) * size <= bytes.byteLength; i++) {
    const value =
      kind === "int" ? view.getBigInt64(8 * i, little) : view.getBigUint64(8 * i, little);
    if (BigInt(Number(value)) !== value) return i;
  }
  return -1;
}

/** Bytes as numbers. 64-bit whole numbers beyond 2^53 are rounded. */
export function decodeNumbers(bytes: Uint8Array, type: ValueType): Float64Array {
  const count = Math.floor(bytes.byteLength / type.size);
  const same = type.size === 1 || type.little === littleHere;
  if (same && type.size !== 2) {
    // A Buffer's own `slice` would share memory with others.
    const copy = Uint8Array.from(bytes.subarray(0, count * type.size)).buffer;
    if (type.kind === "float") {
      return type.size === 8 ? new Float64Array(copy) : Float64Array.from(new Float32Array(copy));
    }
    if (type.size === 1)
      return Float64Array.from(type.kind === "int" ? new Int8Array(copy) : new Uint8Array(copy));
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = reader(view, type);
  const numbers = new Float64Array(count);
  for (let i = 0; i < count; i++) numbers[i] = read(i * type.size);
  return numbers;
}

function reader(view: DataView, { kind, size, little }: ValueType): (at: number) => number {
  const name = `${kind}${size}`;
  const readers: Readonly<Record<string, (at: number) => number>> = {
    float2: (at) => halfToNumber(view.getUint16(at, little)),
    float4: (at) => view.getFloat32(at, little),
    float8: (at) => view.getFloat64(at, little),
    int1: (at) => view.getInt8(at),
    int2: (at) => view.getInt16(at, little),
    int4: (at) => view.getInt32(at, little),
    int8: (at) => Number(view.getBigInt64(at, little)),
    uint1: (at) => view.getUint8(at),
    uint2: (at) => view.getUint16(at, little),
    uint4: (at) => view.getUint32(at, little),
    uint8: (at) => Number(view.getBigUint64(at, little)),
    bool1: (at) => (view.getUint8(at) === 0 ? 0 : 1),
  };
  const read = readers[name];
  if (!read) throw mistake(`decodeNumbers: no values of type ${name}`);
  return read;
}

/** IEEE 754 half precision. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Bytes as texts: what a label is called. Whole numbers have no point, missing ones are "". */
export function decodeTexts(bytes: Uint8Array, type: ValueType): string[] {
  if (isLong(type)) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { kind, little } = type;
    return Array.from({ length: Math.floor(bytes.byteLength / 8) }, (_, i) =>
      String(kind === "int" ? view.getBigInt64(8 * i, little) : view.getBigUint64(8 * i, little)),
    );
  }
  if (isNumeric(type)) {
    return Array.from(decodeNumbers(bytes, type), (value) =>
      Number.isNaN(value) ? "" : String(value),
    );
  }
  const texts: string[] = [];
  for (let at = 0; at + type.size <= bytes.byteLength; at += type.size) {
    const cell = bytes.subarray(at, at + type.size);
    texts.push(type.kind === "bytes" ? latin(cell) : codePoints(cell, type.little));
  }
  return texts;
}

const latin = (cell: Uint8Array): string =>
  Buffer.from(cell).toString("utf8").replace(/\0+$/, "").trim();

function codePoints(cell: Uint8Array, little: boolean): string {
  const view = new DataView(cell.buffer, cell.byteOffset, cell.byteLength);
  let text = "";
  for (let at = 0; at + 4 <= cell.byteLength; at += 4) {
    const point = view.getUint32(at, little);
    if (point === 0) break;
    text += point <= 0x10ffff ? String.fromCodePoint(point) : "\ufffd";
  }
  return text.trim();
}
