import { stat } from "node:fs/promises";
import { openTable } from "../../data/tables/open.ts";
import type { Table } from "../../data/terms/table.ts";
import type { TrainTableOptions } from "../../tasks/lesson/train-table-options.ts";
import { type Begun, beginLesson } from "../../tasks/train/begin-lesson.ts";
import type { Source } from "../api/sources.ts";
import { Held } from "../held.ts";

/** Tables that were read and prepared for trainings that may come. */
const mostKept = 6;

/** Options of a training that decide how rows are dealt and prepared. */
const deciding: readonly string[] = [
  ...["seed", "split", "normal", "normalOnly", "private", "scaling", "log", "threshold"],
];

/** Tables as a training would begin with them, kept so that another network on the same rows is described at once. */
export class Lessons {
  readonly #tables = new Held<Table>(2, (table) => table.dispose());
  readonly #begun = new Held<Begun>(mostKept, () => {});

  /**
   * Works with what a training of a source begins with, by the settings that `settingsOf` gives for its table; a file that
   * changed meanwhile is read anew. Throws what `openTable` and `beginLesson` do.
   */
  async use<Made>(
    source: Source,
    address: string,
    settingsOf: (table: Table) => Promise<TrainTableOptions>,
    work: (begun: Begun, settings: TrainTableOptions) => Promise<Made>,
  ): Promise<Made> {
    const file = await stat(address).catch(() => null);
    const key = [source.id, source.options, file?.mtimeMs, file?.size];
    return this.#tables.use(
      JSON.stringify(key),
      () => openTable(address, source.options),
      async (table) => {
        const settings = await settingsOf(table);
        return this.#begun.use(
          JSON.stringify([...key, decidingOf(settings)]),
          () => beginLesson(table, settings),
          (begun) => work(begun, settings),
        );
      },
    );
  }

  async close(): Promise<void> {
    await this.#begun.close();
    await this.#tables.close();
  }
}

/** Which of them are said; a score is checked beside its kind. */
const decidingOf = (settings: TrainTableOptions) => ({
  ...Object.fromEntries(Object.entries(settings).filter(([name]) => deciding.includes(name))),
  ...(settings.score && { score: settings.score, kind: settings.kind }),
});
