import type { Invocation } from "../../invocation/invocation.ts";
import type { Language } from "../../language.ts";
import type { Run } from "../api/runs.ts";
import { wordsOf } from "./detection.ts";
import type { RunRooms } from "./rooms.ts";
import { runView } from "./run-view.ts";

/** Looks for what a process that was started says that it does, and milliseconds between them. */
const looks = { most: 200, everyMs: 50 };

/** Begins a run in a folder of its own. Throws what its process says went wrong before it said what it does. */
export async function beginRun(
  call: Invocation,
  rooms: RunRooms,
  language: Language,
): Promise<Run> {
  const { folders, jobs } = rooms;
  const id = await folders.make();
  const options = { ...call.options, run: `runs/${id}`, live: true };
  jobs.start(id, wordsOf({ ...call, options }), folders.folderOf(id));
  for (let tries = 0; ; tries++)
    try {
      return await runView(await folders.read(id), rooms, language);
    } catch (error) {
      const failure = jobs.failureOf(id);
      if (failure) {
        await folders.remove(id);
        throw failure;
      }
      if (tries === looks.most) throw error;
      await new Promise((resolve) => setTimeout(resolve, looks.everyMs));
    }
}
