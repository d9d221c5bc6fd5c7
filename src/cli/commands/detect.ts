import type { Arrays } from "../../data/terms/arrays.ts";
import type { Table } from "../../data/terms/table.ts";
import { EspejoError, phrases } from "../../errors.ts";
import { detect } from "../../tasks/detect/detect.ts";
import { detectArrays } from "../../tasks/detect/detect-arrays.ts";
import { rowsHeld } from "../../tasks/model/metadata.ts";
import type { OpenedData } from "../../tasks/opening/open-data.ts";
import { namingColumns } from "../../tasks/rows/row-names.ts";
import { saveErrorMaps } from "../../tasks/score/error-maps.ts";
import { reasonText } from "../../tasks/score/reason-text.ts";
import type { Method } from "../../tasks/verdicts/verdict.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
import { openStoppably, sayArrays } from "../data.ts";
import {
  detectionAnswer,
  judgedLines,
  keep,
  linesOf,
  type Ranked,
  tell,
} from "../detect-output.ts";
import {
  rankColumn,
  rankedItems,
  rankedStamps,
  scoreColumns,
  shownRows,
} from "../detect-ranked.ts";
import {
  besideLines,
  learningLines,
  type Outcome,
  rankedRowLine,
  ruleLines,
} from "../detect-report.ts";
import { refuseIdleTraining } from "../idle-training.ts";
import type { Interruptions } from "../interruptions.ts";
import { kindOptionRows } from "../kind-options.ts";
import {
  engineOptions,
  inGroup,
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
import { sayTable } from "../table-report.ts";
import {
  preparationOptions,
  privateOption,
  scoreOption,
  thresholdOption,
  trainingOptions,
} from "../train-options.ts";
import { logColumns } from "../train-table.ts";
import { trainSettingsOf } from "../training.ts";

import { beyondScores, verdictsTold } from "../verdicts.ts";
import { textColumns } from "./encode.ts";

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
];

