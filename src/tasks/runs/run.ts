import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { isDatabaseUrl, shownUrl } from "../../data/postgres/postgres.ts";
import { EspejoError, phrases } from "../../errors.ts";
import { reasonOf, writeWhole } from "../../files.ts";
import type { InvocationOptions } from "../../invocation/invocation.ts";
import { optionName } from "../../invocation/option-words.ts";
import { decodeCheckpoint } from "../../training/checkpoint.ts";
import type { Checkpoint, Epoch } from "../../training/state.ts";
import type { TrainOptions } from "../lesson/train-options.ts";
import { forgetPause } from "./pause.ts";
import {
  isPassing,
  newConfig,
  type RunCommand,
  type RunConfig,
  type RunJob,
  readConfig,
  writeConfig,
} from "./run-config.ts";
import {
  clearFolder,
  clearHalves,
  fileOfPart,
  filesOfRun,
  newFolder,
  readRunFile,
  runFiles,
  usualRuns,
} from "./run-folder.ts";
import { concludeRun, type Results } from "./run-summary.ts";
import { beginWork, endWork } from "./work.ts";

/** What a training is told, so that a run keeps it and it goes on where that stopped. */
export type KeptTraining = Pick<
  TrainOptions,
  "checkpointPath" | "resume" | "onFingerprint" | "onEpoch"
>;

/** A run under way: the folder in which a job keeps what it does and what comes of it. */
export interface Run extends RunJob {
  readonly folder: string;
  /** Where rows are watched while it learns, where that is asked for. */
  readonly livePath: string;
  /** Where an earlier try of its first training stopped, or null. */
  readonly checkpoint: Checkpoint | null;
  /**
   * What a training is told to be kept here, its first one or another part of the job by its name. `onFingerprint` throws
   * `resume_data` where the values are not those that the run began with.
   */
  keeps(part?: string | null): Promise<KeptTraining>;
  /** Keeps what came of the job: all of it, or, where the process ends before that, none that anyone takes for whole. */
  conclude(results: Results): Promise<void>;
  /** Says that this process is no longer at it, whatever it came to. */
  leave(): Promise<void>;
}

/**
 * Begins a run in a folder, by default a new one `runs/<time>-<n>`; what a former run left there goes. Throws `run_failed`
 * where nothing can be written there.
 */
export async function beginRun(job: RunJob, stated?: string): Promise<Run> {
  const config = newConfig({ ...job, data: withoutPassword(job.data) });
  let path = stated ?? usualRuns;
  try {
    await mkdir(path, { recursive: true });
    const folder = stated ?? (await newFolder());
    path = folder;
    await checkOwn(folder);
    await clearFolder(folder);
    await writeConfig(folder, config);
    await writeWhole(join(folder, runFiles.metrics), [""]);
    return { ...runOf(folder, config, null), data: job.data };
  } catch (error) {
    const reason =
      error instanceof EspejoError && error.code === "write_failed"
        ? error.parameters.reason!
        : reasonOf(error as Error);
    throw new EspejoError("run_failed", { path, reason }, { cause: error });
  }
}

/** Throws where a folder is none of a run and holds files of the names that those of a run have: they are someone's. */
async function checkOwn(folder: string): Promise<void> {
  const files = await filesOfRun(folder);
  const isRun = files.length === 0 || (await readConfig(folder).catch(() => null)) !== null;
  if (isRun) return;
  const path = join(folder, files[0]!);
  throw new EspejoError("write_failed", { path, reason: phrases.foreign_files });
}

/** What is said again of a run that goes on, and which runs can be gone on with. */
export interface Resumption {
  /** Empty where it is not said again. */
  readonly data: string;
  readonly options: InvocationOptions;
  /** By whom the run may have been begun. */
  readonly commands: readonly RunCommand[];
  readonly program?: boolean;
}

/**
 * Opens the run that is to go on. Throws `resume_folder` where none is there, `resume_command` for one of another command,
 * `resume_program` for one whose data only the program has that began it, `resume_option` for an option that was another.
 */
export async function resumeRun(folder: string, said: Resumption): Promise<Run> {
  const config = await readConfig(folder);
  if (config === null)
    throw new EspejoError("resume_folder", { path: folder, reason: phrases.not_a_run });
  const { command } = config;
  if (!said.commands.includes(command))
    throw new EspejoError("resume_command", { path: folder, command });
  if (config.program && !said.program) throw new EspejoError("resume_program", { path: folder });
  const given = Object.entries(said.options).filter(([, value]) => value !== undefined);
  const repeated = [...given, ...(said.data === "" ? [] : [["data", withoutPassword(said.data)]])];
  const before: InvocationOptions = { ...config.options, data: config.data };
  for (const [name, value] of repeated as [string, unknown][])
    if (!isPassing(name) && JSON.stringify(value) !== JSON.stringify(before[name]))
      throw new EspejoError("resume_option", {
        option: name === "data" ? "DATA" : `--${optionName(name)}`,
        value: JSON.stringify(value),
        before: JSON.stringify(before[name] ?? null),
      });
  await clearHalves(folder);
  await forgetPause(folder);
  // Without a checkpoint the run had not come to its first step: it begins anew.
  const checkpoint = await readCheckpoint(folder, null);
  const options = { ...config.options, ...Object.fromEntries(given) };
  const run = runOf(folder, { ...config, options }, checkpoint);
  return said.data === "" ? run : { ...run, data: said.data };
}

/** A file of a run never holds a password: to go on, name the data again, or set PGPASSWORD. */
const withoutPassword = (data: string): string => (isDatabaseUrl(data) ? shownUrl(data) : data);

const readCheckpoint = (folder: string, part: string | null): Promise<Checkpoint | null> =>
  readRunFile(folder, fileOfPart(runFiles.checkpoint, part), decodeCheckpoint);

function runOf(folder: string, config: RunConfig, first: Checkpoint | null): Run {
  const { command, data, options, program } = config;
  return {
    ...{ folder, command, data, options, ...(program && { program }) },
    livePath: join(folder, runFiles.live),
    checkpoint: first,
    async keeps(part = null) {
      const checkpoint = part === null ? first : await readCheckpoint(folder, part);
      const losses = lossesIn(join(folder, fileOfPart(runFiles.metrics, part)));
      const begin = () => losses.begin(checkpoint?.history ?? []);
      if (part !== null) await begin();
      return {
        checkpointPath: join(folder, fileOfPart(runFiles.checkpoint, part)),
        ...(checkpoint && { resume: checkpoint }),
        onEpoch: losses.add,
        ...(part === null && {
          async onFingerprint(value: string) {
            if (config.fingerprint === null)
              await writeConfig(folder, { ...config, fingerprint: value });
            else if (value !== config.fingerprint)
              throw new EspejoError("resume_data", { path: config.data });
            // what cannot go on is left as it was
            await beginWork(folder);
            await begin();
          },
        }),
      };
    },
    conclude: (results) => concludeRun(folder, results),
    leave: () => endWork(folder),
  };
}

/** A file with a line for each epoch. What is added is there when the last call resolves. */
function lossesIn(path: string) {
  const line = (epoch: Epoch): string => `${JSON.stringify(epoch)}\n`;
  let written: Promise<void> = Promise.resolve();
  return {
    begin: (history: readonly Epoch[]) => writeWhole(path, [history.map(line).join("")]),
    add: (epoch: Epoch): Promise<void> =>
      (written = written.then(() =>
        appendFile(path, line(epoch)).catch((error: Error) => {
          throw new EspejoError("write_failed", { path, reason: reasonOf(error) });
        }),
      )),
  };
}
