/**
 * An index of the economy: 126 monthly series of the United States (FRED-MD) become one number a month.
 * A linear autoencoder finds the subspace of PCA; a nonlinear one bends it.
 */
import { readFileSync } from "node:fs";
import { autoencoder, fit, metrics } from "espejo";
import { openTable } from "espejo/node";
import { drawCharts } from "./kit/charts.mjs";
import { choose, dataFile, picturePath, report } from "./kit/run.mjs";

const path = dataFile("economics/FRED-MD_2026-02.csv");
const table = await openTable(path);
const names = table.columns.slice(1).map(({ name }) => name);
const series = names.map(() => []);
const months = [];
for await (const { numeric } of table.batches({ numeric: ["sasdate", ...names], categories: [] }))
  numeric.forEach((value, i) => {
    const column = i % (names.length + 1);
    if (column === 0) months.push(1970 + value / 365.2425);
    else series[column - 1].push(value);
  });
await table.dispose();

/** What the codes of the second line ask for (McCracken and Ng 2016). */
const change = (x) => x.map((value, t) => value - (t > 0 ? x[t - 1] : Number.NaN));
const growth = (x) => x.map((value, t) => value / (t > 0 ? x[t - 1] : Number.NaN) - 1);
const log = (x) => x.map(Math.log);
const transforms = {
  1: (x) => x,
  2: change,
  3: (x) => change(change(x)),
  4: log,
  5: (x) => change(log(x)),
  6: (x) => change(change(log(x))),
  7: (x) => change(growth(x)),
};
const codes = readFileSync(path, "utf8").split("\n")[1].split(",").slice(1).map(Number);
const first = 2; // second differences begin with the third month
const years = months.slice(first);

/**
 * To McCracken and Ng, values beyond 10 interquartile ranges from the median are outliers, and filled in.
 * Here they are brought to 5, so that the spring of 2020 stays visible without being all there is. Missing
 * cells become the mean.
 */
const columns = series.map((x, i) => {
  const stationary = transforms[codes[i]](x).slice(first);
  const there = stationary.filter(Number.isFinite);
  const [low, middle, high] = metrics.quantiles(there, [0.25, 0.5, 0.75]);
  const reach = 5 * (high - low);
  const held = stationary.map((v) => Math.min(middle + reach, Math.max(middle - reach, v)));
  const known = held.filter(Number.isFinite);
  const [mean, deviation] = [metrics.mean(known), metrics.sd(known)];
  return held.map((value) => (Number.isFinite(value) ? (value - mean) / deviation : 0));
});
const [n, p] = [years.length, columns.length];
const rows = Float32Array.from({ length: n * p }, (_, i) => columns[i % p][Math.floor(i / p)]);
report("months, series", `${n}, ${p}`);

/** The angle between two planes, in degrees, from bases whose two vectors stand upright on each other. */
function largestAngle(a, b) {
  const dot = (i, j) => a[i].reduce((sum, value, k) => sum + value * b[j][k], 0);
  const [m00, m01, m10, m11] = [dot(0, 0), dot(0, 1), dot(1, 0), dot(1, 1)];
  const squares = m00 ** 2 + m01 ** 2 + m10 ** 2 + m11 ** 2;
  const determinant = m00 * m11 - m01 * m10;
  const least = squares / 2 - Math.sqrt(Math.max(0, squares ** 2 / 4 - determinant ** 2));
  return (Math.acos(Math.sqrt(Math.min(1, least))) * 180) / Math.PI;
}

/** Gram and Schmidt. */
function upright([a, b]) {
  const unit = (v) => {
    const length = Math.hypot(...v);
    return v.map((value) => value / length);
  };
  const u = unit(a);
  const along = b.reduce((sum, value, k) => sum + value * u[k], 0);
  return [u, unit(b.map((value, k) => value - along * u[k]))];
}

const halves = (flat) => [Array.from(flat.slice(0, p)), Array.from(flat.slice(p, 2 * p))];
const fitted = async (options, epochs, run) => {
  const model = autoencoder({ input: p, ...options });
  return fit(model, { data: rows, shape: [n, p] }, { epochs, seed: 1, patience: 0, ...run });
};
const correlation = (a, b) => {
  const [ma, mb] = [metrics.mean(a), metrics.mean(b)];
  const covariance = metrics.mean(Array.from(a, (value, i) => (value - ma) * (b[i] - mb)));
  return (covariance * n) / ((n - 1) * metrics.sd(a) * metrics.sd(b));
};
const explained = async (model) =>
  metrics.explainedVariance(rows, (await model.reconstruct(rows)).data, p);