export const detectCommand: CommandRow = {
  name: "detect",
  argument: dataArgument,
  about: "detect.about",
  examples: [
    "transactions.csv -o ranked.csv",
    "transactions.csv --label Class --save fraud.onnx --report report.html",
    "machines.csv --normal-only --threshold conformal:0.01",
    "images/ --top 20",
  ],
  remark: "detect.remark",
  options: [
    ...detectOptions,
    ...roleOptions,
    ...inGroup("help.roles", [normalOption]),
    { flags: "--normal-only", about: "option.cleanRows", group: "help.roles" },
    // what it was called before; train means something else by it
    { flags: "--clean", about: "option.cleanRows", hidden: true },
    ...inGroup("help.network", [
      ...kindOptionRows.filter((row) => nameOf(row) === "kind"),
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
    const options = clean === undefined ? others : { ...others, normalOnly: clean };
    checkEnding(options);
    const { opened, stop, own } = await openStoppably(data, options, context);
    try {
      checkContent(opened, options);
      checkPca(options);
      refuseIdleTraining(opened, options, { usualKind: usualKindOf(opened, options) });
      const anomalies = opened.table
        ? await detectInTable(opened.table, options, stop, context)
        : await detectInArrays(opened.arrays, data, options, stop, own);
      const found = options.failOnAnomalies && anomalies > 0;
      return stop.code(found ? exitCodes.findings : exitCodes.ok);
    } finally {
      stop.forget();
      await (opened.table ?? opened.arrays).dispose();
    }
  },
};

/** Refuses options of a training where PCA is stated, which is none. */
function checkPca(options: Options): void {
  if (options.keep !== "pca") return;
  const idle = trainingOptions.find((row) => {
    const name = nameOf(row);
    return name !== "seed" && options[name] !== undefined;
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

const reasonColumns = ["reason_1", "reason_2", "reason_3"];

async function detectInTable(
  table: Table,
  options: Options,
  stop: Interruptions,
  context: Context,
): Promise<number> {
  sayTable(table, context);
  const log = logColumns(table, options);
  const detector = await detect(table, {
    ...trainSettingsOf(options),
    ...hear(stop, context),
    ...(log && { log }),
    normalOnly: options.normalOnly === true,
    beside: options.alone !== true,
    ...(options.keep !== undefined && { keep: options.keep as Method }),
  });
  try {
    const { model, trained, method, beside, rules, verdicts } = detector;
    const outcome: Outcome = { ...trained, clean: options.normalOnly === true };
    const ids = namingColumns(table.columns);
    const most = options.top as number | undefined;
    const {
      ranked,
      rows,
      anomalies,
      verdicts: alarms,
    } = await detector.rank(table, { ids, ...(most && { most }) });
    const found: Ranked = {
      columns: [
        rankColumn,
        ...(ids.length > 0 ? textColumns(ids) : [{ name: "row", type: "integer" } as const]),
        ...scoreColumns,
        ...textColumns(reasonColumns),
      ],
      cells: [
        ranked.map((_, i) => i + 1),
        ...(ids.length > 0
          ? ids.map((_, j) => ranked.map((each) => each.ids[j]!))
          : [ranked.map(({ row }) => row + 1)]),
        ranked.map(({ score }) => score),
        ranked.map(({ isAnomaly }) => isAnomaly),
        ...reasonColumns.map((_, k) =>
          ranked.map(({ reasons }) =>
            reasons[k] ? reasonText(reasons[k], context, "plain") : null,
          ),
        ),
      ],
      best: ranked.slice(0, shownRows).map((each, i) => rankedRowLine(each, i + 1, ids, context)),
      ...{ anomalies, rows, count: ranked.length, verdicts: alarms },
    };
    const told = {
      ...detectionAnswer(outcome, rows, anomalies, context),
      ...verdictsTold([...verdicts, ...alarms], context),
      ...{ method, beside, rules },
    };
    const lines = linesOf(
      learningLines(outcome, context),
      judgedLines(outcome, context, { pca: false }),
      besideLines({ method, beside, verdicts }, outcome, context),
      ruleLines(rules, context),
    );
    await tell(lines, told, found, options, context);
    await keep(
      { table, model },
      { split: trained.split, verdicts: beyondScores(verdicts) },
      options,
      context,
    );
    const held = rowsHeld(model.metadata);
    if (typeof options.save === "string" && held > 0)
      context.say(context.text("detect.banks", { rows: context.count(held) }));
    return anomalies;
  } finally {
    await detector.dispose();
  }
}

async function detectInArrays(
  arrays: Arrays,
  data: string,
  options: Options,
  stop: Interruptions,
  context: Context,
): Promise<number> {
  sayArrays(arrays, context);
  const detector = await detectArrays(arrays, {
    ...trainSettingsOf(options),
    ...hear(stop, context),
    labelled: options.label !== undefined || options.normal !== undefined,
  });
  try {
    const { model, trained, rules } = detector;
    const outcome: Outcome = { ...trained, clean: options.normalOnly === true };
    if (typeof options.errorMaps === "string") {
      const count = await saveErrorMaps(model, arrays, options.errorMaps, { which: "anomalies" });
      context.say(
        context.text("score.maps", { count: context.count(count), path: options.errorMaps }),
      );
    }
    const ranked = options.perStamp
      ? await rankedStamps(model, data, options, context)
      : await rankedItems(detector, arrays, options, context);
    const told = { ...detectionAnswer(outcome, ranked.rows, ranked.anomalies, context), rules };
    const lines = linesOf(
      learningLines(outcome, context),
      judgedLines(outcome, context, { pca: true }),
      ruleLines(rules, context),
    );
    await tell(lines, told, ranked, options, context);
    await keep(
      { arrays, model },
      { split: trained.split, verdicts: beyondScores(trained.verdicts) },
      options,
      context,
    );
    return ranked.anomalies;
  } finally {
    await detector.dispose();
  }
}
