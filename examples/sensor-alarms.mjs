/**
 * Alarms in time: series of the Numenta benchmark (NAB) with known causes, cut into overlapping windows.
 * The error of a time stamp is the mean over the windows that cover it; beside it the labelled spans.
 */
import { readFileSync } from "node:fs";
import { metrics } from "espejo";
import { openArrays, openTable, trainArrays } from "espejo/node";
import { drawCharts } from "./kit/charts.mjs";
import { choose, dataFile, picturePath, report } from "./kit/run.mjs";

const labels = JSON.parse(readFileSync(dataFile("sequences/nab/combined_windows.json"), "utf8"));
const allSeries = [
  { name: "nyc_taxi", window: 48, stride: 8 },
  { name: "ambient_temperature_system_failure", window: 48, stride: 8 },
  { name: "machine_temperature_system_failure", window: 72, stride: 24 },
  { name: "ec2_request_latency_system_failure", window: 48, stride: 6 },
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

/** The error of each time stamp, averaged over the windows that cover it. */
async function errorsOfSteps(model, arrays, steps) {
  const [sums, counts] = [new Float64Array(steps), new Float64Array(steps)];
  for await (const { start, rows, x } of model.batches(arrays)) {
    const { error } = await model.run(["error"], x, rows);
    for (let row = 0, at = 0; row < rows; row++)
      for (const step of arrays.steps(start + row)) {
        sums[step] += error.data[at++];
        counts[step]++;
      }
  }
  return sums.map((sum, step) => sum / counts[step]);
}

const charts = [];
for (const { name, window, stride } of choose({
  smoke: allSeries.slice(0, 1),
  short: allSeries,
  full: allSeries,
})) {
  const file = `realKnownCause/${name}.csv`;
  const path = dataFile(`sequences/nab/${file}`);
  const { times, values } = await readSeries(path);
  const spans = labels[file].map((span) => span.map((time) => Date.parse(`${time.slice(0, 19)}Z`)));
  const arrays = await openArrays(path, { window, stride });
  console.log(
    `\n${name}: ${values.length} steps, ${arrays.rows} windows of ${window}, ${spans.length} labelled spans`,
  );
  charts.push({
    title: name,
    y: "value",
    dates: true,
    spans,
    lines: [{ x: times, y: values, width: 0.8 }],
  });
  for (const [kind, options] of Object.entries(networks)) {
    const { model } = await trainArrays(arrays, {
      ...options,
      epochs,
      learningRate: 3e-3,
      seed: 1,
    });
    const errors = await errorsOfSteps(model, arrays, values.length);
    await model.dispose();
    // steps after the last whole window have no error
    const judged = times.map((_, step) => step).filter((step) => !Number.isNaN(errors[step]));
    const inside = (step) => spans.some(([from, to]) => times[step] >= from && times[step] <= to);
    const auc = metrics.rocAuc(
      judged.map((step) => errors[step]),
      judged.map((step) => (inside(step) ? 1 : 0)),
    );
    const limit = metrics.quantile(
      judged.map((step) => errors[step]),
      0.99,
    );
    const top = judged.filter((step) => errors[step] > limit);
    const hit = spans.filter(([from, to]) =>
      top.some((step) => times[step] >= from && times[step] <= to),
    );
    report(`${kind}: ROC AUC of steps`, auc, "0.5 is chance");
    report("  labelled spans hit by the highest 1 %", `${hit.length} of ${spans.length}`);
    const share = (steps) => (100 * steps.filter(inside).length) / steps.length;
    report(
      "  % of these steps inside a span",
      share(top),
      `of all steps ${share(judged).toFixed(1)}`,
    );
    charts.push({
      ...{
        title: `error by ${kind}: ROC AUC ${auc.toFixed(2)}, ${hit.length} of ${spans.length} spans hit`,
      },
      ...{ y: "error", dates: true, spans },
      lines: [
        { x: times, y: errors, width: 0.8, colour: "#d1495b" },
        {
          name: "highest 1 %",
          x: [times[0], times.at(-1)],
          y: [limit, limit],
          colour: "#555",
          dashes: "4 3",
        },
      ],
    });
  }
  await arrays.dispose();
}
await drawCharts(picturePath("sensor-alarms.png"), charts, { columns: 3, width: 400, height: 190 });
