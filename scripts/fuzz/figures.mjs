// Figures of plain arrays with valid arguments: what is changed, and what calls it.

const scores = () => Float64Array.from({ length: 30 }, (_, i) => Math.sin(i) ** 2);
const labels = () => Array.from({ length: 30 }, (_, i) => i % 7 === 0);
/** A figure of plain arrays: the fields are its arguments, in order. */
const figure = (room, name, valid) => ({
  valid,
  call: (espejo, given) => espejo[room][name](...Object.values(given)),
});

export const figures = {
  latentMap: {
    valid: {
      codes: { data: new Float32Array(30).fill(1), shape: [10, 3] },
      options: { colour: null },
    },
    call: ({ latentMap }, { codes, options }) => latentMap(codes, options),
  },
  throughTiles: {
    valid: {
      image: { height: 6, width: 5, channels: 1, x: new Float32Array(30) },
      size: [4, 4],
      onTiles: async (x) => x,
    },
    call: ({ throughTiles }, { image, size, onTiles }) => throughTiles(image, size, onTiles),
  },
  rocCurve: figure("metrics", "rocCurve", { scores: scores(), labels: labels() }),
  rocAuc: figure("metrics", "rocAuc", { scores: Array.from(scores()), labels: labels() }),
  precisionAt: figure("metrics", "precisionAt", { scores: scores(), labels: labels(), n: 5 }),
  confusion: figure("metrics", "confusion", { alarms: labels(), labels: labels() }),
  fBeta: figure("metrics", "fBeta", {
    counts: { truePositives: 3, falsePositives: 1, falseNegatives: 2 },
    beta: 1,
  }),
  pairwiseDistances: figure("metrics", "pairwiseDistances", { rows: scores(), columns: 3 }),
  elbowOf: figure("metrics", "elbowOf", { sizes: [1, 2, 3], errors: [3, 1, 0.5] }),
  energyTest: figure("metrics", "energyTest", {
    ...{ a: scores(), b: scores(), columns: 3 },
    options: { permutations: 9, seed: 1 },
  }),
  histogram: figure("metrics", "histogram", {
    values: scores(),
    options: { bins: 5, range: [0, 1] },
  }),
  neighbourhoods: figure("metrics", "neighbourhoods", {
    ...{ rows: scores(), columns: 3, codes: [{ data: scores().slice(0, 20), columns: 2 }] },
    options: { k: 2 },
  }),
  nearestNeighbours: figure("metrics", "nearestNeighbours", {
    ...{ queries: scores(), rows: scores(), columns: 3, k: 2, options: { exceptSelf: true } },
  }),
  fitPca: figure("metrics", "fitPca", { rows: scores(), n: 10, p: 3, k: 2, options: {} }),
  psnr: figure("metrics", "psnr", { actual: scores(), other: scores(), options: { peak: 1 } }),
  explainedVariance: figure("metrics", "explainedVariance", {
    a: scores(),
    b: scores(),
    columns: 3,
  }),
  ssim: figure("metrics", "ssim", {
    ...{
      x: new Float32Array(144),
      y: new Float32Array(144),
      shape: [12, 12],
      options: { peak: 1 },
    },
  }),
  mean: figure("metrics", "mean", { values: [1, 2, 3] }),
  quantiles: figure("metrics", "quantiles", { values: scores(), shares: [0.1, 0.5] }),
  chooseThreshold: {
    valid: { rule: "f1", scores: scores(), labels: labels() },
    call: ({ metrics }, { rule, scores, labels }) =>
      metrics.chooseThreshold(metrics.parseThreshold(rule), scores, labels),
  },
  isolationForest: {
    valid: {
      rows: new Float32Array(30).fill(0.5),
      columns: 3,
      options: { trees: 3, samples: 8, seed: 1 },
    },
    call: ({ baselines }, { rows, columns, options }) =>
      baselines.isolationForest(rows, columns, options).score(new Float32Array(3)),
  },
  neighbourScores: figure("baselines", "neighbourScores", {
    ...{ known: new Float32Array(30), rows: new Float32Array(6), columns: 3 },
    options: { k: 2, most: 5, seed: 1 },
  }),
};
