import { basename, join } from "node:path";
import { listScorings } from "../../tasks/ranking/kept-scoring.ts";
import { scoredKey } from "../use/scorings.ts";
import type { RunRooms } from "./rooms.ts";

/** Tells pages of runs, and of files that are scored, that other processes begin, end or take away. */
export function watchRuns(
  { project, folders, jobs, events, rankings, rows }: RunRooms,
  everyMs: number,
): () => void {
  let scored: ReadonlyMap<string, string> | null = null;
  let known: ReadonlyMap<string, string> | null = null;
  /** Runs of this studio at the last look: it told of their end itself. */
  let own: ReadonlySet<string> = new Set();
  let looking = false;
  const look = async (): Promise<void> => {
    if (looking || !events.heard) return;
    looking = true;
    try {
      const runs = await folders.list();
      const now = new Map(
        runs.map(({ folder, state, epochs, atWork }) => [
          basename(folder),
          `${atWork ? "running" : state} ${epochs}`,
        ]),
      );
      for (const id of new Set([...now.keys(), ...(known?.keys() ?? [])])) {
        if (!known || known.get(id) === now.get(id) || jobs.isRunning(id) || own.has(id)) continue;
        // pages ask anew when they hear of it, and are answered by what was opened anew
        void rankings.forget(folders.folderOf(id));
        void rows.forget(folders.folderOf(id));
        events.tell("run", { id, state: now.get(id)?.split(" ")[0] ?? "gone" });
      }
      known = now;
      own = new Set([...now.keys()].filter((id) => jobs.isRunning(id)));
      const kept = new Map(
        (await listScorings(project.scores)).map(({ folder, summary }) => [
          basename(folder),
          summary ? "done" : "running",
        ]),
      );
      for (const id of new Set([...kept.keys(), ...(scored?.keys() ?? [])])) {
        if (!scored || scored.get(id) === kept.get(id) || jobs.isRunning(scoredKey(id))) continue;
        void rankings.forget(join(project.scores, id));
        events.tell("scored", { id, state: kept.get(id) ?? "gone" });
      }
      scored = kept;
    } catch {
      // the folder may be gone, and come again
    } finally {
      looking = false;
    }
  };
  const clock = setInterval(() => void look(), everyMs);
  return () => clearInterval(clock);
}
