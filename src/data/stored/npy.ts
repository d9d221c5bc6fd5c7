import { open } from "node:fs/promises";
import { EspejoError } from "../../errors.ts";
import type { ValueType } from "./array-types.ts";
import { checkStored, type StoredArray } from "./stored-array.ts";

const longestHeader = 1 << 16;

/** Whether a file begins as .npy files do. */
export const isNpy = (head: Uint8Array): boolean =>
  Buffer.from(head.subarray(0, 6)).toString("latin1") === "\x93NUMPY";

/**
 * A .npy file of format 1 to 3 (numpy/lib/format.py). Its header is a Python literal, of which only what
 * NumPy writes is read; objects would be a pickle and are refused, never loaded.
 */
export async function readNpy(path: string, shown: string): Promise<StoredArray> {
  const file = await open(path);
  try {
    const start = Buffer.alloc(12);
    const { bytesRead } = await file.read(start, 0, 12, 0);
    const refused = new EspejoError("array_header", { path: shown, format: "NumPy" });
    const version = start[6]!;
    if (bytesRead < 12 || !isNpy(start) || version < 1 || version > 3) throw refused;
    const length = version === 1 ? start.readUInt16LE(8) : start.readUInt32LE(8);
    const begin = version === 1 ? 10 : 12;
    if (length > longestHeader) throw refused;
    const bytes = Buffer.alloc(length);
    const header = await file.read(bytes, 0, length, begin);
    if (header.bytesRead < length) throw refused;
    const text = bytes.toString(version === 3 ? "utf8" : "latin1");
    const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
    const sizes = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1];
    const described = /'descr'\s*:\s*(?:'([^']*)'|(\[))/.exec(text);
    if (!order || sizes === undefined || !described) throw refused;
    const type = valueType(described[1] ?? "structured", shown);
    const shape = (sizes.match(/\d+/g) ?? []).map(Number);
    // A column of one value is its own shape in Fortran order.
    const fortran = order === "True" && shape.length > 1;
    return await checkStored({ path, shown, offset: begin + length, type, shape, fortran });
  } finally {
    await file.close();
  }
}

const sizes: Readonly<Record<string, readonly number[]>> = {
  f: [2, 4, 8],
  i: [1, 2, 4, 8],
  u: [1, 2, 4, 8],
  b: [1],
};
const kinds = { f: "float", i: "int", u: "uint", b: "bool", S: "bytes", U: "unicode" } as const;

function valueType(text: string, path: string): ValueType {
  if (/^\|?O/.test(text)) throw new EspejoError("array_objects", { path });
  const [, order, letter, digits] = /^([<>=|]?)([fiubSU])(\d+)$/.exec(text) ?? [];
  const size = Number(digits) * (letter === "U" ? 4 : 1);
  const known = letter && (sizes[letter]?.includes(size) ?? (size > 0 && size <= 4096));
  if (!known) throw new EspejoError("array_type", { path, type: text });
  return { kind: kinds[letter as keyof typeof kinds], size, little: order !== ">" };
}
