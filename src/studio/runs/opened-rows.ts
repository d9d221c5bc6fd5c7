import { isAbsolute, join } from "node:path";
import { openTable } from "../../data/tables/open.ts";
import type { Table } from "../../data/terms/table.ts";
import { type Language, markedText } from "../../language.ts";
import { TableModel } from "../../tasks/model/table-model.ts";
import type { KeptRun } from "../../tasks/runs/kept-run.ts";
import { runFiles } from "../../tasks/runs/run-folder.ts";
import { openRow } from "../../tasks/score/opened-row.ts";
import { reasonSentence } from "../../tasks/score/reason-text.ts";
import type { Mark, OpenedRow } from "../api/runs.ts";
import { Held } from "../held.ts";
import type { Project } from "../project/project.ts";
import { wordsIn } from "./ranked-rows.ts";

interface ModelAndTable {
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

  /** A row with what the model of its run makes of every column. Throws what opening its data throws, `row_unknown`. */
  async open(run: KeptRun, row: number, mark: Mark | null, language: Language): Promise<OpenedRow> {
    const { score, columns } = await this.#held.use(
      run.folder,
      () => this.#load(run),
      ({ model, table }) => openRow(model, table, row),
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

  async #load({ folder, data }: KeptRun): Promise<ModelAndTable> {
    const model = await TableModel.read(join(folder, runFiles.model));
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
        ...{ expect, prior },
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
