import { basename } from "node:path";
import type { RunRooms } from "./rooms.ts";

/** Tells pages of runs that other processes begin, end or take away. */
export function watchRuns(
  { folders, jobs, events, rankings, rows }: RunRooms,
  everyMs: number,
): () => void {
  let known: ReadonlyMap<string, string> | null = null;
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
        if (!known || known.get(id) === now.get(id) || jobs.isRunning(id)) continue;
        // pages ask anew when they hear of it, and are answered by what was opened anew
        void rankings.forget(folders.folderOf(id));
        void rows.forget(folders.folderOf(id));
        events.tell("run", { id, state: now.get(id)?.split(" ")[0] ?? "gone" });
      }
      known = now;
    } catch {
      // the folder may be gone, and come again
    } finally {
      looking = false;
    }
  };
  const clock = setInterval(() => void look(), everyMs);
  return () => clearInterval(clock);
}
