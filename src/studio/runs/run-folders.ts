import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { EspejoError } from "../../errors.ts";
import { type KeptRun, listRuns, readRun } from "../../tasks/runs/kept-run.ts";
import type { Project } from "../project/project.ts";

/** The runs that lie in a project, whoever began them; each is named by its folder. */
export class RunFolders {
  readonly #project: Project;

  constructor(project: Project) {
    this.#project = project;
  }

  /** The folder of a run. Throws `studio_run` for a name that leads elsewhere. */
  folderOf(id: string): string {
    if (!/^\w[\w.-]*$/.test(id)) throw new EspejoError("studio_run", { id: id.slice(0, 100) });
    return join(this.#project.runs, id);
  }

  /** Throws `studio_run`. */
  async read(id: string): Promise<KeptRun> {
    try {
      return await readRun(this.folderOf(id));
    } catch (error) {
      if (error instanceof EspejoError && error.code === "run_unknown")
        throw new EspejoError("studio_run", { id }, { cause: error });
      throw error;
    }
  }

  /** All runs, those that were begun last first. */
  async list(): Promise<readonly KeptRun[]> {
    return (await listRuns(this.#project.runs)).runs;
  }

  /** A folder for a new run, named by the time and a number. */
  async make(): Promise<string> {
    const time = new Date().toISOString().slice(0, 19).replace("T", "-").replaceAll(":", "");
    for (let n = 1; ; n++) {
      const id = `${time}-${n}`;
      try {
        await mkdir(this.folderOf(id));
        return id;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
    }
  }

  async remove(id: string): Promise<void> {
    await rm(this.folderOf(id), { recursive: true, force: true });
  }
}
