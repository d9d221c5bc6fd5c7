import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { EspejoError } from "../../errors.ts";

/** The files of a run, all of them written whole but for the losses, which grow line by line. */
export const runFiles = {
  /** What the run does: command, data, options. */
  config: "config.json",
  /** A line for each epoch. */
  metrics: "metrics.jsonl",
  checkpoint: "checkpoint.bin",
  /** What the network makes of a few rows while it learns, where that was asked for. */
  live: "live.json",
  /** Which process is at it; it goes when the run is done. */
  work: "work.json",
  /** Says that its process was ended on purpose, to go on later. */
  paused: "paused",
  model: "model.onnx",
  /** Every row that a detection ranked. */
  ranking: "ranking.parquet",
  /** What came of it. It is written last, so that what stands beside it belongs to it. */
  summary: "summary.json",
} as const;

/** Codes that a window looked at, of the model whose bytes have a digest: another model has none until it is asked. */
export const codesFileOf = (digest: string): string => `codes-${digest.slice(0, 12)}.parquet`;
/** Whether a file of a run has codes of one of its models. */
export const isCodesFile = (name: string): boolean => /^codes-\w+\.parquet$/.test(name);

/** A file of a training that a run does beside its first one: `checkpoint-basic.bin`. */
export const fileOfPart = (name: string, part: string | null): string =>
  part === null ? name : name.replace(/(?=\.\w+$)/, `-${part}`);

/** Where runs go that nobody named a folder for. */
export const usualRuns = "runs";

/** A new folder `runs/<time>-<n>`. */
export async function newFolder(): Promise<string> {
  const time = new Date().toISOString().slice(0, 19).replace("T", "-").replaceAll(":", "");
  for (let n = 1; ; n++) {
    const folder = join(usualRuns, `${time}-${n}`);
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** Takes away the files that a process which was killed had half written. */
export async function clearHalves(folder: string): Promise<void> {
  const names = Object.values(runFiles).map((name) => name.split(".")[0]);
  const half = new RegExp(`^\\.(${names.join("|")})(-\\w+)?\\.\\w+\\.\\d+-\\d+\\.tmp$`);
  for (const name of await readdir(folder))
    if (half.test(name)) await rm(join(folder, name), { force: true });
}

/** The files of a run that lie in a folder, what came of it first. */
export async function filesOfRun(folder: string): Promise<readonly string[]> {
  const there = await readdir(folder);
  const { summary, ranking, model, checkpoint, metrics, live, work, paused, config } = runFiles;
  const parts = there.filter((name) => /^(checkpoint|metrics)-\w+\.(bin|jsonl)$/.test(name));
  const codes = there.filter(isCodesFile);
  const all = [
    ...[summary, ranking, ...codes, model, checkpoint, metrics],
    ...[live, work, paused, ...parts, config],
  ];
  return all.filter((name) => there.includes(name));
}

/** Takes away what a former run left in a folder: nothing of it may seem to be of the new one. */
export async function clearFolder(folder: string): Promise<void> {
  for (const name of await filesOfRun(folder)) await rm(join(folder, name), { force: true });
  await clearHalves(folder);
}

/** What a file of a run holds, or null where there is none. Throws `resume_folder` where `read` refuses it. */
export async function readRunFile<T>(
  folder: string,
  name: string,
  read: (bytes: Buffer) => T,
): Promise<T | null> {
  const path = join(folder, name);
  try {
    return read(await readFile(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new EspejoError("resume_folder", { path, reason: message }, { cause: error });
  }
}
