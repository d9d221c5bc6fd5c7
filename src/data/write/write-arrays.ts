import { gzipSync } from "node:zlib";
import { writeWhole } from "../../files.ts";
import type { Cells } from "../terms/arrays.ts";
import { writeZip, type ZipEntry } from "./write-zip.ts";

/** Arrays on their way out. */
export interface OutputArrays {
  readonly rows: number;
  /** Sizes of one row. */
  readonly shape: readonly number[];
  /** As what values are written, those of 8 and 16 bits rounded and held within them; IDX has 16 bits as 32. */
  readonly type: "uint8" | "uint16" | "float32" | "float64";
  /** The class of each row, for .npz files. */
  readonly labels?: readonly string[] | null;
  /** [rows, ...shape], one after the other. */
  readonly batches: AsyncIterable<{ readonly rows: number; readonly x: Cells }>;
}

/** The format of arrays that the ending of a path asks for. */
export function arrayOutputFormat(path: string): "npy" | "npz" | "idx" | undefined {
  const name = path.toLowerCase();
  if (name.endsWith(".npy")) return "npy";
  if (name.endsWith(".npz")) return "npz";
  return /(\.idx\d?|idx\d-u?byte)(\.gz)?$/.test(name) ? "idx" : undefined;
}

/** Writes arrays as .npy, .npz (X, and y for the classes) or IDX (also .gz), whole or not at all; gives the rows. */
export async function writeArrays(
  path: string,
  format: "npy" | "npz" | "idx",
  arrays: OutputArrays,
): Promise<number> {
  await writeWhole(path, async (file) => {
    if (format === "npz") return writeZip(file, entriesOf(arrays));
    const parts = format === "npy" ? npy(arrays) : idx(arrays);
    if (!path.toLowerCase().endsWith(".gz")) for await (const part of parts) await file.write(part);
    // Gzip files one after the other are one gzip file.
    else for await (const part of parts) await file.write(gzipSync(part));
  });
  return arrays.rows;
}

type Parts = AsyncGenerator<Uint8Array>;

async function* npy(arrays: OutputArrays): Parts {
  yield npyHeader(types[arrays.type].npy, [arrays.rows, ...arrays.shape]);
  yield* cells(arrays, true);
}

async function* idx(arrays: OutputArrays): Parts {
  const { rows, shape, type } = arrays;
  // Images of one channel have no axis for it there.
  const sizes = [rows, ...(shape.length === 3 && shape[2] === 1 ? shape.slice(0, 2) : shape)];
  const head = Buffer.alloc(4 + 4 * sizes.length);
  head.writeUInt8(types[type].idx, 2);
  head.writeUInt8(sizes.length, 3);
  sizes.forEach((size, i) => {
    head.writeUInt32BE(size, 4 + 4 * i);
  });
  yield head;
  yield* cells(arrays, false);
}

/** How formats name the types of values. */
const types = {
  uint8: { npy: "|u1", idx: 8 },
  uint16: { npy: "<u2", idx: 12 },
  float32: { npy: "<f4", idx: 13 },
  float64: { npy: "<f8", idx: 14 },
} as const;

async function* cells({ batches, type }: OutputArrays, little: boolean): Parts {
  const held = (value: number, most: number): number =>
    Math.max(0, Math.min(most, Math.round(value)));
  for await (const { x } of batches) {
    if (type === "uint8") {
      yield Uint8Array.from(x, (value) => held(value, 255));
      continue;
    }
    const size = type === "float64" ? 8 : type === "uint16" && little ? 2 : 4;
    const part = new Uint8Array(size * x.length);
    const view = new DataView(part.buffer);
    for (let i = 0; i < x.length; i++)
      if (type === "float64") view.setFloat64(8 * i, x[i]!, little);
      else if (type === "float32") view.setFloat32(4 * i, x[i]!, little);
      else if (little) view.setUint16(2 * i, held(x[i]!, 65_535), little);
      else view.setInt32(4 * i, held(x[i]!, 65_535), little);
    yield part;
  }
}

/** The header of format 1.0 (numpy/lib/format.py), filled up to a multiple of 64 bytes. */
function npyHeader(type: string, sizes: readonly number[]): Uint8Array {
  const shape = `(${sizes.join(", ")}${sizes.length === 1 ? "," : ""})`;
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const head = Buffer.alloc(10 + length, " ");
  head.write("\x93NUMPY\x01\x00", 0, "latin1");
  head.writeUInt16LE(length, 8);
  head.write(text, 10, "latin1");
  head.write("\n", 10 + length - 1, "latin1");
  return head;
}

function entriesOf(arrays: OutputArrays): readonly ZipEntry[] {
  const { labels } = arrays;
  return [
    { name: "X.npy", parts: npy(arrays) },
    ...(labels ? [{ name: "y.npy", parts: texts(labels) }] : []),
  ];
}

/** Classes as whole numbers where all are, else as texts of one length. */
async function* texts(labels: readonly string[]): Parts {
  if (labels.every((label) => /^(0|-?[1-9]\d{0,14})$/.test(label))) {
    yield npyHeader("<i8", [labels.length]);
    yield new Uint8Array(BigInt64Array.from(labels, BigInt).buffer);
    return;
  }
  const points = labels.map((label) => [...label].map((letter) => letter.codePointAt(0)!));
  const longest = Math.max(1, ...points.map(({ length }) => length));
  const bytes = Buffer.alloc(4 * longest * labels.length);
  points.forEach((list, i) => {
    list.forEach((point, k) => {
      bytes.writeUInt32LE(point, 4 * (i * longest + k));
    });
  });
  yield npyHeader(`<U${longest}`, [labels.length]);
  yield bytes;
}