// a linear autoencoder beside PCA, all rows in each step, the rate falling to nothing
const pca = metrics.fitPca(rows, n, p, 2);
const epochs = choose({ smoke: 100, short: 3000, full: 6000 });
const linear = await fitted({ latentDim: 2, activation: "linear" }, epochs, {
  ...{ batchSize: n, validationSplit: 0, learningRate: 1e-2 },
  schedule: { kind: "cosine", decaySteps: epochs },
});
const plane = upright(halves(linear.parameters["decoder.0.weight"]));
const angle = largestAngle(plane, halves(pca.components));
report(
  "largest principal angle to PCA, 2 factors",
  `${angle.toFixed(2)} degrees`,
  "wanted: below 1",
);
report("variance kept, linear autoencoder", await explained(linear));
report(
  "variance kept, PCA",
  metrics.mean(pca.explainedVarianceRatio) * 2,
  "cannot be surpassed by it",
);
await linear.dispose();

/** An index of mean 0 and deviation 1, its sign that of the growth of industrial production. */
const production = columns[names.indexOf("INDPRO")];
function indexOf(values) {
  const sign = Math.sign(correlation(values, production));
  const [mean, deviation] = [metrics.mean(values), metrics.sd(values)];
  return Array.from(values, (value) => (sign * (value - mean)) / deviation);
}
const pcaIndex = indexOf(metrics.transform(metrics.fitPca(rows, n, p, 1), rows));
const networks = {
  "linear, 1 factor": [
    { latentDim: 1, activation: "linear" },
    choose({ smoke: 5, short: 300, full: 300 }),
  ],
  "nonlinear, 1 factor": [
    { hidden: [32], latentDim: 1, activation: "tanh", latentActivation: "linear", l2: 1e-4 },
    choose({ smoke: 5, short: 100, full: 300 }),
  ],
};

/** Recessions as dated by the National Bureau of Economic Research, in years. */
const recessions =
  `1960.33 1961.17, 1970 1970.92, 1973.92 1975.25, 1980.08 1980.58, 1981.58 1982.92,
  1990.58 1991.25, 2001.25 2001.92, 2008 2009.5, 2020.17 2020.33`
    .split(",")
    .map((span) => span.trim().split(" ").map(Number));
const during =
  ([from, to]) =>
  (year) =>
    year >= from - 0.01 && year <= to + 0.01;
const inRecession = Uint8Array.from(years, (year) =>
  recessions.some((span) => during(span)(year)) ? 1 : 0,
);
const low = (index) =>
  metrics.rocAuc(
    index.map((value) => -value),
    inRecession,
  );
const indices = { PCA: pcaIndex };
report("recession months told by PCA, ROC AUC", low(pcaIndex));
for (const [name, [options, count]] of Object.entries(networks)) {
  const model = await fitted(options, count, { learningRate: 3e-3 });
  indices[name] = indexOf((await model.encode(rows)).data);
  report(`${name}: correlation with PCA`, correlation(indices[name], pcaIndex));
  report(
    "  variance kept",
    await explained(model),
    `PCA: ${pca.explainedVarianceRatio[0].toFixed(4)}`,
  );
  report("  recession months told, ROC AUC", low(indices[name]), "0.5 is chance");
  await model.dispose();
}
for (const span of recessions) {
  const means = Object.values(indices).map((index) =>
    metrics.mean(index.filter((_, i) => during(span)(years[i]))).toFixed(1),
  );
  report(`mean in the recession of ${Math.floor(span[0])}`, means.join(", "), "wanted: below -1");
}

const smooth = (index) => index.map((_, i) => metrics.mean(index.slice(Math.max(0, i - 2), i + 1)));
const chart = (name, range) => ({
  title: `${name}: mean of three months`,
  ...{ y: "deviations", spans: recessions, range },
  lines: [
    { name: "first factor of PCA", x: years, y: smooth(pcaIndex), colour: "#999999", width: 2.6 },
    { name, x: years, y: smooth(indices[name]) },
  ],
});
await drawCharts(
  picturePath("economic-index.png"),
  Object.keys(networks).map((name) => chart(name)),
);
