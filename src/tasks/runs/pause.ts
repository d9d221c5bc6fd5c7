import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "../../files.ts";
import { runFiles } from "./run-folder.ts";

/** Says of a run whose process was ended that this was meant: it waits until it goes on. One that had come to its end has. */
export async function markPaused(folder: string): Promise<void> {
  if (await isThere(join(folder, runFiles.summary))) return;
  await writeWhole(join(folder, runFiles.paused), [""]);
}

/** Whether a run waits. */
export const isPaused = (folder: string): Promise<boolean> =>
  isThere(join(folder, runFiles.paused));

/** A run that goes on waits no longer. */
export const forgetPause = (folder: string): Promise<void> =>
  rm(join(folder, runFiles.paused), { force: true });

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
