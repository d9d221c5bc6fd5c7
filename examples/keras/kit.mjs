/** What the Espejo twins share: prepared arrays, the seed, and how a result is told. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.TWINS ?? "";
export const seed = Number(process.env.SEED ?? 1);

/** A .npy file of float32, as NumPy writes it. @param {string} name */
export function load(name) {
  const bytes = readFileSync(join(folder, `${name}.npy`));
  const end = 10 + bytes.readUInt16LE(8);
  const [, sizes = ""] = /'shape': \(([^)]*)\)/.exec(bytes.toString("latin1", 10, end)) ?? [];
  const shape = sizes.split(",").filter(Boolean).map(Number);
  return { data: new Float32Array(Uint8Array.from(bytes.subarray(end)).buffer), shape };
}

/** @param {number} usual */
export const epochs = (usual) => Number(process.env.EPOCHS ?? usual);

/** The loss on rows that did not train, and the seconds since the network was to be trained. */
export function tell(/** @type {number} */ began, /** @type {unknown} */ loss) {
  console.log(JSON.stringify({ loss, seconds: (performance.now() - began) / 1000 }));
}

export const start = () => performance.now();
