import { appendFile, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { isDatabaseUrl, shownUrl } from "../data/postgres/postgres.ts";
import { type Note, note } from "../data/terms/notes.ts";
import { EspejoError, phrases } from "../errors.ts";
import { reasonOf, writeWhole } from "../files.ts";
import { checked, z } from "../schema.ts";
import { decodeCheckpoint } from "../training/checkpoint.ts";
import type { Checkpoint, Epoch } from "../training/state.ts";
import type { Options } from "./options.ts";

/** The folder of a run: `config.json`, `metrics.jsonl`, `checkpoint.bin`, `model.onnx`. */
export interface Run {
  /** null where none is kept. */
  readonly folder: string | null;
  readonly data: string;
  readonly options: Options;
  readonly checkpointPath: string | null;
  /** Where an earlier run stopped, or null. */
  readonly checkpoint: Checkpoint | null;
  /** Notes the values that train; throws `resume_data` when they are not those of the earlier run. */
  fingerprint(value: string): Promise<void>;
  /** Adds a line to the metrics. */
  epoch(epoch: Epoch): void;
  /** Resolves when all metrics are written. */
  settled(): Promise<void>;
}

/** Options of a command that do not belong to what is learnt. */
const passing = new Set(["run", "resume", "json", "lang", "output", "report"]);

/** What `config.json` holds. */
interface RunConfig {
  readonly data: string;
  readonly options: Options;
  /** Of the values that train; null until they were read. */
  readonly fingerprint: string | null;
}

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const runConfig = z.object({
  data: z.string(),
  options: z.record(z.string(), z.union([value, z.array(value), z.record(z.string(), z.any())])),
  fingerprint: z.nullable(z.string()),
});

/**
 * Starts a new run, or opens the one that is to go on; repeated options must then agree. Where the usual folder
 * cannot be written and the model goes elsewhere, nothing is kept of the run, and that is said. Throws `run_failed`.
 */
export async function openRun(
  data: string,
  options: Options,
  onNote: (note: Note) => void,
): Promise<Run> {
  if (typeof options.resume === "string") return resumeRun(options.resume, data, options);
  const usage = "espejo train data.csv -o model.onnx";
  if (data === "")
    throw new EspejoError("argument_missing", { command: "train", argument: "DATA", usage });
  const config = { data: withoutPassword(data), options, fingerprint: null };
  try {
    return { ...(await newRun(options.run as string | undefined, config)), data };
  } catch (error) {
    if (!(error instanceof EspejoError && error.code === "run_failed")) throw error;
    if (options.run !== undefined || options.output === undefined) throw error;
    onNote(note("run_absent", error.parameters));
    return { ...forgetful(config), data };
  }
}

/** Makes the folder of a run, by default a new one `runs/<time>-<n>`, and what lies in it from the start. */
async function newRun(stated: string | undefined, config: RunConfig): Promise<Run> {
  let path = stated ?? "runs";
  try {
    await mkdir(path, { recursive: true });
    const folder = stated ?? (await newFolder());
    path = folder;
    await writeConfig(folder, config);
    await rm(join(folder, "checkpoint.bin"), { force: true });
    await writeWhole(join(folder, "metrics.jsonl"), [""]);
    return runOf(folder, config, null);
  } catch (error) {
    const reason =
      error instanceof EspejoError && error.code === "write_failed"
        ? error.parameters.reason!
        : reasonOf(error as Error);
    throw new EspejoError("run_failed", { path, reason }, { cause: error });
  }
}

async function resumeRun(folder: string, data: string, options: Options): Promise<Run> {
  const config = await readRunFile(folder, "config.json", parseConfig);
  if (config === null)
    throw new EspejoError("resume_folder", { path: folder, reason: phrases.not_a_run });
  const repeated = { ...options, ...(data !== "" && { data: withoutPassword(data) }) } as Options;
  const before = { ...config.options, data: config.data } as Options;
  for (const [name, value] of Object.entries(repeated))
    if (
      value !== undefined &&
      !passing.has(name) &&
      JSON.stringify(value) !== JSON.stringify(before[name])
    )
      throw new EspejoError("resume_option", {
        option: flagOf(name),
        value: JSON.stringify(value),
        before: JSON.stringify(before[name] ?? null),
      });
  // Without a checkpoint the run had not come to its first step: it begins anew.
  const checkpoint = await readRunFile(folder, "checkpoint.bin", decodeCheckpoint);
  const lines = (checkpoint?.history ?? []).map((epoch) => `${JSON.stringify(epoch)}\n`);
  await writeWhole(join(folder, "metrics.jsonl"), [lines.join("")]);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const merged = { ...config.options, ...Object.fromEntries(given) };
  const run = runOf(folder, { ...config, options: merged }, checkpoint);
  return data === "" ? run : { ...run, data };
}

function parseConfig(bytes: Buffer): RunConfig {
  const result = checked(runConfig, JSON.parse(bytes.toString()));
  if ("fault" in result) throw new Error(phrases.not_a_run);
  return result.value as RunConfig;
}

/** A file of a run never holds a password: to go on, name the data again, or set PGPASSWORD. */
const withoutPassword = (data: string): string => (isDatabaseUrl(data) ? shownUrl(data) : data);

const flagOf = (name: string): string =>
  name === "data" ? "DATA" : `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const writeConfig = (folder: string, config: RunConfig): Promise<void> =>
  writeWhole(join(folder, "config.json"), [`${JSON.stringify(config, null, 2)}\n`]);

function runOf(folder: string, config: RunConfig, checkpoint: Checkpoint | null): Run {
  let written: Promise<void> = Promise.resolve();
  const metrics = join(folder, "metrics.jsonl");
  return {
    folder,
    data: config.data,
    options: config.options,
    checkpoint,
    checkpointPath: join(folder, "checkpoint.bin"),
    async fingerprint(value) {
      if (config.fingerprint === null) await writeConfig(folder, { ...config, fingerprint: value });
      else if (value !== config.fingerprint)
        throw new EspejoError("resume_data", { path: config.data });
    },
    epoch(epoch) {
      written = written.then(() => appendFile(metrics, `${JSON.stringify(epoch)}\n`));
      // Whoever waits for all lines hears of it.
      written.catch(() => {});
    },
    settled: () =>
      written.catch((error: Error) => {
        throw new EspejoError("write_failed", { path: metrics, reason: reasonOf(error) });
      }),
  };
}

/** A run of which nothing is kept. */
const forgetful = ({ data, options }: RunConfig): Run => ({
  ...{ folder: null, checkpointPath: null, checkpoint: null, data, options },
  fingerprint: async () => {},
  epoch() {},
  settled: async () => {},
});

/** What a file of a run holds, or null where there is none. */
async function readRunFile<T>(
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

/** A new folder `runs/<time>-<n>`. */
async function newFolder(): Promise<string> {
  const time = new Date().toISOString().slice(0, 19).replace("T", "-").replaceAll(":", "");
  for (let n = 1; ; n++) {
    const folder = join("runs", `${time}-${n}`);
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
