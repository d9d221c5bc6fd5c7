/**
 * What three restrictions are for, on real tables: robust where outliers were left in the training rows,
 * tied where parameters are dear, contractive where codes should not move with noise.
 */
import { autoencoder, contractive, fit, metrics, parameterCount, robust, tied } from "espejo";
import { openTable } from "espejo/node";
import { drawCharts } from "./kit/charts.mjs";
import { chosenRows, shuffledIndices, uniform } from "./kit/rows.mjs";
import { choose, dataFile, picturePath, report } from "./kit/run.mjs";

/** The numbers of a table [rows, features], standardised by median and interquartile range, and its classes. */
async function readTable(path, label) {
  const table = await openTable(path, { label });
  const names = table.columns.filter(({ role }) => role === "feature").map(({ name }) => name);
  const [cells, classes] = [[], []];
  const request = { numeric: names, categories: [], text: [label] };
  for await (const { numeric, text } of table.batches(request)) {
    for (const value of numeric) cells.push(value);
    classes.push(...text[0]);
  }
  await table.dispose();
  const [n, p] = [table.rows, names.length];
  const data = new Float32Array(n * p);
  for (let j = 0; j < p; j++) {
    const column = Array.from({ length: n }, (_, i) => cells[i * p + j]);
    const [low, middle, high] = metrics.quantiles(column, [0.25, 0.5, 0.75]);
    const spread = (high - low) / 1.349; // that of the normal distribution
    for (let i = 0; i < n; i++) data[i * p + j] = (column[i] - middle) / (spread || 1);
  }
  return { data, shape: [n, p], classes };
}

const cards = await readTable(dataFile("creditcard.csv.gz"), "Class");
const order = shuffledIndices(cards.shape[0]);
const normals = order.filter((row) => Number(cards.classes[row]) === 0);
const frauds = order.filter((row) => Number(cards.classes[row]) === 1);
const width = cards.shape[1];
const plain = (latentDim = 8) =>
  autoencoder({ input: width, hidden: [16], latentDim, activation: "tanh" });
const run = { batchSize: 64, patience: 0, learningRate: 3e-3, clipNorm: 5 };
const average = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

console.log("\nrobust: frauds left among 2,000 training rows; mean ROC AUC on others");
const tested = [...normals.slice(2000), ...frauds.slice(246)];
const test = chosenRows(cards, tested);
const isFraud = Uint8Array.from(tested, (_, i) => (i < normals.length - 2000 ? 0 : 1));
const shares = choose({
  smoke: [0, 0.1],
  short: [0, 0.01, 0.02, 0.05, 0.1],
  full: [0, 0.01, 0.02, 0.05, 0.08, 0.1],
});
const seeds = choose({ smoke: [1], short: [1, 2, 3], full: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] });
const epochs = choose({ smoke: 3, short: 40, full: 60 });
const kinds = {
  basic: (model) => model,
  "robust, correntropy": (model) => robust(model, { sigma: 2 }),
  "robust, Huber": (model) => robust(model, { loss: "huber" }),
};
const aucs = Object.fromEntries(Object.keys(kinds).map((name) => [name, []]));
for (const share of shares) {
  const left = Math.round((2000 * share) / (1 - share));
  const rows = chosenRows(cards, [
    ...normals.slice(0, 2000),
    ...frauds.slice(0, Math.min(246, left)),
  ]);
  for (const [name, of] of Object.entries(kinds)) {
    const own = [];
    for (const seed of seeds) {
      const fitted = await fit(of(plain()), rows, { ...run, epochs, seed });
      own.push(metrics.rocAuc(await fitted.scoreSamples(test), isFraud));
      await fitted.dispose();
    }
    aucs[name].push(average(own));
  }
  const line = Object.entries(aucs).map(([name, values]) => `${name} ${values.at(-1).toFixed(4)}`);
  report(`${(100 * share).toFixed(0)} % frauds`, line.join(", "));
}

