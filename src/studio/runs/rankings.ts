import { type KeptRanking, openRanking } from "../../tasks/ranking/kept-ranking.ts";
import { Held } from "../held.ts";

/** Rankings that are held open at once. */
const mostOpen = 4;

/** Rankings of runs, held open while pages turn their leaves. */
export class Rankings {
  readonly #held = new Held<KeptRanking>(mostOpen, (ranking) => ranking.dispose());

  /** Works with the ranking in the folder of a run. Throws what `openRanking` does. */
  use<Made>(folder: string, work: (ranking: KeptRanking) => Promise<Made>): Promise<Made> {
    return this.#held.use(folder, () => openRanking(folder), work);
  }

  /** Lets go of a ranking: its run goes on, or went. */
  forget(folder: string): Promise<void> {
    return this.#held.forget(folder);
  }

  close(): Promise<void> {
    return this.#held.close();
  }
}
