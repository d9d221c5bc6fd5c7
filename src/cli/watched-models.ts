import { stat } from "node:fs/promises";
import type { ScoringServer } from "../server/build-server.ts";
import { findModels } from "../server/models/sources.ts";

/** How often files are looked at. Notices of file systems do not come from network drives and mounted secrets. */
const pause = 1000;

/** What tells one state of a file from another. */
async function stateOf(path: string): Promise<string> {
  const about = await stat(path).catch(() => null);
  return about ? `${about.mtimeMs} ${about.size} ${about.ino}` : "";
}

/**
 * Follows the files of a server: one that changed is loaded anew, one that came into a folder as well; one that is gone goes
 * on being served. The function that comes back ends it.
 */
export async function watchModels(
  server: ScoringServer,
  words: readonly string[],
): Promise<() => void> {
  const states = new Map<string, string>();
  for (const { path } of server.sources) states.set(path, await stateOf(path));
  let ended = false;
  const look = async (): Promise<void> => {
    for (const source of await findModels(words).catch(() => [])) {
      const now = await stateOf(source.path);
      const before = states.get(source.path);
      if (now === "" || now === before) continue;
      states.set(source.path, now);
      // what is wrong with it is in the log already
      if (before === undefined)
        await server.add(source).catch(() => states.set(source.path, "new"));
      else await server.reload(source.path).catch(() => {});
    }
    if (!ended) timer = setTimeout(() => void look(), pause);
  };
  let timer = setTimeout(() => void look(), pause);
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
