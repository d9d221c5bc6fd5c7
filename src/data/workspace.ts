import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Temporary files of one table: a folder made when first needed, removed with all it holds. */
export class Workspace {
  readonly #parent: string;
  #folder: Promise<string> | undefined;
  #files = 0;

  constructor(parent: string = tmpdir()) {
    this.#parent = parent;
  }

  /** A path that nothing has yet, with this ending. */
  async file(ending: string): Promise<string> {
    this.#folder ??= mkdtemp(join(this.#parent, "espejo-"));
    return join(await this.#folder, `${++this.#files}${ending}`);
  }

  async dispose(): Promise<void> {
    const folder = this.#folder;
    this.#folder = undefined;
    if (folder) await rm(await folder, { recursive: true, force: true });
  }
}
