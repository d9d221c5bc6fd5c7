import { join } from "node:path";
import { openRanking } from "../../tasks/ranking/kept-ranking.ts";
import type { PagedRanking } from "../../tasks/ranking/paged-ranking.ts";
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

/** The rankings of runs. */
export const rankedRuns = (folders: RunFolders): RankedPlace => ({
  ...{ address: "/api/runs", keyOf: (id) => id, open: openRanking },
  async read(id) {
    const { folder, data } = await folders.read(id);
    return { folder, data, model: join(folder, runFiles.model), reading: {} };
  },
});
