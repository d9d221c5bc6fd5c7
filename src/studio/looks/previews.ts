import { openPreview } from "../../data/preview/preview.ts";
import type { TablePreview } from "../../data/preview/table-preview.ts";
import { Held } from "../held.ts";

/** Tables that are held open at once: each may be as large as its file. */
const mostOpen = 4;

/** Tables that pages look at, held open so that a look with another option does not read the file again. */
export class Previews {
  /** Tables that were read to their end, with their sources. */
  readonly #read = new Map<TablePreview, string>();
  readonly #held = new Held<TablePreview>(mostOpen, (preview) => {
    this.#read.delete(preview);
    return preview.dispose();
  });

  /** Whether the table of a source is held, so that a look at it takes no time. */
  holds(id: string): boolean {
    return [...this.#read.values()].includes(id);
  }

  /** Works with the table of a source, opened with options where it is not yet. Throws what `openPreview` does. */
  use<Made>(
    id: string,
    { address, options }: { readonly address: string; readonly options: object },
    work: (preview: TablePreview) => Promise<Made>,
  ): Promise<Made> {
    return this.#held.use(
      id,
      async () => {
        const preview = await openPreview(address, options);
        this.#read.set(preview, id);
        return preview;
      },
      work,
    );
  }

  /** Lets go of the table of a source. */
  forget(id: string): Promise<void> {
    return this.#held.forget(id);
  }

  close(): Promise<void> {
    return this.#held.close();
  }
}
