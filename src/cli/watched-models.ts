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
  const served = new Set(server.sources.map(({ path }) => path));
  for (const path of served) states.set(path, await stateOf(path));
  let ended = false;
  const look = async (): Promise<void> => {
    for (const source of await findModels(words).catch(() => [])) {
      const now = await stateOf(source.path);
      if (now === "" || now === states.get(source.path)) continue;
      states.set(source.path, now);
      // what is wrong with a file is in the log; it is tried again when it changes
      if (served.has(source.path)) await server.reload(source.path).catch(() => {});
      else
        await server.add(source).then(
          () => served.add(source.path),
          (error: Error) =>
            server.app.log.error({ model: source.name, reason: error.message }, "model not taken"),
        );
    }
    if (!ended) timer = setTimeout(() => void look(), pause);
  };
  let timer = setTimeout(() => void look(), pause);
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
