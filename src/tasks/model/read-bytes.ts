import { readFile } from "node:fs/promises";
import { type Address, bytesOf, pathOf } from "../../data/terms/address.ts";
import { EspejoError, phrases } from "../../errors.ts";

/** What an address is called in messages. */
export const nameOf = (address: Address): string => (bytesOf(address) ? "model" : pathOf(address));

/** The bytes of a file, or those that were given. Throws `file_missing`, `file_unreadable` or `address_remote`. */
export async function readBytes(address: Address): Promise<Uint8Array> {
  const bytes = bytesOf(address);
  if (bytes) return bytes;
  const path = pathOf(address);
  try {
    return await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new EspejoError("file_missing", { path });
    const reason = code === "EISDIR" ? phrases.is_folder : message;
    throw new EspejoError("file_unreadable", { path, reason });
  }
}
