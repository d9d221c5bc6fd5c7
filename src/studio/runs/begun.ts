import type { Language } from "../../language.ts";
import type { Run } from "../api/runs.ts";
import type { RunRooms } from "./rooms.ts";
import { runView } from "./run-view.ts";

/** A run whose process has just begun, once it has said what it does. Throws what ended it before that; its folder goes then. */
export async function begun(id: string, rooms: RunRooms, language: Language): Promise<Run> {
  const { folders, jobs } = rooms;
  for (let tries = 0; ; tries++)
    try {
      return await runView(await folders.read(id), rooms, language);
    } catch (error) {
      const failure = jobs.failureOf(id);
      if (failure) {
        await folders.remove(id);
        throw failure;
      }
      if (tries === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
}
