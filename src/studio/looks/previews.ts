import { openPreview } from "../../data/preview/preview.ts";
import type { TablePreview } from "../../data/preview/table-preview.ts";

/** Tables that are held open at once: each may be as large as its file. */
const mostOpen = 4;

/** Tables that pages look at, held open so that a look with another option does not read the file again. */
export class Previews {
  /** By source, those last that were asked last. */
  readonly #open = new Map<string, Promise<TablePreview>>();
  /** Sources whose tables were read to their end. */
  readonly #read = new Set<string>();

  /** Whether the table of a source is held, so that a look at it takes no time. */
  holds(id: string): boolean {
    return this.#read.has(id);
  }

  /** The table of a source, opened with options where it is not yet. Throws what `openPreview` does. */
  async of(id: string, address: string, options: object): Promise<TablePreview> {
    const found = this.#open.get(id) ?? openPreview(address, options);
    this.#open.delete(id);
    this.#open.set(id, found);
    const oldest = [...this.#open.keys()].slice(0, -mostOpen);
    await Promise.all(oldest.map((each) => this.forget(each)));
    try {
      const preview = await found;
      if (this.#open.get(id) === found) this.#read.add(id);
      return preview;
    } catch (error) {
      this.#open.delete(id);
      throw error;
    }
  }

  /** Lets go of the table of a source. */
  async forget(id: string): Promise<void> {
    const found = this.#open.get(id);
    this.#open.delete(id);
    this.#read.delete(id);
    await found?.then(
      (preview) => preview.dispose(),
      () => {},
    );
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((id) => this.forget(id)));
  }
}
