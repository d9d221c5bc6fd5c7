import { join } from "node:path";
import { phrases } from "../../errors.ts";
import { writeWhole } from "../../files.ts";
import type { InvocationOptions } from "../../invocation/invocation.ts";
import { checked, z } from "../../schema.ts";
import { espejoVersion } from "../model/version.ts";
import { readRunFile, runFiles } from "./run-folder.ts";

/** The commands that keep runs. */
export type RunCommand = "train" | "detect" | "cluster train";

/** What a run does: a command on data, in the words of the command line. */
export interface RunJob {
  readonly command: RunCommand;
  /** As a person names them: a file, a folder, a pattern, an address without its password. */
  readonly data: string;
  /** By their names in camel case, with values as the command line reads them. */
  readonly options: InvocationOptions;
  /** A program holds the data, or an option that the command line has no word for: the options are those of the library. */
  readonly program?: true;
}

/** Options of a command that change nothing in what a run keeps. */
const passing = new Set([
  ...["run", "resume", "json", "lang", "output", "report"],
  ...["save", "format", "excel", "errorMaps", "failOnAnomalies", "live", "dryRun"],
  // where a cluster is, not what it does
  ...["master", "connect", "conf", "python", "sparkLog", "frame"],
]);

/** Whether an option is of a call only, such as where results go, and none of what a run does. */
export const isPassing = (name: string): boolean => passing.has(name);

/** What `config.json` holds. */
export interface RunConfig extends RunJob {
  /** Of the values, what each row is used for and its label; null until they were read. */
  readonly fingerprint: string | null;
  /** When it was begun, as in 2026-01-31T12:00:00Z; null in runs from before that was kept. */
  readonly began: string | null;
}

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const runConfig = z.object({
  command: z._default(z.enum(["train", "detect", "cluster train"]), "train"),
  data: z.string(),
  options: z.record(z.string(), z.union([value, z.array(z.any()), z.record(z.string(), z.any())])),
  program: z.optional(z.literal(true)),
  fingerprint: z.nullable(z.string()),
  began: z._default(z.nullable(z.string()), null),
});

/** The configuration of a new run. */
export const newConfig = (job: RunJob): RunConfig => ({
  ...job,
  fingerprint: null,
  began: `${new Date().toISOString().slice(0, 19)}Z`,
});

/** What the run in a folder does; null where there is none. Throws `resume_folder` for one that is damaged. */
export const readConfig = (folder: string): Promise<RunConfig | null> =>
  readRunFile(folder, runFiles.config, (bytes) => {
    const result = checked(runConfig, JSON.parse(bytes.toString()));
    if ("fault" in result) throw new Error(phrases.not_a_run);
    return result.value as RunConfig;
  });

export const writeConfig = (folder: string, config: RunConfig): Promise<void> =>
  writeWhole(join(folder, runFiles.config), [
    `${JSON.stringify({ ...config, espejo: espejoVersion }, null, 2)}\n`,
  ]);
