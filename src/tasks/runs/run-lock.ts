import { readFileSync, rmSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { EspejoError } from "../../errors.ts";
import { checked, z } from "../../schema.ts";
import { runFiles } from "./run-folder.ts";

/** Which process is at a run. */
const lock = z.object({
  pid: z.int(),
  host: z.string(),
  /** What tells a process from a later one of the same number, where the system says it; else "". */
  start: z.string(),
});
type Lock = z.output<typeof lock>;

/**
 * Takes a run for this process, so that no other goes on with it meanwhile; it is given back when the process ends, or by what
 * this returns. The lock of a process that is gone counts for nothing. Throws `run_busy`.
 */
export async function lockRun(folder: string): Promise<() => void> {
  const path = join(folder, runFiles.lock);
  const own: Lock = { pid: process.pid, host: hostname(), start: startOf(process.pid) };
  const text = `${JSON.stringify(own)}\n`;
  for (let tries = 0; ; tries++)
    try {
      const file = await open(path, "wx");
      await file.writeFile(text);
      await file.close();
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = await readLock(path);
      // one process may try again what it could not end
      const mine = holder !== null && sameProcess(holder, own);
      if (holder && !mine && (isAlive(holder) || tries === mostTries))
        throw new EspejoError("run_busy", { path: folder, pid: holder.pid, host: holder.host });
      rmSync(path, { force: true });
    }
  if (held.size === 0) process.on("exit", freeAll);
  held.set(path, text);
  return () => free(path);
}

/** Locks of this process, with what it wrote there. */
const held = new Map<string, string>();

function free(path: string): void {
  if (held.has(path) && textIn(path) === held.get(path)) rmSync(path, { force: true });
  held.delete(path);
  if (held.size === 0) process.off("exit", freeAll);
}
const freeAll = (): void => [...held.keys()].forEach(free);

const mostTries = 3;

/** The process that is at a run; null where none is. */
export async function workerOf(folder: string): Promise<Pick<Lock, "pid" | "host"> | null> {
  const holder = await readLock(join(folder, runFiles.lock));
  return holder && isAlive(holder) ? { pid: holder.pid, host: holder.host } : null;
}

async function readLock(path: string): Promise<Lock | null> {
  try {
    const result = checked(lock, JSON.parse(await readFile(path, "utf8")));
    return "value" in result ? result.value : null;
  } catch {
    return null;
  }
}

const sameProcess = (one: Lock, other: Lock): boolean =>
  one.pid === other.pid && one.host === other.host && one.start === other.start;

/** Whether a process is there; of another computer nothing is known, and it is taken to be. */
function isAlive({ pid, host, start }: Lock): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const now = startOf(pid);
  return start === "" || now === "" || now === start;
}

/** When a process began, in the words of Linux: a number that no later process of its pid has; "" elsewhere. */
function startOf(pid: number): string {
  const stat = textIn(`/proc/${pid}/stat`);
  // the name before it stands in parentheses, and may hold blanks
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function textIn(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
