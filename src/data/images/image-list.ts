import { type Dirent, existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, posix } from "node:path";
import { EspejoError, phrases } from "../../errors.ts";
import { naturalOrder } from "../files/natural-order.ts";

const imageName = /\.(png|jpe?g|jfif|webp|tiff?|gif|bmp|dib|avif)$/i;

/** Formats of images that are not read: a folder of them is one of images, and says so. */
const unreadName =
  /\.(hei[cf]|p[bgnp]m|jp2|j2k|jxl|svg|psd|exr|hdr|tga|ico|dng|cr[23]|nef|arw|raw|dcm)$/i;

/** What systems leave in folders. */
const ofSystems = new Set(["thumbs.db", "desktop.ini"]);

/** Whether a file is an image, by its name. */
export const isImageName = (name: string): boolean => imageName.test(name);

/** The files of a folder. */
export interface ListedImages {
  /** The images, by their paths from the folder with "/", in natural order. */
  readonly files: readonly string[];
  /** All others, but for those that systems leave. */
  readonly others: readonly string[];
}

/** The files of a folder and its sub-folders. Hidden files and folders, and links to folders, are passed over. */
export async function listImages(folder: string): Promise<ListedImages> {
  const found: string[] = [];
  const others: string[] = [];
  const visit = async (inside: string): Promise<void> => {
    for (const entry of await entriesOf(join(folder, inside), folder)) {
      const name = posix.join(inside, entry.name);
      if (entry.name.startsWith(".") || entry.name === "__MACOSX") continue;
      if (entry.isDirectory()) await visit(name);
      else if (isImageName(entry.name)) found.push(name);
      else if (!ofSystems.has(entry.name.toLowerCase())) others.push(name);
    }
  };
  await visit("");
  return { files: naturalOrder(found), others };
}

const anyImage = (name: string): boolean => isImageName(name) || unreadName.test(name);

/** Files by their endings, the commonest first: ".heic (12), .txt (1)". */
export function endingsOf(files: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const file of files) {
    const ending = posix.extname(file).toLowerCase() || posix.basename(file);
    counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  const listed = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const shown = listed.slice(0, mostEndings).map(([ending, count]) => `${ending} (${count})`);
  return shown.join(", ") + (listed.length > mostEndings ? ", ..." : "");
}
const mostEndings = 6;

/** Whether a folder, or one in it, holds an image, be it of a format that is not read: a look, no more. */
export async function holdsImages(folder: string, depth = 6): Promise<boolean> {
  const entries = await entriesOf(folder, folder);
  if (entries.some((entry) => !entry.isDirectory() && anyImage(entry.name))) return true;
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
