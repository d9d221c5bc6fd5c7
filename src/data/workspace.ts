import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { temporary } from "../files.ts";

/** Temporary files of one table: a folder made when first needed, removed with all it holds. */
export class Workspace {
  readonly #parent: string;
  #folder: Promise<string> | undefined;
  #settled: () => void = () => {};
  #files = 0;

  constructor(parent: string = tmpdir()) {
    this.#parent = parent;
  }

  /** A path that nothing has yet, with this ending. */
  async file(ending: string): Promise<string> {
    this.#folder ??= mkdtemp(join(this.#parent, "espejo-")).then((folder) => {
      this.#settled = temporary(folder);
      return folder;
    });
    return join(await this.#folder, `${++this.#files}${ending}`);
  }

  async dispose(): Promise<void> {
    const folder = this.#folder;
    this.#folder = undefined;
    if (folder) await rm(await folder, { recursive: true, force: true });
    this.#settled();
  }
}
