import { join } from "node:path";
import { openRanking } from "../../tasks/ranking/kept-ranking.ts";
import type { PagedRanking } from "../../tasks/ranking/paged-ranking.ts";
import type { KeptRun } from "../../tasks/runs/kept-run.ts";
import { runFiles } from "../../tasks/runs/run-folder.ts";
import type { RankedData } from "./opened-rows.ts";
import type { RunFolders } from "./run-folders.ts";

/** Where ranked rows are asked for, and what their marks are kept under. */
export interface RankedPlace {
  /** The begin of their addresses. */
  readonly address: string;
  readonly keyOf: (id: string) => string;
  /** Throws where the project has nothing of that name. */
  readonly read: (id: string) => Promise<RankedData>;
  readonly open: (folder: string) => Promise<PagedRanking>;
}

/** The data and the model of a run. */
export const dataOfRun = ({ folder, data }: KeptRun): RankedData => ({
  ...{ folder, data, reading: {} },
  model: join(folder, runFiles.model),
});

/** The rankings of runs. */
export const rankedRuns = (folders: RunFolders): RankedPlace => ({
  ...{ address: "/api/runs", keyOf: (id) => id, open: openRanking },
  read: async (id) => dataOfRun(await folders.read(id)),
});
