import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Invocation } from "../../invocation/invocation.ts";
import { optionWords } from "../../invocation/option-words.ts";
import {
  clearOtherCodes,
  codesPath,
  type KeptCodes,
  openCodes,
} from "../../tasks/codes/kept-codes.ts";
import { type RankedNumbers, rankedNumbers } from "../../tasks/ranking/ranked-numbers.ts";
import { influence, type LatentInfluence } from "../../tasks/reduce/influence.ts";
import { hasPreparedComponents } from "../../tasks/reduce/prepared-components.ts";
import type { KeptRun } from "../../tasks/runs/kept-run.ts";
import { runFiles } from "../../tasks/runs/run-folder.ts";
import { Held } from "../held.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { Project } from "../project/project.ts";
import type { OpenedRows } from "./opened-rows.ts";
import { dataOfRun } from "./ranked-place.ts";

/** Runs whose codes are held while a person looks at them. */
const mostHeld = 2;

/** The codes of a run with what is asked of them again and again. */
export interface HeldCodes {
  readonly codes: KeptCodes;
  /** Scores and ranks; null where the run ranked no rows. */
  readonly ranked: RankedNumbers | null;
  /** What each latent variable moves, once it was asked. */
  influences: Promise<readonly LatentInfluence[]> | null;
}

/** Codes of runs: made by a call of the command line where the model has none yet, and kept in the run. */
export class RunCodes {
  readonly #project: Project;
  readonly #jobs: Jobs;
  readonly #rows: OpenedRows;
  /** When the model was written whose codes are held, by the folder of its run. */
  readonly #written = new Map<string, number>();
  readonly #held = new Held<HeldCodes>(mostHeld, ({ codes }) => codes.dispose());

  constructor({
    project,
    jobs,
    rows,
  }: {
    readonly project: Project;
    readonly jobs: Jobs;
    readonly rows: OpenedRows;
  }) {
    this.#project = project;
    this.#jobs = jobs;
    this.#rows = rows;
  }

  /** Works with the codes of a run. Throws what `espejo encode` does. */
  async use<Made>(run: KeptRun, work: (held: HeldCodes) => Promise<Made>): Promise<Made> {
    const { folder } = run;
    const written = (await stat(join(folder, runFiles.model)).catch(() => null))?.mtimeMs ?? 0;
    // a run that went on has another model, whoever let it
    if (this.#written.get(folder) !== written) await this.forget(folder);
    this.#written.set(folder, written);
    return this.#held.use(folder, () => this.#open(run), work);
  }

  /** What each latent variable moves, found once. */
  influences(run: KeptRun): Promise<readonly LatentInfluence[]> {
    return this.use(run, (held) => {
      held.influences ??= this.#rows.use(dataOfRun(run), ({ model, table }) =>
        influence(model, table),
      );
      // what failed is tried anew
      held.influences.catch(() => {
        held.influences = null;
      });
      return held.influences;
    });
  }

  /** The call that writes the codes of a run: of the model at a path, to another. */
  async callOf(run: KeptRun, model: string, output: string): Promise<Invocation> {
    const source = this.#project.sources.find(({ path }) => path === run.data);
    const pca = await this.#rows.use(dataOfRun(run), async (held) =>
      hasPreparedComponents(held.model),
    );
    return {
      verb: "encode",
      data: source ? this.#project.addressFor(source) : run.data,
      options: {
        ...(run.options.query !== undefined && { query: run.options.query }),
        ...{ model, ...(pca && { pca }), output },
      },
    };
  }

  async #open(run: KeptRun): Promise<HeldCodes> {
    const { folder, summary } = run;
    const path = await codesPath(folder);
    let codes = (await stat(path).catch(() => null)) && (await openCodes(path));
    const rows = await this.#rows.use(dataOfRun(run), async ({ table }) => table.rows);
    // the data may have other rows since
    if (codes?.rows !== rows) {
      codes?.dispose();
      await this.#write(run, path);
      codes = await openCodes(path);
    }
    await clearOtherCodes(folder, path);
    const ranked =
      summary?.ranking?.items === "rows" ? await rankedNumbers(folder, codes.rows) : null;
    return { codes, ranked, influences: null };
  }

  async #write(run: KeptRun, path: string): Promise<void> {
    const model = join(run.folder, runFiles.model);
    const { verb, data, options } = await this.callOf(run, model, path);
    await this.#jobs.call([
      ...[verb, data!],
      ...Object.entries(options).flatMap(([name, value]) => optionWords(name, value)),
    ]);
  }

  /** Lets go of the codes of a run. */
  forget(folder: string): Promise<void> {
    return this.#held.forget(folder);
  }

  close(): Promise<void> {
    return this.#held.close();
  }
}
