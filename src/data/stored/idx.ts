import { open } from "node:fs/promises";
import { EspejoError } from "../../errors.ts";
import type { ValueType } from "./array-types.ts";
import { checkStored, type StoredArray } from "./stored-array.ts";

/** The third byte of an IDX file (Y. LeCun, the MNIST database). */
const types: Readonly<Record<number, ValueType>> = {
  8: { kind: "uint", size: 1, little: false },
  9: { kind: "int", size: 1, little: false },
  11: { kind: "int", size: 2, little: false },
  12: { kind: "int", size: 4, little: false },
  13: { kind: "float", size: 4, little: false },
  14: { kind: "float", size: 8, little: false },
};

/** Whether a file begins as IDX does; a count of dimensions alone would be too little to go by. */
export function isIdx(head: Uint8Array): boolean {
  return head[0] === 0 && head[1] === 0 && head[2]! in types && head[3]! >= 1 && head[3]! <= 4;
}

/** An IDX file, unpacked. Throws `array_header`, `array_truncated`. */
export async function readIdx(path: string, shown: string): Promise<StoredArray> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(4 + 4 * 255);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    const type = types[head[2]!];
    const dimensions = head[3]!;
    const offset = 4 + 4 * dimensions;
    if (head[0] !== 0 || head[1] !== 0 || !type || dimensions === 0 || bytesRead < offset)
      throw new EspejoError("array_header", { path: shown, format: "IDX" });
    const shape = Array.from({ length: dimensions }, (_, i) => head.readUInt32BE(4 + 4 * i));
    return await checkStored({ path, shown, offset, type, shape, fortran: false });
  } finally {
    await file.close();
  }
}
