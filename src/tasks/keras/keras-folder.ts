import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { archiveParts, packed } from "../../keras/archive.ts";
import { foreignBytes, foreignError, foreignNames } from "../../keras/foreign.ts";

/**
 * A folder with the parts of a `.keras` file as the bytes of one; null for a path that is no folder. Throws
 * `keras_foreign` for a folder of something else.
 */
export async function packedFolder(path: string): Promise<Uint8Array | null> {
  const names = await readdir(path).catch(() => null);
  if (!names) return null;
  const [config, , weights] = archiveParts;
  if (!names.includes(config) || !names.includes(weights))
    throw foreignError(path, (await kindIn(path, names)) ?? "folder");
  const parts = archiveParts.filter((part) => names.includes(part));
  const read = async (part: string) => [part, await readFile(join(path, part))] as const;
  return packed(Object.fromEntries(await Promise.all(parts.map(read))));
}

/** What a folder is, by its names and by what a network of TensorFlow.js says of itself. */
async function kindIn(path: string, names: readonly string[]) {
  if (!names.includes("model.json")) return foreignNames(names);
  const described = foreignBytes(await readFile(join(path, "model.json")), "model.json");
  return described ?? foreignNames(names);
}
