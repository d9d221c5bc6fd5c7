/**
 * The tutorials that people know, each in Keras and in Espejo (examples/keras): both run here, one after the other,
 * and the table has the losses and the seconds of both. Python with Keras is installed for it, once.
 *
 *   node examples/keras-twins.mjs [simple deep ...] [--seeds 3] [--backend jax|tensorflow|torch] [--smoke]
 *
 * Seconds are those of fitting and evaluating, compilation included; imports and starts of the languages are not.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openTable } from "espejo/node";
import { pythonWith } from "../scripts/python.mjs";
import { readImages } from "./kit/images.mjs";
import { uniform } from "./kit/rows.mjs";
import { dataFile, mode } from "./kit/run.mjs";

/** The twins, and whether they learn from tables, images or sequences. */
const twins = {
  fraud: "table",
  economy: "table",
  simple: "images",
  deep: "images",
  sparse: "images",
  convolutional: "images",
  denoising: "images",
  variational: "images",
  recurrent: "sequences",
};
const words = process.argv.slice(2);
const named = Object.keys(twins).filter((name) => words.includes(name));
const usual = mode === "smoke" ? ["fraud", "convolutional", "recurrent"] : Object.keys(twins);
const chosen = named.length > 0 ? named : usual;
const optionOf = (name, usual) => (words.includes(name) ? words[words.indexOf(name) + 1] : usual);
const seeds = mode === "smoke" ? 1 : Number(optionOf("--seeds", "3"));
const backend = optionOf("--backend", "jax");

