import type { Note } from "../data/terms/notes.ts";
import { libraryOptions } from "../invocation/library-options.ts";
import { trainingNames } from "../invocation/training-names.ts";
import type { TrainOptions } from "../tasks/lesson/train-options.ts";
import type { Reported } from "../tasks/report/gather.ts";
import type { Split } from "../tasks/rows/split.ts";
import type { Run } from "../tasks/runs/run.ts";
import type { TrainingSummary } from "../tasks/runs/run-summary.ts";
import { type Context, toldNote } from "./context.ts";
import type { Interruptions } from "./interruptions.ts";
import { engineSettingsOf, type Options, some } from "./options.ts";
import { progressOf } from "./progress.ts";
import { liveOf } from "./run.ts";
import { sayNetwork } from "./training-report.ts";

/** What a training gives to the command that started it. */
export interface Trained {
  readonly model: { save(path: string): Promise<void>; dispose(): Promise<void> };
  /** The data, as a person named them. */
  readonly path: string;
  /** Prints what came of it; the model is saved there. */
  readonly report: (output: string) => Promise<void>;
  /** What a report is made from. */
  readonly reported: Reported;
  readonly split: Split;
  readonly summary: TrainingSummary;
}

/** The options of a command that tasks take as they are. */
export const trainSettingsOf = (options: Options): TrainOptions => ({
  ...libraryOptions(some(options, trainingNames)),
  ...engineSettingsOf(options),
});

/** Says a note as the other events of a training are said. */
export const sayNote =
  (context: Context) =>
  (note: Note): void => {
    if (context.json) context.event("note", toldNote(note, context.words));
    else context.remark(note);
  };

/** Says each kind of note once, where several trainings on the same rows would say it. */
export function sayOnce(context: Context): (note: Note) => void {
  const told = new Set<string>();
  return (note) => {
    if (!told.has(note.code)) context.remark(note);
    told.add(note.code);
  };
}

/** What is heard of a training: notes, the network, its progress; and what its run, where there is one, keeps of it. */
export async function watch(
  run: Run | null,
  stop: Interruptions,
  context: Context,
): Promise<TrainOptions> {
  const progress = progressOf(context);
  const kept = await run?.keeps();
  return {
    signal: stop.signal,
    ...kept,
    ...liveOf(run, run?.options ?? {}),
    onNote: sayNote(context),
    onProgress(state) {
      stop.begin();
      progress.onProgress(state);
    },
    onEpoch(epoch) {
      progress.onEpoch(epoch);
      return kept?.onEpoch?.(epoch);
    },
    onModel(network, split) {
      sayNetwork(network, split, context);
      sayResumed(run, context);
    },
  };
}

/** Says where a run goes on. */
export function sayResumed(run: Run | null, context: Context): void {
  if (run?.checkpoint)
    context.say(context.text("resumed.line", { epoch: run.checkpoint.epoch + 1 }));
}
