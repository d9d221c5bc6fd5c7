import type { Arrays } from "../../data/terms/arrays.ts";
import { EspejoError, phrases } from "../../errors.ts";
import { writeWhole } from "../../files.ts";
import { parseThreshold } from "../../metrics/threshold.ts";
import type { ArrayModel } from "../../tasks/model/array-model.ts";
import type { TableModel } from "../../tasks/model/table-model.ts";
import { isAbsent, isStated, statedThreshold } from "../../tasks/model/threshold-record.ts";
import type { MarkedOutcome } from "../../tasks/threshold/marked-threshold.ts";
import {
  type Rethresholded,
  type RethresholdOptions,
  rethreshold,
  rethresholdArrays,
  withThreshold,
} from "../../tasks/threshold/rethreshold.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
import { evaluationLines } from "../evaluation-report.ts";
import { modelOptions, withModel, withModelAndData } from "../model-option.ts";
import { engineSettingsOf, marksOption, normalOption, type Options, some } from "../options.ts";
import type { Parse } from "../parsers.ts";
import { verdictsOf, verdictsTold } from "../verdicts.ts";

const usage = "espejo threshold data.csv -m model.onnx --threshold recall:0.8 -o new.onnx";

/** A number, or a rule that chooses one. */
const limit: Parse = (text) => {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  parseThreshold(text);
  return text;
};

export const thresholdCommand: CommandRow = {
  name: "threshold",
  argument: { ...dataArgument, optional: true },
  about: "threshold.about",
  examples: [
    "data.csv -m model.onnx --threshold recall:0.8 -o new.onnx",
    "data.csv -m model.onnx --marks reviewed.csv --threshold f1 -o new.onnx",
    "-m model.onnx --threshold 3.5 -o new.onnx",
  ],
  options: [
    { flags: "--threshold <rule>", about: "option.newThreshold", parse: limit },
    { flags: "-o, --output <file>", about: "option.newModel" },
    { flags: "--label <column>", about: "option.label" },
    normalOption,
    marksOption,
    ...modelOptions,
  ],
  run(data, options, context) {
    const threshold = wantedOf(options);
    const output = outputOf(options);
    if (!data) {
      if (typeof threshold === "string")
        throw new EspejoError("threshold_data", { rule: threshold });
      const state = (model: TableModel | ArrayModel) =>
        stateThreshold(model, threshold, output, context);
      return withModel("threshold", options, context, { onTable: state, onArrays: state });
    }
    const { marks, ...settings }: RethresholdOptions = {
      threshold,
      ...some(options, ["label", "normal", "marks"]),
      ...engineSettingsOf(options),
    };
    const label = options.label as string | undefined;
    const open = label === undefined ? {} : { label };
    return withModelAndData("threshold", data, options, context, {
      openTableFor: () => open,
      openArraysFor: () => open,
      onTable: async (model, table) =>
        finish(
          await rethreshold(model, table, { ...settings, ...(marks !== undefined && { marks }) }),
          output,
          context,
        ),
      onArrays: async (model, arrays, own) => {
        refuseMarks(arrays, marks);
        return finish(await rethresholdArrays(model, arrays, settings), output, own);
      },
    });
  },
};

function wantedOf({ threshold }: Options): number | string {
  if (threshold !== undefined) return threshold as number | string;
  throw new EspejoError("option_incomplete", { option: "--threshold", usage });
}

function refuseMarks({ path, detected }: Arrays, marks: unknown): void {
  if (marks === undefined) return;
  throw new EspejoError("option_idle", {
    ...{ path, option: "--marks", format: phrases[detected.content] },
  });
}

function outputOf({ output }: Options): string {
  if (typeof output === "string" && output !== "-") return output;
  throw new EspejoError("option_incomplete", { option: "-o", usage });
}

async function stateThreshold(
  model: TableModel | ArrayModel,
  threshold: number,
  output: string,
  context: Context,
): Promise<number> {
  const before = model.metadata.threshold;
  const after = statedThreshold(threshold);
  await writeWhole(output, [withThreshold(model, threshold)]);
  if (context.json) {
    context.answer({ output, before, threshold: { value: after.threshold, rule: after.rule } });
    return exitCodes.ok;
  }
  sayChange(before, after, context);
  sayStamps(model, context);
  context.say(context.text("saved.line", { path: output }));
  return exitCodes.ok;
}

async function finish(
  found: Rethresholded<TableModel | ArrayModel>,
  output: string,
  context: Context,
): Promise<number> {
  const {
    model,
    before,
    threshold,
    stampThreshold,
    chosenOn,
    judged,
    flagged,
    evaluation,
    trained,
    marks,
  } = found;
  try {
    await model.save(output);
    if (context.json) {
      context.answer({
        ...{ output, before, threshold: { value: threshold.threshold, rule: threshold.rule } },
        ...(stampThreshold && {
          stampThreshold: { value: stampThreshold.threshold, rule: stampThreshold.rule },
        }),
        ...{ trained, chosenOn, judged, flagged, evaluation },
        ...(marks && { marks }),
        ...verdictsTold(verdictsOf(evaluation, context), context),
      });
      return exitCodes.ok;
    }
    const { text, count } = context;
    sayChange(before, threshold, context);
    if (marks) sayMarked(marks, context);
    else if (!isStated(threshold))
      context.say(
        text(trained ? "threshold.chosenHeld" : "threshold.chosen", { rows: count(chosenOn) }),
      );
    if (stampThreshold)
      context.out(
        text("threshold.stamps", {
          threshold: short(stampThreshold.threshold),
          rule: stampThreshold.rule,
        }),
      );
    else sayStamps(model, context);
    context.out(
      text("threshold.flagged", {
        ...{ after: count(flagged.after), before: count(flagged.before), rows: count(judged) },
      }),
    );
    if (evaluation) for (const line of evaluationLines(evaluation, context)) context.out(line);
    context.say(text("saved.line", { path: output }));
    return exitCodes.ok;
  } finally {
    await model.dispose();
  }
}

/** What marked rows chose, and how far they reach. */
function sayMarked({ rows, confirmed, above, lowest }: MarkedOutcome, context: Context): void {
  const { text, count } = context;
  context.out(
    text("threshold.marked", {
      ...{ rows: count(rows), confirmed: count(confirmed) },
      ...{ found: count(above.confirmed), alarms: count(above.falseAlarms) },
    }),
  );
  context.say(text("threshold.markedReach", { lowest: short(lowest) }));
}

const short = (value: number): string => String(Number(value.toPrecision(4)));

function sayChange(
  before: { readonly value: number; readonly rule: string },
  after: { readonly threshold: number; readonly rule: string },
  { out, text }: Context,
): void {
  out(
    text(isAbsent(before) ? "threshold.first" : "threshold.change", {
      ...{ before: short(before.value), beforeRule: before.rule },
      ...{ after: short(after.threshold), afterRule: after.rule },
    }),
  );
}

/** That the threshold of time stamps is another, and stays. */
function sayStamps({ metadata }: TableModel | ArrayModel, { say, text }: Context): void {
  if (!("stampThreshold" in metadata) || !metadata.stampThreshold) return;
  const { value, rule } = metadata.stampThreshold;
  say(text("threshold.stampsStay", { threshold: short(value), rule }));
}
