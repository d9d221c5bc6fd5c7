import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { Model } from "./messages.ts";

const metadataField = Model.metadataProps!.number;

/**
 * The bytes of an ONNX file without its metadata, which may hold names, values and ranges of the data. What
 * has none comes back as it is; so do bytes that are no model, which a reader will refuse.
 */
export function withoutMetadata(bytes: Uint8Array): Uint8Array {
  try {
    const kept = partsWithoutMetadata(bytes);
    return kept.length === 1 ? bytes : joined(kept);
  } catch {
    return bytes;
  }
}

/** Views of what lies between entries of metadata. */
function partsWithoutMetadata(bytes: Uint8Array): Uint8Array[] {
  const reader = new BinaryReader(bytes);
  const parts: Uint8Array[] = [];
  let from = 0;
  while (reader.pos < bytes.length) {
    const start = reader.pos;
    const [number, wire] = reader.tag();
    if (wire === WireType.LengthDelimited) pass(reader, bytes.length);
    else reader.skip(wire, number);
    if (number !== metadataField) continue;
    parts.push(bytes.subarray(from, start));
    from = reader.pos;
  }
  return [...parts, bytes.subarray(from)];
}

/** Goes to the end of the field that begins here, without a copy of what it holds. */
function pass(reader: BinaryReader, end: number): void {
  const length = reader.uint32();
  reader.pos += length;
  if (reader.pos > end) throw new RangeError("cut off");
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
