import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { EspejoError } from "../errors.ts";
import { writeWhole } from "../files.ts";
import { decodeCheckpoint } from "../training/checkpoint.ts";
import type { Checkpoint, Epoch } from "../training/state.ts";

type Options = Readonly<Record<string, unknown>>;

/** The folder of a run: `config.json`, `metrics.jsonl`, `checkpoint.bin`, `model.onnx`. */
export interface Run {
  readonly folder: string;
  readonly data: string;
  readonly options: Options;
  readonly checkpointPath: string;
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
const passing = new Set(["run", "resume", "json", "lang", "output"]);

/** Starts a new run, or opens the one that is to go on; repeated options must then agree. */
export async function openRun(data: string | undefined, options: Options): Promise<Run> {
  if (typeof options.resume === "string") return resumeRun(options.resume, data, options);
  if (data === undefined)
    throw new EspejoError("option_value", { option: "DATA", expected: "a file", value: "nothing" });
  const folder = (options.run as string | undefined) ?? (await newFolder());
  await mkdir(folder, { recursive: true });
  const config = { data, options, fingerprint: null as string | null };
  const save = (): Promise<void> =>
    writeWhole(join(folder, "config.json"), [JSON.stringify(config, null, 2)]);
  await save();
  await writeWhole(join(folder, "metrics.jsonl"), [""]);
  return runOf(folder, data, options, null, async (value) => {
    config.fingerprint = value;
    await save();
  });
}

async function resumeRun(folder: string, data: string | undefined, options: Options): Promise<Run> {
  const config = JSON.parse(
    await readRunFile(folder, "config.json", (bytes) => bytes.toString()),
  ) as {
    data: string;
    options: Options;
    fingerprint: string | null;
  };
  const repeated = { ...options, ...(data !== undefined && { data }) } as Options;
  const before = { ...config.options, data: config.data } as Options;
  for (const [name, value] of Object.entries(repeated))
    if (!passing.has(name) && JSON.stringify(value) !== JSON.stringify(before[name]))
      throw new EspejoError("resume_option", {
        option: name,
        value: JSON.stringify(value),
        before: JSON.stringify(before[name] ?? null),
      });
  const checkpoint = await readRunFile(folder, "checkpoint.bin", decodeCheckpoint);
  const lines = checkpoint.history.map((epoch) => `${JSON.stringify(epoch)}\n`);
  await writeWhole(join(folder, "metrics.jsonl"), [lines.join("")]);
  const merged = { ...config.options, ...options };
  return runOf(folder, config.data, merged, checkpoint, async (value) => {
    if (value !== config.fingerprint) throw new EspejoError("resume_data", { path: config.data });
  });
}

function runOf(
  folder: string,
  data: string,
  options: Options,
  checkpoint: Checkpoint | null,
  fingerprint: (value: string) => Promise<void>,
): Run {
  let written: Promise<void> = Promise.resolve();
  const metrics = join(folder, "metrics.jsonl");
  return {
    folder,
    data,
    options,
    checkpoint,
    fingerprint,
    checkpointPath: join(folder, "checkpoint.bin"),
    epoch(epoch) {
      written = written.then(() => appendFile(metrics, `${JSON.stringify(epoch)}\n`));
    },
    settled: () => written,
  };
}

async function readRunFile<T>(
  folder: string,
  name: string,
  read: (bytes: Buffer) => T,
): Promise<T> {
  const path = join(folder, name);
  try {
    return read(await readFile(path));
  } catch (error) {
    throw new EspejoError(
      "resume_folder",
      { path, reason: (error as Error).message },
      { cause: error },
    );
  }
}

/** A new folder `runs/<time>-<n>`. */
async function newFolder(): Promise<string> {
  const time = new Date().toISOString().slice(0, 19).replace("T", "-").replaceAll(":", "");
  for (let n = 1; ; n++) {
    const folder = join("runs", `${time}-${n}`);
    await mkdir("runs", { recursive: true });
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
