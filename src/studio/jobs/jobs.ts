import { type ChildProcess, spawn } from "node:child_process";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { arrivedError, type CarriedError } from "../../carried-errors.ts";
import { EspejoError } from "../../errors.ts";
import { markPaused } from "../../tasks/runs/pause.ts";
import { runFiles } from "../../tasks/runs/run-folder.ts";
import type { Events } from "../events/events.ts";
import { EpochFile, lossOf } from "./epochs.ts";

/** Milliseconds between looks at what a training has done. */
const lookMs = 150;

/** What is kept of what a process says: its last word is what matters. */
const mostSaid = 64 * 1024;

interface Job {
  readonly child: ChildProcess;
  /** When it was started, in milliseconds since 1970. */
  readonly started: number;
  readonly ended: Promise<void>;
}

/**
 * Runs of the project that are under way, each a call of the command line in a process of its own: what happens to one takes
 * nothing else with it, and what the studio does, a person can do without it.
 */
export class Jobs {
  readonly #main: string;
  readonly #folder: string;
  readonly #events: Events;
  readonly #running = new Map<string, Job>();
  readonly #failed = new Map<string, Error>();

  /** `main` is the file of the command line. */
  constructor(main: string, project: { readonly folder: string }, events: Events) {
    this.#main = main;
    this.#folder = project.folder;
    this.#events = events;
  }

  isRunning(id: string): boolean {
    return this.#running.has(id);
  }

  /** When a run was started that is under way, in milliseconds since 1970; null of others. */
  startOf(id: string): number | null {
    return this.#running.get(id)?.started ?? null;
  }

  /** What ended the last try of a run; null where nothing did. */
  failureOf(id: string): Error | null {
    return this.#failed.get(id) ?? null;
  }

  /** Starts a call whose run, or scored file, is in a folder of the project. Throws `studio_running`. */
  start(
    id: string,
    words: readonly string[],
    folder: string,
    what: "run" | "scored" = "run",
  ): void {
    if (this.isRunning(id)) throw new EspejoError("studio_running", {});
    this.#failed.delete(id);
    const child = this.#spawn(words);
    const epochs = new EpochFile(join(folder, runFiles.metrics));
    const live = join(folder, runFiles.live);
    let learns = false;
    let seen = 0;
    const tell = async (): Promise<void> => {
      for (const line of await epochs.news()) {
        this.#events.tell("epoch", { id, ...lossOf(line) });
        // what was read is learnt from now
        if (!learns) this.#events.tell("run", { id, state: "running" });
        learns = true;
      }
      const at = await changeOf(live);
      if (at !== seen) this.#events.tell("live", { id });
      seen = at;
    };
    let told = Promise.resolve();
    const clock = setInterval(() => {
      told = told.then(tell);
    }, lookMs);
    const ended = endOf(child).then(async (failure) => {
      clearInterval(clock);
      await told.then(tell);
      this.#running.delete(id);
      if (failure) this.#failed.set(id, failure);
      this.#events.tell(what, { id, state: failure ? "failed" : "done" });
    });
    this.#running.set(id, { child, ended, started: Date.now() });
    this.#events.tell(what, { id, state: "running" });
  }

  /** Calls the command line and waits for its end. Throws what it says went wrong. */
  async call(words: readonly string[]): Promise<void> {
    const child = this.#spawn(words);
    const failure = await endOf(child);
    if (failure) throw failure;
  }

  #spawn(words: readonly string[]): ChildProcess {
    return spawn(
      process.execPath,
      [
        "--import",
        new URL("./with-parent.js", import.meta.url).href,
        this.#main,
        ...words,
        "--json",
      ],
      // by the channel it hears that the studio is gone
      { cwd: this.#folder, stdio: ["ignore", "ignore", "pipe", "ipc"] },
    );
  }

  /** Asks a run to end with what it has come to. Throws `studio_ended`. */
  async stop(id: string): Promise<void> {
    const job = this.#running.get(id);
    if (!job) throw new EspejoError("studio_ended", {});
    job.child.kill("SIGINT");
    await job.ended;
  }

  /** Ends the process of a run at once; it goes on from its last checkpoint. Throws `studio_ended`. */
  async pause(id: string, folder: string): Promise<void> {
    const job = this.#running.get(id);
    if (!job) throw new EspejoError("studio_ended", {});
    await markPaused(folder);
    job.child.kill("SIGKILL");
    await job.ended;
  }

  /** Ends all processes at once: each run goes on from its last epoch when it is asked to. */
  async close(): Promise<void> {
    const jobs = [...this.#running.values()];
    for (const { child } of jobs) child.kill("SIGKILL");
    await Promise.all(jobs.map(({ ended }) => ended));
  }
}

/** When a file was written last; 0 where there is none. */
const changeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

/** How a process ended; null where it did what it should. */
function endOf(child: ChildProcess): Promise<Error | null> {
  let said = "";
  child.stderr!.on("data", (part) => {
    said = (said + part).slice(-mostSaid);
  });
  return new Promise((resolve) => {
    child.once("error", resolve);
    child.once("close", (code, signal) => resolve(failureOf(code, signal, said)));
  });
}

/** Exit codes of a run that has come to something: done, or stopped by a person (128 and the number of the signal). */
const fine = [0, 130, 143];

/** What a process ended by, from the line in which it says so; null where it did what it should. */
function failureOf(code: number | null, signal: string | null, said: string): Error | null {
  if (code !== null && fine.includes(code)) return null;
  if (signal === "SIGKILL") return null;
  for (const line of said.trim().split("\n").reverse()) {
    const told = errorOf(line);
    if (told) return told;
  }
  return new Error(said.trim().split("\n").at(-1) || `exit code ${code ?? signal}`);
}

function errorOf(line: string): Error | null {
  try {
    const told = JSON.parse(line) as { event?: string } & CarriedError;
    return told.event === "error" ? arrivedError(told) : null;
  } catch {
    return null;
  }
}
