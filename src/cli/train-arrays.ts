import { openArrays } from "../data/arrays/open-arrays.ts";
import type { Arrays } from "../data/terms/arrays.ts";
import type { TrainOptions } from "../tasks/lesson/train-options.ts";
import { countsOf } from "../tasks/rows/labels.ts";
import { parts } from "../tasks/rows/split.ts";
import { trainingSummary } from "../tasks/runs/run-summary.ts";
import { arrayReasonText } from "../tasks/score/array-reason-text.ts";
import { explainRows } from "../tasks/score/array-reasons.ts";
import { type TrainedArrays, trainArrays } from "../tasks/train/train-arrays.ts";
import type { Context } from "./context.ts";
import { arraysAnswer, rowName, sayArrays } from "./data.ts";
import { refuseIdleTraining } from "./idle-training.ts";
import type { Options } from "./options.ts";
import { openOptionsOf } from "./options.ts";
import { type Trained, trainSettingsOf } from "./training.ts";
import { reportOutcome } from "./training-report.ts";

/** Trains on images or sequences, as the options of the command say. */
export async function trainOnArrays(
  arrays: Arrays,
  options: Options,
  hear: TrainOptions,
  context: Context,
): Promise<Trained> {
  refuseIdleTraining({ arrays }, options);
  const labelled = options.label !== undefined || options.normal !== undefined;
  if (context.json) context.event("arrays", arraysAnswer(arrays, context));
  else {
    sayArrays(arrays, context);
    if (arrays.labels && !labelled) sayClasses(arrays.labels, context);
  }
  const clean =
    options.clean === undefined
      ? undefined
      : await openArrays(String(options.clean), {
          ...openOptionsOf(options),
          like: arrays.detected,
        });
  try {
    const trained = await trainArrays(arrays, {
      ...trainSettingsOf(options),
      ...hear,
      labelled,
      ...(clean && { clean }),
    });
    const summary = trainingSummary(trained);
    return {
      model: trained.model,
      path: arrays.path,
      report: async (output) => {
        reportOutcome(summary, output, context);
        if (!context.json) await reportWorst(trained, arrays, context);
      },
      reported: { arrays, model: trained.model },
      ...{ split: trained.split, summary },
    };
  } finally {
    await clean?.dispose();
  }
}

const shownClasses = 10;

function sayClasses(labels: readonly string[], context: Context): void {
  const counts = countsOf(labels);
  const values = counts
    .slice(0, shownClasses)
    .map(([value, n]) => `${value} (${context.count(n)})`);
  if (counts.length > shownClasses) values.push("...");
  context.say(`  ${context.text("arrays.classes", { values: values.join(", ") })}`);
}

const shownRows = 5;

/** The highest scores of the rows that did not train. */
async function reportWorst(
  { model, held, split, labels }: TrainedArrays,
  arrays: Arrays,
  context: Context,
): Promise<void> {
  const tested = split.counts.test > 0;
  const places = Array.from(held.rows, (_, i) => i)
    .filter((i) => !tested || split.partOf[held.rows[i]!] === parts.test)
    .sort((a, b) => held.model[b]! - held.model[a]! || a - b)
    .slice(0, shownRows);
  const rows = places.map((place) => held.rows[place]!);
  const reasons = await explainRows(model, arrays, rows);
  context.out(context.text(tested ? "worst.test" : "worst.held"));
  for (const place of places) {
    const row = held.rows[place]!;
    const mark = labels
      ? `${context.text(labels.classes[row] === 1 ? "worst.anomaly" : "worst.normal")}  `
      : "";
    const reason = reasons.get(row);
    context.out(
      context
        .text("worst.name", {
          name: rowName(arrays, row),
          score: held.model[place]!.toPrecision(4),
          mark,
          reason: reason ? arrayReasonText(reason, model.metadata, arrays, row, context) : "",
        })
        .trimEnd(),
    );
  }
}
