import { join } from "node:path";
import { EspejoError } from "../../errors.ts";
import { checkArguments } from "../../options.ts";
import { argument } from "../model/arguments.ts";
import { type KeptRun, readRun } from "../runs/kept-run.ts";
import { runFiles } from "../runs/run-folder.ts";
import { openPaged, type PagedRanking } from "./paged-ranking.ts";

/** The ranking that a detection left in its run. */
export interface KeptRanking extends PagedRanking {
  readonly run: KeptRun;
}

/**
 * Opens the ranking in the folder of a run. Throws `run_unknown` where no run is, `ranking_absent` for a run of another
 * command, `ranking_unfinished` for one that has not come to its ranking, `ranking_damaged`.
 */
export async function openRanking(folder: string): Promise<KeptRanking> {
  checkArguments("openRanking", { folder: [folder, argument.path] });
  const run = await readRun(folder);
  if (run.command !== "detect")
    throw new EspejoError("ranking_absent", {
      ...{ path: folder, command: run.command, model: join(folder, runFiles.model) },
    });
  const { ranking: record, threshold, stampThreshold } = run.summary ?? {};
  if (!record) throw new EspejoError("ranking_unfinished", { path: folder });
  const usual = record.items === "stamps" ? stampThreshold : threshold;
  return { ...(await openPaged(folder, record, usual?.threshold)), run };
}