console.log("\ntied: parameters, and the variance of held-out rows that is kept");
const wine = dataFile("tabular/winequality-white.csv", "creditcard.csv.gz");
const tables = { "card payments": { ...chosenRows(cards, normals), classes: null } };
if (wine.includes("wine")) tables["white wines"] = await readTable(wine, "12");
for (const [name, table] of Object.entries(tables)) {
  const [n, p] = table.shape;
  const shuffled = shuffledIndices(n);
  const held = chosenRows(table, shuffled.slice(0, Math.floor(n / 4)));
  const learnt = chosenRows(table, shuffled.slice(Math.floor(n / 4)));
  const code = { latentDim: Math.round(p / 3), latentActivation: "linear" };
  const network = (hidden) =>
    autoencoder({ input: p, hidden: [hidden], activation: "tanh", ...code });
  const models = {
    basic: network(2 * p),
    tied: tied(network(2 * p)),
    "basic, half as wide": network(p),
  };
  for (const [kind, model] of Object.entries(models)) {
    const fitted = await fit(model, learnt, { ...run, epochs: 2 * epochs, seed: 1 });
    const kept = metrics.explainedVariance(held.data, (await fitted.reconstruct(held)).data, p);
    report(
      `${name}, ${kind}`,
      `${parameterCount(model)} parameters, ${(100 * kept).toFixed(1)} % kept`,
    );
    await fitted.dispose();
  }
}

console.log("\ncontractive: how far codes move when rows get noise of deviation 0.3");
const held = chosenRows(cards, normals.slice(4000));
const learnt = chosenRows(cards, normals.slice(0, 4000));
const draw = uniform(7);
const gauss = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
const noisy = { ...held, data: held.data.map((value) => value + 0.3 * gauss()) };

/** Error of held-out rows, and the length of the codes' change beside their spread. */
async function judge(model, options) {
  const fitted = await fit(model, learnt, { ...run, ...options, seed: 1 });
  const rebuilt = await fitted.reconstruct(held);
  const error = average(rebuilt.data.map((value, i) => (value - held.data[i]) ** 2));
  const [codes, moved] = [await fitted.encode(held), await fitted.encode(noisy)];
  await fitted.dispose();
  const units = codes.shape[1];
  const means = Array.from({ length: units }, (_, j) =>
    average(codes.data.filter((_, i) => i % units === j)),
  );
  const spread = average(codes.data.map((value, i) => (value - means[i % units]) ** 2));
  const change = average(codes.data.map((value, i) => (value - moved.data[i]) ** 2));
  return { error, change: Math.sqrt(change / spread) };
}

const sigmoid = () => autoencoder({ input: width, latentDim: 20, activation: "sigmoid" });
const curves = { "basic, more epochs": [], "contractive, less weight": [] };
for (const count of choose({ smoke: [2], short: [2, 4, 8, 16, 40], full: [2, 4, 8, 16, 40, 80] })) {
  const { error, change } = await judge(sigmoid(), { epochs: count });
  curves["basic, more epochs"].push({ error, change });
  report(`basic, ${count} epochs`, `error ${error.toFixed(3)}, change ${change.toFixed(3)}`);
}
for (const weight of choose({
  smoke: [1],
  short: [3, 1, 0.3, 0.1, 0.01],
  full: [10, 3, 1, 0.3, 0.1, 0.03, 0.01],
})) {
  const { error, change } = await judge(contractive(sigmoid(), { weight }), { epochs });
  curves["contractive, less weight"].push({ error, change });
  report(`contractive, weight ${weight}`, `error ${error.toFixed(3)}, change ${change.toFixed(3)}`);
}

const percent = shares.map((share) => 100 * share);
await drawCharts(
  picturePath("restrictions.png"),
  [
    {
      title: "Robust: frauds left in the training rows",
      ...{ x: "% of the training rows", y: "ROC AUC" },
      lines: Object.entries(aucs).map(([name, y]) => ({ name, x: percent, y, points: true })),
    },
    {
      title: "Contractive: codes under noise",
      ...{ x: "error of held-out rows", y: "change / spread of codes" },
      lines: Object.entries(curves).map(([name, points]) => ({
        ...{ name, points: true },
        x: points.map(({ error }) => error),
        y: points.map(({ change }) => change),
      })),
    },
  ],
  { columns: 2, width: 440, height: 280 },
);
