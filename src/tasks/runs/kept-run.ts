import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { EspejoError, phrases } from "../../errors.ts";
import { readingReason } from "../../files.ts";
import { checkArguments } from "../../options.ts";
import { argument } from "../model/arguments.ts";
import { isPaused } from "./pause.ts";
import { type RunJob, readConfig } from "./run-config.ts";
import { runFiles, usualRuns } from "./run-folder.ts";
import { type RunSummary, readSummary } from "./run-summary.ts";
import { isAtWork } from "./work.ts";

/** A run as its folder tells it. */
export interface KeptRun extends RunJob {
  readonly folder: string;
  /** When it was begun, as in 2026-01-31T12:00:00Z; null in runs from before that was kept. */
  readonly began: string | null;
  /**
   * "done" with all that it came to; "stopped" by a person before its time, with what it had come to; "paused" where
   * its process was ended on purpose, to go on later; "unfinished" where it is under way, or its process ended. What is not
   * done can go on.
   */
  readonly state: "done" | "stopped" | "paused" | "unfinished";
  /** Whether another process is at it now; it is "unfinished" then, or is done again. */
  readonly atWork: boolean;
  /** Epochs of its first training that are done. */
  readonly epochs: number;
  /** What it came to; null where it is unfinished. */
  readonly summary: RunSummary | null;
}

/** A folder that looks like a run, and cannot be read as one. */
export interface DamagedRun {
  readonly folder: string;
  readonly reason: string;
}

/** Reads what the run in a folder does and has come to. Throws `run_unknown` where none can be read there. */
export async function readRun(folder: string): Promise<KeptRun> {
  checkArguments("readRun", { folder: [folder, argument.path] });
  const run = await runIn(folder);
  if (run && "reason" in run)
    throw new EspejoError("run_unknown", { path: run.folder, reason: run.reason });
  if (!run) throw new EspejoError("run_unknown", { path: folder, reason: phrases.not_a_run });
  return run;
}

/** The run in a folder, or what is wrong with it; null where none is there. */
async function runIn(folder: string): Promise<KeptRun | DamagedRun | null> {
  try {
    const config = await readConfig(folder);
    if (!config) return null;
    const { fingerprint: _, ...told } = config;
    const summary = await readSummary(folder);
    const state = summary ? ended(summary) : (await isPaused(folder)) ? "paused" : "unfinished";
    const atWork = await isAtWork(folder);
    return {
      ...told,
      folder,
      state,
      atWork,
      epochs: summary?.epochs ?? (await linesIn(folder)),
      summary,
    };
  } catch (error) {
    if (!(error instanceof EspejoError && error.code === "resume_folder")) throw error;
    const { path, reason } = error.parameters as { path: string; reason: string };
    return { folder: path, reason };
  }
}

const ended = ({ stopped }: RunSummary) => (stopped === "asked" ? "stopped" : "done");

const linesIn = (folder: string): Promise<number> =>
  readFile(join(folder, runFiles.metrics), "utf8").then(
    (text) => text.split("\n").length - 1,
    () => 0,
  );

/** The runs in a folder, those that were begun last first. */
export interface KeptRuns {
  readonly runs: readonly KeptRun[];
  readonly damaged: readonly DamagedRun[];
}

/** Reads the runs that lie in a folder, by default `runs`. Throws `run_unknown` for a folder that is not there. */
export async function listRuns(folder: string = usualRuns): Promise<KeptRuns> {
  checkArguments("listRuns", { folder: [folder, argument.path] });
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    const reason = readingReason(error as Error);
    throw new EspejoError("run_unknown", { path: folder, reason }, { cause: error });
  }
  const found = await Promise.all(names.map((name) => runIn(join(folder, name))));
  const isRun = (each: KeptRun | DamagedRun | null): each is KeptRun =>
    each !== null && !("reason" in each);
  const isDamaged = (each: KeptRun | DamagedRun | null): each is DamagedRun =>
    each !== null && "reason" in each;
  return {
    runs: found.filter(isRun).sort(lastFirst),
    damaged: found.filter(isDamaged),
  };
}

/** By the time of their begin, then by name; those from before it was kept come last. */
function lastFirst(a: KeptRun, b: KeptRun): number {
  const [one, other] = [a, b].map(({ began, folder }) => `${began ?? ""} ${folder}`);
  return one! < other! ? 1 : -1;
}
