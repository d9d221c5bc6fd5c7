import type { PagedRanking } from "../../tasks/ranking/paged-ranking.ts";
import { Held } from "../held.ts";

/** Rankings that are held open at once. */
const mostOpen = 4;

/** Rankings of runs and of scored files, held open while pages turn their leaves. */
export class Rankings {
  readonly #held = new Held<PagedRanking>(mostOpen, (ranking) => ranking.dispose());

  /** Works with the ranking in a folder, which `open` opens where it is not yet. Throws what that does. */
  use<Made>(
    folder: string,
    open: (folder: string) => Promise<PagedRanking>,
    work: (ranking: PagedRanking) => Promise<Made>,
  ): Promise<Made> {
    return this.#held.use(folder, () => open(folder), work);
  }

  /** Lets go of a ranking: its run goes on, or went. */
  forget(folder: string): Promise<void> {
    return this.#held.forget(folder);
  }

  close(): Promise<void> {
    return this.#held.close();
  }
}
