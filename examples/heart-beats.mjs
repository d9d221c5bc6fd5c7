/**
 * Heart beats (ECG5000, each brought to 140 steps): a recurrent and a convolutional
 * autoencoder see normal beats alone, and tell the others by how badly they rebuild them.
 */
import { convolutional, fit, metrics, recurrent } from "espejo";
import { openArrays } from "espejo/node";
import { drawCharts } from "./kit/charts.mjs";
import { allRows, chosenRows } from "./kit/rows.mjs";
import { choose, dataFile, picturePath, report } from "./kit/run.mjs";

/** The beats of a file, which come standardised, and their classes. */
async function readBeats(path, label) {
  const arrays = await openArrays(path, { content: "sequences", label });
  const beats = { ...(await allRows(arrays)), classes: arrays.labels.map(Number) };
  await arrays.dispose();
  return beats;
}

const trainPath = dataFile("sequences/ecg5000/ECG5000_TRAIN.txt");
const testPath = dataFile(
  "sequences/ecg5000/ECG5000_part_of_test.csv",
  "sequences/ecg5000/ECG5000_TRAIN.txt",
);
const beats = await readBeats(trainPath, "1");
const own = testPath === trainPath;
if (own) console.log("no test file: every fifth beat of the training file is held out");
const held = own ? (row) => row % 5 === 4 : () => false;
const rows = beats.classes.map((_, row) => row);
const normal = rows.filter((row) => beats.classes[row] === 1 && !held(row));
const learnt = chosenRows(beats, normal);
const test = own
  ? { ...chosenRows(beats, rows.filter(held)), classes: beats.classes.filter((_, i) => held(i)) }
  : await readBeats(testPath, "class");
const isAbnormal = Uint8Array.from(test.classes, (kind) => (kind === 1 ? 0 : 1));
report("normal beats to learn from", normal.length);
report("beats to judge", isAbnormal.length, `${isAbnormal.reduce((a, b) => a + b)} abnormal`);

const networks = {
  LSTM: {
    model: recurrent({ input: [140, 1], cell: "lstm", units: [32], latentDim: 8 }),
    epochs: choose({ smoke: 1, short: 60, full: 150 }),
    learningRate: 5e-3,
  },
  conv1d: {
    model: convolutional({ input: [140, 1], filters: [16, 32], kernelSize: 7, latentDim: 8 }),
    epochs: choose({ smoke: 3, short: 60, full: 200 }),
    learningRate: 2e-3,
  },
};

const shown = [1, 2].map((kind) => test.classes.indexOf(kind));
const time = Float32Array.from({ length: 140 }, (_, step) => step);
const charts = [];
for (const [name, { model, epochs, learningRate }] of Object.entries(networks)) {
  const started = performance.now();
  const fitted = await fit(model, learnt, {
    ...{ epochs, learningRate, batchSize: 16, patience: 20, clipNorm: 1, seed: 1 },
  });
  const seconds = (performance.now() - started) / 1e3;
  const scores = await fitted.scoreSamples(test);
  report(`ROC AUC, ${name}`, metrics.rocAuc(scores, isAbnormal), "wanted: at least 0.95");
  report(`  seconds, epochs of training`, `${seconds.toFixed(1)}, ${fitted.history.length}`);
  const pair = chosenRows(test, shown);
  const rebuilt = await fitted.reconstruct(pair);
  shown.forEach((row, i) => {
    const part = (data) => data.subarray(i * 140, (i + 1) * 140);
    charts.push({
      title: `${i === 0 ? "A normal" : "An abnormal"} beat, ${name}: error ${scores[row].toFixed(2)}`,
      ...{ x: "step", y: "standardised", range: [-6, 5] },
      lines: [
        { name: "beat", x: time, y: part(pair.data) },
        { name: "rebuilt", x: time, y: part(rebuilt.data) },
      ],
    });
  });
  await fitted.dispose();
}

const pca = metrics.fitPca(learnt.data, normal.length, 140, 8);
const pcaScores = metrics.reconstructionErrors(pca, test.data);
report("ROC AUC, PCA with 8 components beside it", metrics.rocAuc(pcaScores, isAbnormal));
await drawCharts(picturePath("heart-beats.png"), charts, { columns: 2, width: 380, height: 210 });
