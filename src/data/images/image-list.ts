import { type Dirent, existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, posix } from "node:path";
import { EspejoError, phrases } from "../../errors.ts";
import { naturalOrder } from "../files/natural-order.ts";

const imageName = /\.(png|jpe?g|webp|tiff?|gif)$/i;

/**
 * The images of a folder and its sub-folders, by their paths from there with "/", in natural order. Hidden files
 * and folders, and links to folders, are passed over.
 */
export async function listImages(folder: string): Promise<string[]> {
  const found: string[] = [];
  const visit = async (inside: string): Promise<void> => {
    for (const entry of await entriesOf(join(folder, inside), folder)) {
      const name = posix.join(inside, entry.name);
      if (entry.name.startsWith(".") || entry.name === "__MACOSX") continue;
      if (entry.isDirectory()) await visit(name);
      else if (imageName.test(entry.name)) found.push(name);
    }
  };
  await visit("");
  return naturalOrder(found);
}

/** Whether a folder, or one in it, holds an image: a look, no more. */
export async function holdsImages(folder: string, depth = 6): Promise<boolean> {
  const entries = await entriesOf(folder, folder);
  if (entries.some((entry) => !entry.isDirectory() && imageName.test(entry.name))) return true;
  for (const entry of depth > 0 ? entries : []) {
    if (entry.isDirectory() && !entry.name.startsWith("."))
      if (await holdsImages(join(folder, entry.name), depth - 1)) return true;
  }
  return false;
}

async function entriesOf(folder: string, shown: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!existsSync(folder)) throw new EspejoError("file_missing", { path: shown });
    const reason = code === "EACCES" ? phrases.no_permission : message;
    throw new EspejoError("file_unreadable", { path: shown, reason }, { cause: error });
  }
}

/** The sub-folder of each image; null where all lie in one place. */
export function folderClasses(names: readonly string[]): string[] | null {
  const classes = names.map((name) => posix.dirname(name)).map((dir) => (dir === "." ? "" : dir));
  return new Set(classes).size > 1 ? classes : null;
}
