import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, type WriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { EspejoError } from "../errors.ts";
import { checkOptions } from "../options.ts";
import { packageFileError } from "../package-files.ts";
import { placePart } from "./arguments.ts";
import type { Connection, Versions } from "./connected.ts";
import { conversation } from "./conversation.ts";

export type { Connection } from "./connected.ts";

/** Where Spark is, and the Python that talks to it. */
export interface ClusterPlace {
  /** As spark-submit takes it: `local[*]`, `spark://host:7077`, `yarn`, `k8s://...`. */
  readonly master?: string;
  /** Spark Connect: `sc://host:15002`. */
  readonly connect?: string;
  /** Settings of Spark. */
  readonly conf?: Readonly<Record<string, string>>;
  /** The Python that has pyspark; by default `ESPEJO_PYTHON`, else `python3`. */
  readonly python?: string;
  /** A file for all that Spark logs. */
  readonly log?: string;
  /** Hears that no worker has taken a first task in so many seconds. */
  readonly onWaiting?: (seconds: number) => void;
}

/** Lines of what Spark logs that are kept for an error without a log. */
const keptLines = 200;

/** Milliseconds that an application has to end. */
const endingTime = 20_000;

/**
 * Starts Python, and Spark there. Throws `cluster_python` where that cannot be, `cluster_no_spark`, `cluster_no_runtime`,
 * `cluster_unreachable`, `cluster_old_spark`.
 */
export async function connectToCluster(place: ClusterPlace): Promise<Connection> {
  checkOptions("connectToCluster", placePart, place);
  const { master, connect, conf = {}, log } = place;
  const python = place.python ?? process.env.ESPEJO_PYTHON ?? "python3";
  const folder = fileURLToPath(new URL("../../cluster", import.meta.url));
  if (!existsSync(folder)) throw packageFileError("espejo_spark", folder, "bundle_node");
  const paths = [folder, process.env.PYTHONPATH].filter((path) => path);
  const child = spawn(python, ["-m", "espejo_spark.bridge"], {
    // not in the group of the terminal: Ctrl-C is for this process, which ends the other in good order
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, PYTHONPATH: paths.join(process.platform === "win32" ? ";" : ":") },
  });
  const lines: string[] = [];
  const file = log === undefined ? null : createWriteStream(log);
  file?.on("error", () => {});
  createInterface(child.stderr).on("line", (line) => {
    file?.write(`${line}\n`);
    lines.push(line);
    if (lines.length > keptLines) lines.shift();
  });
  const started = once(child, "spawn");
  try {
    await started;
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new EspejoError("cluster_python", { python, reason }, { cause: error });
  }
  const ended = once(child, "exit").then(([code, signal]) => `${signal ?? code ?? ""}`);
  const talk = conversation(child.stdin, child.stdout, ended, () => lastWords(lines));
  try {
    const versions = await talk.ask<Versions>("open", { master, connect, conf }, (event) =>
      place.onWaiting?.((event as { waiting: number }).waiting),
    );
    return { versions, ask: talk.ask, end: () => endOf(child, ended, file) };
  } catch (error) {
    await endOf(child, ended, file);
    if (error instanceof EspejoError && error.code === "cluster_ended") {
      if (/No module named '?(pyspark|pandas|pyarrow|numpy)/.test(lines.join("\n")))
        throw new EspejoError("cluster_no_spark", { python }, { cause: error });
    }
    throw error;
  }
}

/** The last line that says something of what went wrong. */
function lastWords(lines: readonly string[]): string {
  const told = lines.filter((line) => /\S/.test(line) && !/^\s*(at |File |\^|~)/.test(line));
  return told.at(-1)?.trim() ?? "";
}

async function endOf(
  child: ChildProcess,
  ended: Promise<string>,
  log: WriteStream | null,
): Promise<void> {
  child.stdin?.end();
  const timer = setTimeout(() => kill(child), endingTime);
  await ended;
  clearTimeout(timer);
  log?.end();
}

/** Ends the whole group of a process, Java too. */
function kill(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}
