import { rmSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { uptime } from "node:os";
import { join, resolve } from "node:path";
import { writeWhole } from "../../files.ts";
import { runFiles } from "./run-folder.ts";

/** Which process is at a run: its number, and when its machine was started, since numbers are given again after that. */
interface Worker {
  readonly pid: number;
  readonly booted: number;
}

/** Seconds by which clocks may tell the start of a machine differently. */
const sameStart = 60;

const bootedAt = (): number => Math.round(Date.now() / 1000 - uptime());

/** Runs that this process is at. */
const own = new Set<string>();
let listens = false;

/** Says in the folder of a run that this process is at it, until it leaves it or ends. */
export async function beginWork(folder: string): Promise<void> {
  if (!listens) process.once("exit", () => own.forEach(forget));
  listens = true;
  const path = resolve(folder, runFiles.work);
  own.add(path);
  const worker: Worker = { pid: process.pid, booted: bootedAt() };
  await writeWhole(path, [JSON.stringify(worker)]);
}

/** Says that this process is no longer at a run. */
export async function endWork(folder: string): Promise<void> {
  const path = resolve(folder, runFiles.work);
  if (own.delete(path)) await rm(path, { force: true });
}

function forget(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // the folder may have gone; a process that ended is at nothing
  }
}

/** Whether a process other than this one is at a run. */
export async function isAtWork(folder: string): Promise<boolean> {
  try {
    const { pid, booted } = JSON.parse(
      await readFile(join(folder, runFiles.work), "utf8"),
    ) as Worker;
    const here = Math.abs(booted - bootedAt()) <= sameStart && pid !== process.pid;
    return here && (await lives(pid));
  } catch {
    return false;
  }
}

async function lives(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // someone else's process cannot be asked, and is there
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  // one that has ended, and that nobody has asked about yet, has its number still
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return !/\) Z /.test(status);
}
