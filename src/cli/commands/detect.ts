import type { Address } from "../../data/terms/address.ts";
import type { Arrays } from "../../data/terms/arrays.ts";
import type { Table } from "../../data/terms/table.ts";
import { EspejoError, phrases } from "../../errors.ts";
import { checkKept, type DetectOptions, trainDetector } from "../../tasks/detect/detect.ts";
import { trainArrayDetector } from "../../tasks/detect/detect-arrays.ts";
import { beginDetection, type RunOptions } from "../../tasks/detect/detection-run.ts";
import { rowsHeld } from "../../tasks/model/metadata.ts";
import type { OpenedData } from "../../tasks/opening/open-data.ts";
import { inRun, type Run } from "../../tasks/runs/run.ts";
import { saveErrorMaps } from "../../tasks/score/error-maps.ts";
import type { TrainArraysOptions } from "../../tasks/train/train-arrays.ts";
import type { Method } from "../../tasks/verdicts/verdict.ts";
import { sayNext, sayResumable } from "../calls.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
import { openedAgain, openStoppably, sayArrays } from "../data.ts";
import { detectionAnswer, judgedLines, keep, linesOf, tell } from "../detect-output.ts";
import { rankedItems, rankedRows, rankedStamps } from "../detect-ranked.ts";
import { besideLines, learningLines, type Outcome, ruleLines } from "../detect-report.ts";
import { refuseIdleTraining } from "../idle-training.ts";
import type { Interruptions } from "../interruptions.ts";
import {
  engineOptions,
  inGroup,
  marksOption,
  nameOf,
  normalOption,
  type OptionRow,
  type Options,
  readingOptions,
  roleOptions,
} from "../options.ts";
import { checkEnding, outputOptions } from "../output.ts";
import { oneOf, whole } from "../parsers.ts";
import { progressOf } from "../progress.ts";
import { folderOf, liveOf, needData, type Opened, resumed, runOptions } from "../run.ts";
import { sayTable } from "../table-report.ts";
import {
  networkOptions,
  preparationOptions,
  privateOption,
  scoreOption,
  thresholdOption,
  trainingOptions,
} from "../train-options.ts";
import { logColumnsOf } from "../train-table.ts";
import { sayResumed, trainSettingsOf } from "../training.ts";

import { beyondScores } from "../verdicts.ts";

const detectOptions: readonly OptionRow[] = [
  { flags: "-o, --output <file>", about: "option.outputRanked" },
  ...outputOptions.filter((row) => nameOf(row) !== "output"),
  { flags: "--top <n>", about: "option.top", parse: whole(1) },
  { flags: "--save <file>", about: "option.save" },
  { flags: "--report <file>", about: "option.report" },
  thresholdOption,
  scoreOption,
  { flags: "--per-stamp", about: "option.perStamp" },
  { flags: "--error-maps <folder>", about: "option.errorMaps" },
  { flags: "--fail-on-anomalies", about: "option.failOnAnomalies" },
  ...runOptions,
];

export const detectCommand: CommandRow = {
  name: "detect",
  argument: { ...dataArgument, optional: true },
  about: "detect.about",
  examples: [
    "transactions.csv -o ranked.csv",
    "transactions.csv --label Class --save fraud.onnx --report report.html",
    "machines.csv --normal-only --threshold conformal:0.01",
    "images/ --top 20",
    "transactions.csv --marks reviewed.csv --save better.onnx",
    "transactions.csv --run runs/frauds",
    "--resume runs/frauds",
  ],
  remark: "detect.remark",
  options: [
    ...detectOptions,
    ...roleOptions,
    ...inGroup("help.roles", [normalOption, marksOption]),
    { flags: "--normal-only", about: "option.cleanRows", group: "help.roles" },
    // what it was called before; train means something else by it
    { flags: "--clean", about: "option.cleanRows", hidden: true },
    ...inGroup("help.network", [
      ...networkOptions.filter((row) => nameOf(row) !== "clean"),
      privateOption,
      {
        flags: "--keep <method>",
        about: "option.keep",
        parse: oneOf("ensemble", "basic", "pca"),
      },
      { flags: "--alone", about: "option.alone" },
    ]),
    ...inGroup("help.training", trainingOptions),
    ...inGroup("help.preparation", preparationOptions),
    ...readingOptions,
    ...engineOptions,
  ],
  async run(data, given, context) {
    const { clean, ...others } = given;
    const said = clean === true ? { ...others, normalOnly: clean } : given;
    const again = await resumed(data, said, ["detect"]);
    const { options } = again ?? { options: said };
    checkEnding(options);
    checkPca(options);
    checkKept(options);
    const opened = again ?? (await beginDetecting(data, options));
    return inRun(opened.run, () => detectIn(opened, options, context));
  },
};

/** Detects in the run that is open, where one is kept. */
async function detectIn(
  { run, ...told }: Opened,
  options: Options,
  context: Context,
): Promise<number> {
  const address = options.perStamp ? await openedAgain(told.data) : told.data;
  const { opened, stop, own } = await openStoppably(told.data, options, context, address);
  try {
    checkContent(opened, options);
    refuseIdleTraining(opened, options, { usualKind: usualKindOf(opened, options) });
    sayResumed(run, context);
    const { anomalies, interrupted } = opened.table
      ? await detectInTable(opened.table, options, run, stop, context)
      : await detectInArrays(opened.arrays, address, options, run, stop, own);
    if (run && interrupted) sayResumable("detect", run.folder, context);
    else if (run) sayNext(context, { verb: "runs", data: run.folder, options: {} });
    const found = options.failOnAnomalies && anomalies > 0;
    return stop.code(found ? exitCodes.findings : exitCodes.ok);
  } finally {
    stop.forget();
    await (opened.table ?? opened.arrays).dispose();
  }
}

