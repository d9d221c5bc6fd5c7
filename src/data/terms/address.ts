import { fileURLToPath } from "node:url";
import { EspejoError } from "../../errors.ts";
import { inShort } from "../../schema.ts";

/** Where something lies: a path, also as a `file:` address, or the bytes of the file themselves. */
export type Address = string | URL | Uint8Array | ArrayBuffer;

/** The bytes of an address that is no path, as an array of this realm; null for paths. */
export function bytesOf(address: unknown): Uint8Array | null {
  if (ArrayBuffer.isView(address)) {
    const { buffer, byteOffset, byteLength } = address;
    return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength).slice();
  }
  const tag = Object.prototype.toString.call(address);
  return /ArrayBuffer\]$/.test(tag) ? new Uint8Array(address as ArrayBuffer).slice() : null;
}

/**
 * The path of an address. Throws `address_remote` for one of the network, `argument_value` for what is no address.
 */
export function pathOf(address: unknown): string {
  const isUrl = Object.prototype.toString.call(address) === "[object URL]";
  const text = isUrl ? (address as URL).href : address;
  if (typeof text !== "string" || text === "")
    throw new EspejoError("argument_value", {
      argument: "the data or the model",
      ...{ wanted: "a path, a file: address or the bytes of a file", got: inShort(address) },
    });
  if (/^(https?|ftp|s3|gs):\/\//i.test(text))
    throw new EspejoError("address_remote", { path: text });
  if (!/^file:/i.test(text)) return text;
  try {
    return fileURLToPath(text);
  } catch (error) {
    const reason = (error as Error).message;
    throw new EspejoError("file_unreadable", { path: text, reason }, { cause: error });
  }
}
