/**
 * Recurrent networks by themselves: SimpleRNN, GRU and LSTM read the last changes of a series and say the
 * next one. To say 0 is the naive forecast, which they have to beat.
 */
import { fit, layered } from "espejo";
import { openTable } from "espejo/node";
import { drawCharts } from "./kit/charts.mjs";
import { choose, dataFile, picturePath, report } from "./kit/run.mjs";

const same = (value) => value;
const allSeries = [
  {
    name: "air passengers",
    unit: "thousands",
    path: dataFile("sequences/tables/datasets_AirPassengers.csv"),
    columns: ["value"],
    ...{ window: 12, testSteps: 36, into: Math.log, back: Math.exp, season: 12 },
    ...{ epochs: choose({ smoke: 5, short: 300, full: 600 }), batchSize: 8 },
    ...{ start: 1949, perYear: 12, shownSteps: 36 },
  },
  {
    name: "sunspots",
    unit: "spots",
    path: dataFile("sequences/tables/monthly-sunspots.csv"),
    columns: ["Sunspots"],
    ...{ window: 36, testSteps: 564, into: Math.sqrt, back: (root) => Math.max(0, root) ** 2 },
    ...{ epochs: choose({ smoke: 1, short: 40, full: 100 }), batchSize: 32 },
    ...{ start: 1749, perYear: 12, shownSteps: 240 },
  },
  {
    name: "European stock indices",
    unit: "% of the index",
    path: dataFile("sequences/tables/datasets_EuStockMarkets.csv"),
    columns: ["DAX", "SMI", "CAC", "FTSE"],
    // the differences of 100 log are per cent
    ...{ window: 20, testSteps: 372, into: (value) => 100 * Math.log(value), back: same },
    ...{ epochs: choose({ smoke: 1, short: 30, full: 60 }), batchSize: 32 },
    ...{ start: 1991.5, perYear: 260, shownSteps: 120 },
  },
];

/** Columns of a table, one array each. */
async function readColumns(path, names) {
  const table = await openTable(path);
  const columns = names.map(() => []);
  for await (const { numeric } of table.batches({ numeric: names, categories: [] }))
    numeric.forEach((value, i) => {
      columns[i % names.length].push(value);
    });
  await table.dispose();
  return columns;
}

const deviation = (values) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/** Windows of changes [window, features] and the change [features] that follows each, in transformed units. */
function windowsOf(columns, window) {
  const change = (step) => columns.map((column) => column[step] - column[step - 1]);
  const next = Array.from({ length: columns[0].length - window - 1 }, (_, i) => i + window + 1);
  const before = (step) => Array.from({ length: window }, (_, i) => step - window + i);
  return { x: next.map((step) => before(step).flatMap(change)), y: next.map(change) };
}

/** Root mean square and mean absolute error. */
function errorsOf(forecast, actual) {
  const errors = forecast.map((value, i) => value - actual[i]);
  const absolute = errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;
  return `${deviation(errors).toPrecision(4)} / ${absolute.toPrecision(4)}`;
}

const charts = [];
for (const series of allSeries) {
  const { name, unit, window, testSteps, into, back, season, start, perYear } = series;
  const columns = (await readColumns(series.path, series.columns)).map((own) => own.map(into));
  const features = columns.length;
  const { x, y } = windowsOf(columns, window);
  const trained = x.length - testSteps;
  // changes are brought to the size of 1 by those before the test
  const scale = deviation(y.slice(0, trained).flat());
  const scaled = (rows) => rows.map((row) => row.map((value) => value / scale));
  const firstTest = columns[0].length - testSteps;
  const ofTest = (make) =>
    Array.from({ length: testSteps * features }, (_, i) =>
      make(columns[i % features], firstTest + Math.floor(i / features)),
    );
  const actual = ofTest((column, step) => back(column[step]));

  console.log(
    `\n${name}: the last ${testSteps} of ${columns[0].length} steps, RMSE / MAE, ${unit}`,
  );
  const naive = ofTest((column, step) => back(column[step - 1]));
  report("naive: the last value", errorsOf(naive, actual));
  if (season) {
    const before = ofTest((column, step) => back(column[step - season]));
    report("naive: the value a year ago", errorsOf(before, actual));
    const grown = (column, step) =>
      column[step - 1] + column[step - season] - column[step - 1 - season];
    report(
      "naive: last year's growth again",
      errorsOf(
        ofTest((c, s) => back(grown(c, s))),
        actual,
      ),
    );
  }
  const forecasts = {};
  for (const layer of ["simpleRnn", "gru", "lstm"]) {
    const model = layered({
      input: [window, features],
      encoder: [{ layer, units: 32 }],
      decoder: [{ layer: "dense", units: features }],
    });
    const fitted = await fit(model, scaled(x.slice(0, trained)), {
      target: scaled(y.slice(0, trained)),
      ...{
        epochs: series.epochs,
        batchSize: series.batchSize,
        patience: 0,
        clipNorm: 1,
        learningRate: 2e-3,
        seed: 1,
      },
    });
    const { data } = await fitted.reconstruct(scaled(x.slice(trained)));
    await fitted.dispose();
    let i = 0;
    forecasts[layer] = ofTest((column, step) => back(column[step - 1] + scale * data[i++]));
    report(layer, errorsOf(forecasts[layer], actual), "wanted: below the naive");
  }
  const shown = Array.from(
    { length: series.shownSteps },
    (_, i) => testSteps - series.shownSteps + i,
  );
  const time = shown.map((step) => start + (firstTest + step) / perYear);
  const line = (label, values) => ({
    name: label,
    x: time,
    y: shown.map((i) => values[i * features]),
  });
  charts.push({
    title: `${name}${features > 1 ? `: ${series.columns[0]}` : ""}, one step ahead`,
    ...{ x: "year", y: features > 1 ? "100 log of the index" : unit },
    lines: [
      line("actual", actual),
      line("GRU", forecasts.gru),
      { ...line("naive", naive), dashes: "3 3" },
    ],
  });
}
await drawCharts(picturePath("forecasting.png"), charts);