/** Begins the run that --run asks for. */
async function beginDetecting(data: string, options: Options): Promise<Opened> {
  needData(data, detectCommand);
  const told = { data, options };
  if (options.run === undefined) return { ...told, run: null };
  return { ...told, run: await beginDetection({ command: "detect", ...told }, folderOf(options)) };
}

/** Refuses options of a training that would change nothing in a detection. */
export function refuseIdleDetection(opened: OpenedData, options: Options): void {
  checkPca(options);
  checkKept(options);
  refuseIdleTraining(opened, options, { usualKind: usualKindOf(opened, options) });
}

/** Refuses options of a training where PCA is stated, which is none. */
function checkPca(options: Options): void {
  if (options.keep !== "pca") return;
  const idle = [...networkOptions, ...trainingOptions].find((row) => {
    const name = nameOf(row);
    return name !== "seed" && name !== "kind" && options[name] !== undefined;
  });
  if (idle)
    throw new EspejoError("option_kind", {
      option: idle.flags.split(" ")[0]!,
      ...{ kind: "pca", kinds: "ensemble, basic" },
    });
}

/** The kind that trains where none is stated. */
const usualKindOf = ({ table }: OpenedData, { keep }: Options): string =>
  !table ? "convolutional" : keep === undefined ? "ensemble" : keep === "ensemble" ? keep : "basic";

/** Refuses what the data cannot give, before minutes of work: stamps of what are no windows, maps of no images. */
function checkContent({ table, arrays }: OpenedData, options: Options): void {
  const { path } = table ?? arrays;
  const content = arrays?.detected.content ?? "tables";
  if (options.keep !== undefined && arrays)
    throw new EspejoError("option_idle", { path, option: "--keep", format: phrases[content] });
  if (options.perStamp && !arrays?.steps) throw new EspejoError("stamps_absent", { path });
  if (options.errorMaps !== undefined && content !== "images")
    throw new EspejoError("error_maps_content", { path, content });
}

/** What the training of a detector is told beside its settings. */
function hear(stop: Interruptions, context: Context) {
  const progress = progressOf(context);
  return {
    signal: stop.signal,
    onNote: context.remark,
    onProgress: (state: Parameters<typeof progress.onProgress>[0]) => {
      stop.begin();
      progress.onProgress(state);
    },
  };
}

/** What a detection leaves to say. */
interface Detection {
  readonly anomalies: number;
  readonly interrupted: boolean;
}

async function detectInTable(
  table: Table,
  options: Options,
  run: Run | null,
  stop: Interruptions,
  context: Context,
): Promise<Detection> {
  sayTable(table, context);
  const log = logColumnsOf(table, options);
  const told: Omit<DetectOptions, keyof RunOptions> = {
    ...trainSettingsOf(options),
    ...hear(stop, context),
    ...liveOf(run, options),
    ...(log && { log }),
    normalOnly: options.normalOnly === true,
    beside: options.alone !== true,
    ...(options.keep !== undefined && { keep: options.keep as Method }),
  };
  const detector = await trainDetector(table, told, run);
  try {
    const { model, trained, verdicts, interrupted } = detector;
    const outcome: Outcome = { ...trained, clean: options.normalOnly === true };
    const { ranking, shown } = await rankedRows(detector, table, options, run, context);
    const lines = linesOf(
      learningLines(outcome, context),
      judgedLines(outcome, context, { pca: false }),
      besideLines(detector, outcome, context),
      ruleLines(detector.rules, context),
    );
    await tell(lines, detectionAnswer(detector, ranking, context), shown, options, context);
    await keep(
      { table, model },
      { split: trained.split, verdicts: beyondScores(verdicts) },
      options,
      context,
    );
    const held = rowsHeld(model.metadata);
    if (typeof options.save === "string" && held > 0)
      context.say(context.text("detect.banks", { rows: context.count(held) }));
    return { anomalies: ranking.anomalies, interrupted };
  } finally {
    await detector.dispose();
  }
}

async function detectInArrays(
  arrays: Arrays,
  data: Address,
  options: Options,
  run: Run | null,
  stop: Interruptions,
  context: Context,
): Promise<Detection> {
  sayArrays(arrays, context);
  const told: TrainArraysOptions = {
    ...trainSettingsOf(options),
    ...hear(stop, context),
    labelled: options.label !== undefined || options.normal !== undefined,
  };
  const detector = await trainArrayDetector(arrays, told, run);
  try {
    const { model, trained, rules, interrupted } = detector;
    const outcome: Outcome = { ...trained, clean: options.normalOnly === true };
    if (typeof options.errorMaps === "string") {
      const count = await saveErrorMaps(model, arrays, options.errorMaps, { which: "anomalies" });
      context.say(
        context.text("score.maps", { count: context.count(count), path: options.errorMaps }),
      );
    }
    const { ranking, shown } = options.perStamp
      ? await rankedStamps(detector, data, options, run, context)
      : await rankedItems(detector, arrays, options, run, context);
    const lines = linesOf(
      learningLines(outcome, context),
      judgedLines(outcome, context, { pca: true }),
      ruleLines(rules, context),
    );
    await tell(lines, detectionAnswer(detector, ranking, context), shown, options, context);
    await keep(
      { arrays, model },
      { split: trained.split, verdicts: beyondScores(trained.verdicts) },
      options,
      context,
    );
    return { anomalies: ranking.anomalies, interrupted };
  } finally {
    await detector.dispose();
  }
}
