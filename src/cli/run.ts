import { type Note, note } from "../data/terms/notes.ts";
import { EspejoError } from "../errors.ts";
import { beginRun, type Run, resumeRun } from "../tasks/runs/run.ts";
import { type RunCommand, readConfig } from "../tasks/runs/run-config.ts";
import type { CommandRow } from "./command.ts";
import type { OptionRow, Options } from "./options.ts";
import { checkPlaces } from "./output.ts";
import { usageOf } from "./usage.ts";

/** The options that keep a run, and go on with one. */
export const runOptions: readonly OptionRow[] = [
  { flags: "--run [folder]", about: "option.run" },
  { flags: "--resume <folder>", about: "option.resume" },
  { flags: "--live", about: "option.live" },
];

/** What a command is to do, in a run or, where none is kept, without one. */
export interface Opened {
  readonly run: Run | null;
  readonly data: string;
  readonly options: Options;
}

/** The folder that --run names; undefined where it asks for the usual one. */
export const folderOf = ({ run }: Options): string | undefined =>
  typeof run === "string" ? run : undefined;

/** Where rows are watched while a training learns: in the folder of its run, where that is asked for. */
export const liveOf = (run: Run | null, { live }: Options): { readonly livePath?: string } =>
  run && live === true ? { livePath: run.livePath } : {};

/** Which command began the run that --resume names; null where it names none that can be read. */
export const begunBy = async (resume: unknown): Promise<RunCommand | null> =>
  typeof resume === "string" ? ((await readConfig(resume))?.command ?? null) : null;

/** Opens the run that --resume names; null where it names none. Repeated options must agree with it. */
export async function resumed(
  data: string,
  options: Options,
  commands: readonly RunCommand[],
): Promise<(Opened & { readonly run: Run }) | null> {
  if (typeof options.resume !== "string") return null;
  const run = await resumeRun(options.resume, { data, options, commands });
  await checkPlaces(run.options);
  return { run, data: run.data, options: run.options };
}

/** Throws `argument_missing` where a command that may go on with a run has no data to begin one with. */
export function needData(data: string, command: CommandRow): void {
  if (data === "")
    throw new EspejoError("argument_missing", {
      ...{ command: command.name, argument: "DATA", usage: usageOf(command) },
    });
}

/**
 * Begins the run of a training. Where the usual folder cannot be written and the model goes elsewhere, nothing is kept of
 * it, and that is said. Throws `run_failed`.
 */
export async function beginTraining(
  command: RunCommand,
  data: string,
  options: Options,
  onNote: (note: Note) => void,
): Promise<Opened> {
  const told = { data, options };
  try {
    return { ...told, run: await beginRun({ command, ...told }, folderOf(options)) };
  } catch (error) {
    if (!(error instanceof EspejoError && error.code === "run_failed")) throw error;
    if (options.run !== undefined || options.output === undefined) throw error;
    onNote(note("run_absent", error.parameters));
    return { ...told, run: null };
  }
}
