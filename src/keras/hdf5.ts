import type { Dataset, Entity, File } from "h5wasm";
import { bounded } from "#bounded";
import { type Cells, cellsIn } from "./cells.ts";

/** What is asked of an HDF5 file; paths are joined by `/`, the root is the empty one. */
export interface Hdf5 {
  has(path: string): boolean;
  /** An array as float32; null where there is none. */
  array(path: string): Cells | null;
  /** Texts of an attribute, one or many; none where it is absent. */
  texts(path: string, attribute: string): readonly string[];
}

/** The library is 4 MB: only who meets a Keras file loads it. */
const load = async () => {
  const { default: h5wasm } = await import("h5wasm");
  const module = await h5wasm.ready;
  // by itself the library prints what is wrong with a file
  module.activate_throwing_error_handler();
  return { h5wasm, FS: module.FS };
};

let opened = 0;
/** How long a file may take, and how much of it a slow machine reads meanwhile. */
const [mostMilliseconds, bytesPerMillisecond] = [3000, 10_000];
/** Memory that a small file may take, and what it grows by. */
const [leastMemory, pageBytes] = [256 * 2 ** 20, 2 ** 16];

/** Opens a file in memory and hands it to `use`. Throws an Error where the bytes are no HDF5 file. */
export async function readHdf5<T>(bytes: Uint8Array, use: (file: Hdf5) => T): Promise<T> {
  const { h5wasm, FS } = await load();
  const name = `read-${opened++}.h5`;
  FS.writeFile(name, bytes);
  try {
    const read = (): T => {
      const file = new h5wasm.File(name, "r");
      try {
        return use(access(file));
      } finally {
        file.close();
      }
    };
    // damaged links may lead the library round and round, damaged lengths make it ask for all memory
    const milliseconds = mostMilliseconds + bytes.length / bytesPerMillisecond;
    return withinMemory(leastMemory + 4 * bytes.length, () => bounded(milliseconds, read));
  } catch (error) {
    throw inBrief(error as Error);
  } finally {
    FS.unlink(name);
  }
}

/** Does something while no memory of WebAssembly grows beyond a size; who asks for more is told there is none. */
function withinMemory<T>(most: number, work: () => T): T {
  const { prototype } = WebAssembly.Memory;
  const { grow } = prototype;
  prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * pageBytes > most) throw new RangeError("too much memory");
    return grow.call(this, pages);
  };
  try {
    return work();
  } finally {
    prototype.grow = grow;
  }
}

/** The library's errors are stacks of lines, of which the last says what is wrong. */
function inBrief(error: Error): Error {
  const reason = /^HDF5-DIAG[\s\S]*minor: (.*)/.exec(error.message)?.[1];
  return reason === undefined ? error : new Error(`${reason.trim()} (HDF5)`, { cause: error });
}

function access(file: File): Hdf5 {
  const at = (path: string): Entity | null => (path === "" ? file : file.get(path));
  return {
    has: (path) => at(path) !== null,
    array: (path) => {
      const found = at(path) as Dataset | null;
      return found && "metadata" in found ? cellsIn(found) : null;
    },
    texts: (path, attribute) => {
      const attributes = (at(path) as File | null)?.attrs;
      const value = attributes?.[attribute]?.value;
      return typeof value === "string" ? [value] : Array.isArray(value) ? value.map(String) : [];
    },
  };
}

/** The bytes of an HDF5 file with arrays at their paths; groups are made as they are needed. */
export async function writeHdf5(arrays: ReadonlyMap<string, Cells>): Promise<Uint8Array> {
  const { h5wasm, FS } = await load();
  const name = `write-${opened++}.h5`;
  const file = new h5wasm.File(name, "w");
  try {
    const groups = new Set<string>();
    for (const [path, { shape, data }] of arrays) {
      const steps = path.split("/");
      for (let depth = 1; depth < steps.length; depth++) {
        const group = steps.slice(0, depth).join("/");
        if (!groups.has(group)) file.create_group(group);
        groups.add(group);
      }
      file.create_dataset({ name: path, data, shape: [...shape], dtype: "<f" });
    }
    file.flush();
  } finally {
    file.close();
  }
  try {
    return FS.readFile(name) as Uint8Array;
  } finally {
    FS.unlink(name);
  }
}
