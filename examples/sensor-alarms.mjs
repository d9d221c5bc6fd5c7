/**
 * Alarms in time: series of the Numenta benchmark (NAB) with known causes, cut into overlapping windows.
 * The error of a time stamp is the mean over the windows that cover it; beside it the labelled spans.
 */
import { readFileSync } from "node:fs";
import { metrics } from "espejo";
import { openArrays, openTable, scoreStamps, trainArrays } from "espejo/node";
import { drawCharts } from "./kit/charts.mjs";
import { choose, dataFile, picturePath, report } from "./kit/run.mjs";

const labels = JSON.parse(readFileSync(dataFile("sequences/nab/combined_windows.json"), "utf8"));
/** Steps of a window, and from one to the next: half a day to a week. */
const allSeries = [
  { name: "nyc_taxi", cuts: { GRU: [48, 8], conv1d: [336, 24] } },
  { name: "ambient_temperature_system_failure", cuts: { GRU: [168, 24], conv1d: [168, 24] } },
  { name: "machine_temperature_system_failure", cuts: { GRU: [288, 48], conv1d: [288, 48] } },
  { name: "ec2_request_latency_system_failure", cuts: { GRU: [48, 6], conv1d: [48, 6] } },
];
const networks = {
  GRU: { kind: "recurrent", cell: "gru", units: [24], latentDim: 4, batchSize: 32 },
  conv1d: { kind: "convolutional", filters: [16, 32], kernelSize: 5, latentDim: 4, batchSize: 32 },
};
const epochs = choose({ smoke: 1, short: 20, full: 60 });

/** Times in milliseconds and values of a series. */
async function readSeries(path) {
  const table = await openTable(path);
  const [times, values] = [[], []];
  const request = { numeric: ["timestamp", "value"], categories: [] };
  for await (const { rows, numeric } of table.batches(request))
    for (let i = 0; i < rows; i++) {
      times.push(numeric[2 * i] * 86_400_000);
      values.push(numeric[2 * i + 1]);
    }
  await table.dispose();
  return { times, values };
}

/** Means of the `width` steps around each. */
const smoothed = (errors, width) =>
  errors.map((_, i) => metrics.mean(errors.slice(Math.max(0, i - width / 2), i + width / 2)));

const chosen = choose({ smoke: allSeries.slice(0, 1), short: allSeries, full: allSeries });
for (const { name, cuts } of chosen) {
  const file = `realKnownCause/${name}.csv`;
  const path = dataFile(`sequences/nab/${file}`);
  const { times, values } = await readSeries(path);
  const spans = labels[file].map((span) => span.map((time) => Date.parse(`${time.slice(0, 19)}Z`)));
  const within =
    ([from, to]) =>
    (step) =>
      times[step] >= from && times[step] <= to;
  console.log(`\n${name}: ${values.length} steps, ${spans.length} labelled spans`);
  const around = { dates: true, spans };
  const charts = [
    { ...around, title: name, y: "value", lines: [{ x: times, y: values, width: 0.8 }] },
  ];
  for (const [kind, options] of Object.entries(networks)) {
    const [window, stride] = cuts[kind];
    const arrays = await openArrays(path, { window, stride, stamps: true });
    const { model } = await trainArrays(arrays, {
      ...options,
      // odd stretches of all the series are looked for: no model is judged for what will come
      split: "random",
      epochs,
      learningRate: 3e-3,
      seed: 1,
    });
    const { score: errors } = await scoreStamps(model, arrays);
    await Promise.all([model.dispose(), arrays.dispose()]);
    const steps = Array.from(errors, (_, step) => step);
    const inside = steps.filter((step) => spans.some((span) => within(span)(step)));
    const isInside = new Uint8Array(errors.length);
    for (const step of inside) isInside[step] = 1;
    const auc = metrics.rocAuc(errors, isInside);
    const limit = metrics.quantile(errors, 0.99);
    const top = steps.filter((step) => errors[step] > limit);
    const hit = spans.filter((span) => top.some(within(span)));
    const right = top.filter((step) => isInside[step]);
    report(`${kind}, windows of ${window}: ROC AUC of steps`, auc, "0.5 is chance");
    const smooth = smoothed(errors, window / 2);
    report("  errors averaged over half a window", metrics.rocAuc(smooth, isInside));
    report("  labelled spans hit by the highest 1 %", `${hit.length} of ${spans.length}`);
    const share = (part, whole) => ((100 * part.length) / whole.length).toFixed(1);
    report("  % of these inside a span", share(right, top), `of all steps ${share(inside, steps)}`);
    charts.push({
      ...{ ...around, y: "error", logarithmic: true },
      title: `${kind}: ${hit.length} of ${spans.length} spans hit`,
      lines: [
        { name: "averaged", x: times, y: smooth, width: 1 },
        {
          ...{ name: "highest 1 % of steps", width: 0, points: true },
          ...{ x: top.map((step) => times[step]), y: top.map((step) => errors[step]) },
        },
      ],
    });
  }
  const sizes = { columns: 3, width: 330, height: 180 };
  await drawCharts(picturePath(`sensor-alarms-${name}.png`), charts, sizes);
}
