import { EspejoError, phrase } from "../../errors.ts";
import { shown } from "../../schema.ts";

/** The datatypes of the protocol. */
export const datatypes = [
  ...(["BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64"] as const),
  ...(["FP16", "FP32", "FP64", "BYTES"] as const),
] as const;
export type Datatype = (typeof datatypes)[number];

/** A tensor of a request: its values one after the other, numbers, texts or true and false; bytes where asked for. */
export interface RequestTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: Datatype;
  readonly values: ArrayLike<unknown>;
}

/** How many values a shape holds. Throws `request_invalid` where that is more than can be. */
export function sizeOf(shape: readonly number[], place: string): number {
  const size = shape.reduce((n, each) => n * each, 1);
  if (Number.isSafeInteger(size)) return size;
  throw new EspejoError("request_invalid", {
    ...{ place: `${place}.shape`, wanted: phrase("shape_in_memory", {}), got: shown(shape) },
  });
}

/** The values of a tensor in JSON, flat or nested by its shape. Throws `request_invalid`. */
export function flatValues(
  data: readonly unknown[],
  shape: readonly number[],
  place: string,
): readonly unknown[] {
  const size = sizeOf(shape, place);
  let found = data;
  // each level is laid flat at once; a body has few levels
  while (found.length !== size && found.some(Array.isArray)) found = found.flat();
  while (found.length === size && found.some(Array.isArray)) found = found.flat();
  if (found.length === size) return found;
  throw new EspejoError("request_invalid", {
    place: `${place}.data`,
    wanted: phrase("values_of_shape", { count: size, shape: shape.join(", ") }),
    got: phrase("count_values", { count: found.length }),
  });
}

const widths: Readonly<Record<Exclude<Datatype, "BYTES">, number>> = {
  ...{ BOOL: 1, UINT8: 1, INT8: 1, UINT16: 2, INT16: 2, FP16: 2 },
  ...{ UINT32: 4, INT32: 4, FP32: 4, UINT64: 8, INT64: 8, FP64: 8 },
};

/** Values of a tensor that came as bytes, least significant first. Throws `request_invalid` for another number of bytes. */
export function binaryValues(
  bytes: Uint8Array,
  datatype: Datatype,
  shape: readonly number[],
  place: string,
): ArrayLike<unknown> {
  const size = sizeOf(shape, place);
  if (datatype === "BYTES") return byteTexts(bytes, size, place);
  const wanted = size * widths[datatype];
  if (bytes.length !== wanted)
    throw new EspejoError("request_invalid", {
      place: `${place}.parameters.binary_data_size`,
      wanted: phrase("bytes_of_shape", { count: wanted }),
      got: phrase("count_bytes", { count: bytes.length }),
    });
  // a copy that begins where numbers may begin; a Buffer has another idea of slices
  const own = new Uint8Array(bytes);
  const { buffer } = own;
  switch (datatype) {
    case "BOOL":
      return Array.from(bytes, (byte) => byte !== 0);
    case "UINT8":
      return own;
    case "INT8":
      return new Int8Array(buffer);
    case "UINT16":
      return new Uint16Array(buffer);
    case "INT16":
      return new Int16Array(buffer);
    case "UINT32":
      return new Uint32Array(buffer);
    case "INT32":
      return new Int32Array(buffer);
    case "UINT64":
      return Float64Array.from(new BigUint64Array(buffer), Number);
    case "INT64":
      return Float64Array.from(new BigInt64Array(buffer), Number);
    case "FP16":
      return Float32Array.from(new Uint16Array(buffer), halfValue);
    case "FP32":
      return new Float32Array(buffer);
    case "FP64":
      return new Float64Array(buffer);
  }
}

/** A number of 16 bits by IEEE 754: sign, five bits of exponent, ten of fraction. */
export function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -24 * fraction;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}

/** Elements of BYTES, each behind its length in four bytes. */
export function byteElements(bytes: Uint8Array, size: number, place: string): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const elements: Uint8Array[] = [];
  let at = 0;
  const wrong = (): EspejoError =>
    new EspejoError("request_invalid", {
      place: `${place}.data`,
      wanted: phrase("elements", { count: size }),
      got: phrase("whole_elements", { bytes: bytes.length, count: elements.length }),
    });
  while (at < bytes.length) {
    if (at + 4 > bytes.length || elements.length === size) throw wrong();
    const length = view.getUint32(at, true);
    if (at + 4 + length > bytes.length) throw wrong();
    elements.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  if (elements.length !== size) throw wrong();
  return elements;
}

/** Elements of BYTES: texts, or, where they are no UTF-8, such as images, the bytes. */
function byteTexts(bytes: Uint8Array, size: number, place: string): (string | Uint8Array)[] {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return byteElements(bytes, size, place).map((element) => {
    try {
      return decoder.decode(element);
    } catch {
      return new Uint8Array(element);
    }
  });
}
