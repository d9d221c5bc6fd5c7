import { realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { EspejoError } from "../../errors.ts";

/** The folders whose files a page may name: what lies elsewhere is not read, whatever link leads there. */
export class OpenedFolders {
  readonly #folders: readonly string[];

  constructor(folders: readonly string[]) {
    this.#folders = folders.map((folder) => resolve(folder));
  }

  /** The whole path of what a person typed, a file, a folder or a pattern. Throws `path_closed`. */
  async pathOf(typed: string): Promise<string> {
    const stated = typed.replace(/^~(?=[/\\]|$)/, homedir());
    const path = resolve(this.#folders[0] ?? ".", stated);
    const real = await realOf(path);
    const homes = await Promise.all(this.#folders.map(realOf));
    if (homes.some((home) => isInside(real, home))) return path;
    throw new EspejoError("path_closed", { path, folders: this.#folders.join(", ") });
  }
}

/** A path without links, as far as it is there: a pattern names what is not. */
async function realOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : resolve(await realOf(above), relative(above, path));
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (!way.startsWith("..") && !isAbsolute(way));
}
