import { loadDuckDB } from "../../data/native/native-parts.ts";
import { EspejoError } from "../../errors.ts";
import { commandOptions, detectionOptions, sameOptions } from "../../invocation/command-options.ts";
import type { InvocationOptions } from "../../invocation/invocation.ts";
import { optionName } from "../../invocation/option-words.ts";
import { z } from "../../schema.ts";
import type { TrainOptions } from "../lesson/train-options.ts";
import { beginRun, type KeptTraining, type Run, resumeRun } from "../runs/run.ts";
import type { RunJob } from "../runs/run-config.ts";

/** Options of a detection that is kept in a run. */
export interface RunOptions {
  /** Where a run is kept: what is learnt, as it is learnt, the model and the ranking; true for a new folder in `runs`. */
  readonly run?: string | true;
  /** The folder of a run that goes on. Options may be said again, and must then be those that it began with. */
  readonly resumeRun?: string;
}

/** `RunOptions`, as they come from a caller. */
export const runShape = {
  run: z.exactOptional(z.union([z.string().check(z.minLength(1)), z.literal(true)])),
  resumeRun: z.exactOptional(z.string().check(z.minLength(1))),
};

/** A detection in its run, with all the options that it has. */
export interface InRun<Options> {
  readonly run: Run | null;
  readonly options: Omit<Options, keyof RunOptions>;
}

/**
 * Opens the run that the options of a detection on a table ask for. Data by their name and options that the command line
 * has words for are kept in these, so that `espejo detect` can go on; else only this program can.
 */
export async function tableRun<Options extends RunOptions>(
  data: unknown,
  { run, resumeRun: resumed, ...options }: Options,
): Promise<InRun<Options>> {
  if (resumed !== undefined) return goingOn(resumed, options, nameOf(data) ?? "");
  if (run === undefined) return { run: null, options };
  const told = plainOf(options);
  const name = nameOf(data);
  const words = name === null ? null : commandOptions(told);
  const job: RunJob =
    name === null || words === null
      ? programJob(name ?? String(Object(data).path ?? "rows"), told)
      : // a table, whatever the command line would take such data for
        { command: "detect", data: name, options: { ...words, content: "rows" } };
  return { run: await beginDetection(job, run === true ? undefined : run), options };
}

/** As `tableRun`, for images and sequences, which a program has opened: only it can go on. */
export async function arraysRun<Options extends RunOptions>(
  path: string,
  { run, resumeRun: resumed, ...options }: Options,
): Promise<InRun<Options>> {
  if (resumed !== undefined) return goingOn(resumed, options, "", true);
  if (run === undefined) return { run: null, options };
  const job = programJob(path, plainOf(options));
  return { run: await beginDetection(job, run === true ? undefined : run), options };
}

/** Begins the run of a detection. Throws `dependency_missing` where its ranking could not be kept in the end, `run_failed`. */
export async function beginDetection(job: RunJob, folder?: string): Promise<Run> {
  await loadDuckDB();
  return beginRun(job, folder);
}

const programJob = (data: string, options: InvocationOptions): RunJob => ({
  ...{ command: "detect", data, options, program: true },
});

/** What data are called that can be opened again by it; null of what only a program has. */
const nameOf = (data: unknown): string | null =>
  typeof data === "string" ? data : data instanceof URL ? data.href : null;

async function goingOn<Options>(
  folder: string,
  options: Omit<Options, keyof RunOptions>,
  data: string,
  ofPrograms = false,
): Promise<InRun<Options>> {
  const run = await resumeRun(folder, { data, options: {}, commands: ["detect"], program: true });
  if (ofPrograms && !run.program)
    throw new EspejoError("resume_command", { path: folder, command: run.command });
  const before = run.program ? run.options : detectionOptions(run.options);
  for (const [name, value] of Object.entries(plainOf(options)))
    if (
      !sameOptions(
        { kind: before.kind, [name]: value },
        { kind: before.kind, [name]: before[name] },
      )
    )
      throw new EspejoError("resume_option", {
        option: `--${optionName(name)}`,
        value: JSON.stringify(value),
        before: JSON.stringify(before[name] ?? null),
      });
  return { run, options: { ...before, ...options } as Omit<Options, keyof RunOptions> };
}

/** What belongs to one call, and not to what a run does. */
const ofCall = ["signal", "checkpointPath", "livePath", "resume", "clean"];

/** What options say as plain data. */
const plainOf = (options: object): InvocationOptions =>
  Object.fromEntries(
    Object.entries(options).filter(
      ([name, value]) =>
        value !== undefined && typeof value !== "function" && !ofCall.includes(name),
    ),
  );

/** Options of a training that its run keeps too: both hear of it. */
export function keptBy<Options extends TrainOptions>(
  kept: KeptTraining | undefined,
  options: Options,
): Options {
  if (!kept) return options;
  return {
    ...options,
    ...kept,
    async onEpoch(epoch) {
      await Promise.all([options.onEpoch?.(epoch), kept.onEpoch?.(epoch)]);
    },
    async onFingerprint(fingerprint) {
      await kept.onFingerprint?.(fingerprint);
      await options.onFingerprint?.(fingerprint);
    },
  };
}
