import { isAbsolute, join } from "node:path";
import { openTable } from "../../data/tables/open.ts";
import type { Table } from "../../data/terms/table.ts";
import { type Language, markedText } from "../../language.ts";
import { TableModel } from "../../tasks/model/table-model.ts";
import { openRow } from "../../tasks/score/opened-row.ts";
import { reasonSentence } from "../../tasks/score/reason-text.ts";
import type { Mark, OpenedRow } from "../api/runs.ts";
import type { ReadingOptions } from "../api/sources.ts";
import { Held } from "../held.ts";
import type { Project } from "../project/project.ts";
import { wordsIn } from "./ranked-rows.ts";

/** Rows that were ranked or given codes: where, of what data, by which model. */
export interface RankedData {
  readonly folder: string;
  /** As a person names them. */
  readonly data: string;
  /** The path of the model file. */
  readonly model: string;
  /** How the data were read, where another way was stated than that of the model. */
  readonly reading: ReadingOptions;
}

/** A model, and data that it takes. */
export interface ModelAndTable {
  readonly model: TableModel;
  readonly table: Table;
}

/** Runs whose model and table are held while a person walks through their rows. */
const mostHeld = 2;

/** Rows of runs, opened one by one. */
export class OpenedRows {
  readonly #project: Project;
  readonly #held = new Held<ModelAndTable>(mostHeld, async ({ model, table }) => {
    await model.dispose();
    await table.dispose();
  });

  constructor(project: Project) {
    this.#project = project;
  }

  /** A row with what the model that ranked it makes of every column. Throws what opening its data throws, `row_unknown`. */
  async open(
    run: RankedData,
    row: number,
    mark: Mark | null,
    language: Language,
  ): Promise<OpenedRow> {
    const { score, columns } = await this.use(run, ({ model, table }) =>
      openRow(model, table, row),
    );
    return {
      ...{ row, score, mark },
      sentence: `${reasonSentence(columns, wordsIn(language))}.`,
      cells: columns.map(({ column, actual, expected, similar, share, numeric }) => {
        const told = (text: string): string => (numeric ? markedText(text, language) : text);
        return {
          ...{ column, share, actual: told(actual), expected: told(expected) },
          similar: similar === undefined ? null : told(similar),
        };
      }),
    };
  }

  /** Works with a model and its data. Throws what opening them throws. */
  use<Made>(run: RankedData, work: (held: ModelAndTable) => Promise<Made>): Promise<Made> {
    return this.#held.use(run.folder, () => this.#load(run), work);
  }

  async #load({ data, model: path, reading }: RankedData): Promise<ModelAndTable> {
    const model = await TableModel.read(path);
    const source = this.#project.sources.find(({ path }) => path === data);
    const address = source
      ? this.#project.addressOf(source)
      : isAbsolute(data) || data.includes("://")
        ? data
        : join(this.#project.folder, data);
    try {
      const { columns: expect, source: prior } = model.metadata;
      const query = source?.options.query as string | undefined;
      const table = await openTable(address, {
        ...{ ...reading, expect, prior },
        ...(query !== undefined && { query }),
      });
      return { model, table };
    } catch (error) {
      await model.dispose();
      throw error;
    }
  }

  /** Lets go of the data of a run. */
  forget(folder: string): Promise<void> {
    return this.#held.forget(folder);
  }

  close(): Promise<void> {
    return this.#held.close();
  }
}
