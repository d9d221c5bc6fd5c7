import { EspejoError, phrases } from "../errors.ts";
import { summary } from "../models/summary.ts";
import type { OpenedData } from "../tasks/opening/open-data.ts";
import { beginLesson } from "../tasks/train/begin-lesson.ts";
import { describeNetwork } from "../tasks/train/describe-network.ts";
import { type Context, toldNote } from "./context.ts";
import { refuseIdleTraining } from "./idle-training.ts";
import type { Options } from "./options.ts";
import { logColumnsOf } from "./train-table.ts";
import { sayNote, trainSettingsOf } from "./training.ts";
import { sayNetwork } from "./training-report.ts";

/** Says which network a training on a table would train, and on how many rows; with --json as one answer. */
export async function sayDesign(
  { table, arrays }: OpenedData,
  options: Options,
  context: Context,
): Promise<void> {
  if (arrays)
    throw new EspejoError("option_idle", {
      ...{ path: arrays.path, option: "--dry-run", format: phrases[arrays.detected.content] },
    });
  refuseIdleTraining({ table }, options);
  const log = logColumnsOf(table, options);
  const hears = context.json ? {} : { onNote: sayNote(context) };
  const told = { ...trainSettingsOf(options), ...(log && { log }), ...hears };
  const begun = await beginLesson(table, told);
  const { network, ...described } = describeNetwork(begun, told);
  if (context.json) {
    const notes = described.notes.map((each) => toldNote(each, context.words));
    context.answer({ ...described, notes });
    return;
  }
  sayNetwork(network, begun.lesson.split, context);
  for (const each of described.notes) context.remark(each);
  context.out(summary(network));
}
