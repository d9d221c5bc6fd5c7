import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { Field, Message, Scalar } from "./messages.ts";

/** Writes a plain value as a protobuf message; absent fields are not written. */
export function encode(message: Message, value: object): Uint8Array {
  const writer = new BinaryWriter();
  write(writer, message, value as Record<string, unknown>);
  return writer.finish();
}

function write(writer: BinaryWriter, message: Message, value: Record<string, unknown>): void {
  for (const [name, field] of Object.entries(message)) {
    const content = value[name];
    if (content === undefined) continue;
    const { number, type } = field;
    if (field.repeated && typeof type === "string" && packed(type)) {
      if ((content as unknown[]).length === 0) continue;
      writer.tag(number, WireType.LengthDelimited).fork();
      for (const each of content as number[]) writeScalar(writer, type, each);
      writer.join();
      continue;
    }
    for (const each of field.repeated ? (content as unknown[]) : [content]) {
      if (typeof type === "string") {
        writer.tag(number, wireTypes[type]);
        writeScalar(writer, type, each);
      } else {
        writer.tag(number, WireType.LengthDelimited).fork();
        write(writer, type(), each as Record<string, unknown>);
        writer.join();
      }
    }
  }
}

const wireTypes: Readonly<Record<Scalar, WireType>> = {
  int64: WireType.Varint,
  float: WireType.Bit32,
  double: WireType.Bit64,
  string: WireType.LengthDelimited,
  bytes: WireType.LengthDelimited,
};
const packed = (type: Scalar): boolean => wireTypes[type] !== WireType.LengthDelimited;

function writeScalar(writer: BinaryWriter, type: Scalar, value: unknown): void {
  if (type === "int64") writer.int64(value as number);
  else if (type === "float") writer.float(value as number);
  else if (type === "double") writer.double(value as number);
  else if (type === "string") writer.string(value as string);
  else writer.bytes(value as Uint8Array);
}

/** Deeper nesting than any honest model has. */
const deepest = 32;

/**
 * Reads a protobuf message as a plain value. Bytes are views of the input, nothing is allocated that the
 * input does not hold, and damaged input throws an Error that says what was wrong.
 */
export function decode(message: Message, bytes: Uint8Array): unknown {
  return read(new BinaryReader(bytes), bytes.length, message, 0);
}

function read(reader: BinaryReader, end: number, message: Message, depth: number): unknown {
  if (depth > deepest) throw new Error(`nested more than ${deepest} deep`);
  const fields = byNumber(message);
  const value: Record<string, unknown> = {};
  while (reader.pos < end) {
    const [number, wire] = reader.tag();
    const entry = fields.get(number);
    if (!entry) {
      reader.skip(wire, number);
      continue;
    }
    const [name, field] = entry;
    const list = field.repeated ? ((value[name] as unknown[] | undefined) ?? []) : [];
    readField(reader, wire, field, list, depth, end);
    value[name] = field.repeated ? list : list.at(-1);
  }
  if (reader.pos !== end) throw new Error("a part is longer than the whole that holds it");
  return value;
}

function readField(
  reader: BinaryReader,
  wire: WireType,
  field: Field,
  list: unknown[],
  depth: number,
  end: number,
): void {
  const { type } = field;
  if (typeof type === "string" && wireTypes[type] === wire) {
    list.push(readScalar(reader, type));
    return;
  }
  if (wire !== WireType.LengthDelimited)
    throw new Error(`field ${field.number} has wire type ${wire}, which it cannot have`);
  const length = reader.uint32();
  const until = reader.pos + length;
  if (until > end) throw new Error(`field ${field.number} reaches beyond the end (cut off?)`);
  if (typeof type !== "string") list.push(read(reader, until, type(), depth + 1));
  else while (reader.pos < until) list.push(readScalar(reader, type));
}

function readScalar(reader: BinaryReader, type: Scalar): unknown {
  if (type === "float") return reader.float();
  if (type === "double") return reader.double();
  if (type === "string") return reader.string();
  if (type === "bytes") return reader.bytes();
  const number = Number(reader.int64());
  if (!Number.isSafeInteger(number))
    return number < 0 ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
  return number;
}

const numbered = new WeakMap<Message, ReadonlyMap<number, readonly [string, Field]>>();
function byNumber(message: Message): ReadonlyMap<number, readonly [string, Field]> {
  let map = numbered.get(message);
  if (!map) {
    map = new Map(Object.entries(message).map((entry) => [entry[1].number, entry]));
    numbered.set(message, map);
  }
  return map;
}