const folder = mkdtempSync(join(tmpdir(), "espejo-twins-"));
const here = fileURLToPath(new URL("keras/", import.meta.url));
const python = process.env.KERAS_PYTHON ?? pythonWith("espejo-keras", ["keras", "jax", "numpy"]);
try {
  await prepare();
  const results = chosen.map((name) => ({ name, ...compare(name) }));
  show(results);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs both twins with each seed, in turns. */
function compare(name) {
  const runs = Array.from({ length: seeds }, (_, i) => {
    const keras = run(python, `${name}.py`, i + 1);
    const ours = run(process.execPath, `${name}.mjs`, i + 1);
    return { keras, ours };
  });
  const mean = (side) => runs.reduce((sum, each) => sum + each[side].loss, 0) / seeds;
  const middle = (side) =>
    runs.map((each) => each[side].seconds).sort((a, b) => a - b)[Math.floor(seeds / 2)];
  const result = {
    lines: { keras: lines(`${name}.py`), ours: lines(`${name}.mjs`) },
    loss: { keras: mean("keras"), ours: mean("ours") },
    seconds: { keras: middle("keras"), ours: middle("ours") },
  };
  console.error(`${name}: done`);
  return result;
}

function lines(file) {
  return readFileSync(join(here, file), "utf8").trimEnd().split("\n").length;
}

function run(command, file, seed) {
  const { stdout, stderr, status } = spawnSync(command, [join(here, file)], {
    encoding: "utf8",
    env: {
      ...process.env,
      ...{ TWINS: folder, SEED: String(seed), KERAS_BACKEND: backend },
      ...{ TF_CPP_MIN_LOG_LEVEL: "3", CUDA_VISIBLE_DEVICES: "-1" },
      ...(mode === "smoke" && { EPOCHS: "1" }),
    },
  });
  if (status !== 0) throw new Error(`${file} ended with ${status}:\n${stderr.slice(-2000)}`);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

function show(results) {
  const row = (...cells) => `| ${cells.join(" | ")} |`;
  const times = (value) => `${value.toPrecision(3)}x`;
  console.log(row("twin", "learns from", "lines", "loss", "seconds", "Keras takes"));
  console.log(row("---", "---", "---", "---", "---", "---"));
  for (const { name, lines: length, loss, seconds } of results)
    console.log(
      row(
        name,
        twins[name],
        `${length.keras} / ${length.ours}`,
        `${loss.keras.toPrecision(4)} / ${loss.ours.toPrecision(4)} (${((loss.ours / loss.keras - 1) * 100).toFixed(1)} %)`,
        `${seconds.keras.toPrecision(3)} / ${seconds.ours.toPrecision(3)}`,
        times(seconds.keras / seconds.ours),
      ),
    );
  console.log(
    `Keras / Espejo; Keras on ${backend}; losses on rows that did not train, means of ${seeds} seeds; seconds, medians`,
  );
}

/** Writes the arrays that the twins load, in NumPy's format. */
async function prepare() {
  mkdirSync(folder, { recursive: true });
  const few = mode === "smoke";
  const [rows, tests] = few ? [512, 256] : [8000, 2000];
  const { x } = await readImages(dataFile("mnist/t10k-images-idx3-ubyte.gz"));
  const part = (cells, from, count) => cells.subarray(from * 784, (from + count) * 784);
  const draw = uniform(1);
  // two uniforms have the spread of noise enough; cells stay in [0, 1]
  const noisy = x.map((cell) => Math.min(1, Math.max(0, cell + draw() + draw() - 1)));
  save("digits-train", part(x, 0, rows), [784]);
  save("digits-test", part(x, 8000, tests), [784]);
  save("noisy-train", part(noisy, 0, rows), [784]);
  save("noisy-test", part(noisy, 8000, tests), [784]);

  const beats = readFileSync(dataFile("sequences/ecg5000/ECG5000_TRAIN.txt"), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number).slice(1));
  const cut = few ? 64 : 400;
  save("beats-train", Float32Array.from(beats.slice(0, cut).flat()), [140, 1]);
  save("beats-test", Float32Array.from(beats.slice(400).flat()), [140, 1]);

  const card = dataFile("creditcard.csv.gz", "creditcard/creditcard_5492_all_frauds.csv");
  const payments = await table(card, { label: "Class", ignore: ["Time"] });
  const normal = payments.rows.filter((_, i) => payments.labels[i] === "0");
  saveScaled("payments", normal.slice(0, few ? 500 : 4000), normal.slice(4000));
  const fred = await table(dataFile("economics/FRED-MD_2026-02.csv"), {});
  const months = fred.rows.map((own) => own.map((value) => (Number.isNaN(value) ? 0 : value)));
  // every fourth month tests: the economy of one decade is not that of another
  const tested = (_, i) => i % 4 === 3;
  saveScaled(
    "economy",
    months.filter((...month) => !tested(...month)),
    months.filter(tested),
  );
}

/** All numeric features of a table, row by row. */
async function table(path, options) {
  const opened = await openTable(path, options);
  const names = opened.columns.filter(({ input }) => input === "numeric").map(({ name }) => name);
  const label = opened.columns.find(({ role }) => role === "label")?.name;
  const rows = [];
  const labels = [];
  for await (const batch of opened.batches({
    ...{ numeric: names, categories: [], text: label ? [label] : [] },
  }))
    for (let i = 0; i < batch.rows; i++) {
      rows.push(Array.from(batch.numeric.subarray(i * names.length, (i + 1) * names.length)));
      if (label) labels.push(batch.text[0][i]);
    }
  await opened.dispose();
  return { rows, labels };
}

/** Standardises by the rows that train. */
function saveScaled(name, train, test) {
  const width = train[0].length;
  const mean = Array.from({ length: width }, (_, j) => average(train.map((row) => row[j])));
  const deviation = mean.map(
    (m, j) => Math.sqrt(average(train.map((row) => (row[j] - m) ** 2))) || 1,
  );
  const scaled = (own) =>
    Float32Array.from(own.flatMap((row) => row.map((v, j) => (v - mean[j]) / deviation[j])));
  save(`${name}-train`, scaled(train), [width]);
  save(`${name}-test`, scaled(test), [width]);
}

function average(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function save(name, data, row) {
  const rows = data.length / row.reduce((product, size) => product * size, 1);
  const head = `{'descr': '<f4', 'fortran_order': False, 'shape': (${[rows, ...row].join(", ")}), }`;
  const padded = head.padEnd(Math.ceil((10 + head.length + 1) / 64) * 64 - 11);
  const prefix = Buffer.from("\x93NUMPY\x01\x00\x00\x00", "latin1");
  prefix.writeUInt16LE(padded.length + 1, 8);
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  writeFileSync(
    join(folder, `${name}.npy`),
    Buffer.concat([prefix, Buffer.from(`${padded}\n`), bytes]),
  );
}
