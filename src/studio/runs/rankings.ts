import { type KeptRanking, openRanking } from "../../tasks/ranking/kept-ranking.ts";

/** Rankings that are held open at once. */
const mostOpen = 4;

/** Rankings of runs, held open while pages turn their leaves. */
export class Rankings {
  readonly #open = new Map<string, Promise<KeptRanking>>();

  /** The ranking in the folder of a run. Throws what `openRanking` does. */
  async of(folder: string): Promise<KeptRanking> {
    const found = this.#open.get(folder) ?? openRanking(folder);
    this.#open.delete(folder);
    this.#open.set(folder, found);
    for (const oldest of [...this.#open.keys()].slice(0, -mostOpen)) this.forget(oldest);
    try {
      return await found;
    } catch (error) {
      this.#open.delete(folder);
      throw error;
    }
  }

  /** Lets go of a ranking: its run goes on, or went. */
  forget(folder: string): void {
    const found = this.#open.get(folder);
    this.#open.delete(folder);
    void found?.then(
      (ranking) => ranking.dispose(),
      () => {},
    );
  }

  close(): void {
    for (const folder of [...this.#open.keys()]) this.forget(folder);
  }
}
