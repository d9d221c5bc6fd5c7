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

  /** The table of a source, open. Throws what `openTable` does. */
  withTable<Made>(
    source: Source,
    address: string,
    work: (table: Table) => Promise<Made>,
  ): Promise<Made> {
    const key = keyOf(source, {});
    return this.#tables.use(key, () => openTable(address, source.options), work);
  }

  /** What a training of a source begins with. Throws what `beginLesson` does. */
  use<Made>(
    source: Source,
    table: Table,
    options: TrainTableOptions,
    work: (begun: Begun) => Promise<Made>,
  ): Promise<Made> {
    const settings = Object.fromEntries(
      Object.entries(options).filter(
        ([name]) => deciding.includes(name) || (name === "kind" && options.score !== undefined),
      ),
    );
    const key = keyOf(source, { ...settings, score: options.score });
    return this.#begun.use(key, () => beginLesson(table, { ...options }), work);
  }

  async close(): Promise<void> {
    await this.#begun.close();
    await this.#tables.close();
  }
}

const keyOf = ({ id, options }: Source, more: object): string =>
  JSON.stringify([id, options, more]);
