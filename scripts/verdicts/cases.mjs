// Data of which one verdict is true, and clean data; each with what must be said of it, and what must not.
import { random } from "../../dist/random.js";

/** @typedef {Record<string, string | number>} Row */
/**
 * @typedef {object} Case
 * @property {string} name
 * @property {"detect" | "train" | "index"} job
 * @property {readonly Row[]} rows
 * @property {Record<string, unknown>} options
 * @property {readonly string[]} wanted codes that must be among those that are said
 * @property {readonly string[]} [refused] beginnings of codes that must not
 */

/** Rows of two hidden factors in six columns; odd ones leave the pattern as far as `far` says. */
function factors(
  /** @type {number} */ n,
  /** @type {number} */ seed,
  { far = 3, every = 12 } = {},
) {
  const source = random(seed);
  return Array.from({ length: n }, (_, i) => {
    const [u, v] = [source.normal(), source.normal()];
    const odd = i % every === 5;
    const cells = [u, v, u + v, u - v, u * v, u * u].map(
      (value) => value + 0.1 * source.normal() + (odd ? far * source.normal() : 0),
    );
    return { odd, cells };
  });
}

const named = (/** @type {readonly number[]} */ cells) =>
  Object.fromEntries(cells.map((cell, j) => [`x${j + 1}`, cell]));

/** @type {(n: number, seed: number) => readonly Row[]} */
const clean = (n, seed) =>
  factors(n, seed).map(({ odd, cells }) => ({ ...named(cells), label: odd ? "odd" : "fine" }));

/** Days one after the other. @type {(i: number) => string} */
const day = (i) => new Date(Date.UTC(2010, 0, 1 + i)).toISOString().slice(0, 10);

/** @type {(n: number, seed: number) => readonly Row[]} */
function noSignal(n, seed) {
  const source = random(seed, 1);
  return factors(n, seed, { far: 0 }).map(({ cells }) => ({
    ...named(cells),
    label: source.uniform() < 0.12 ? "b" : "a",
  }));
}

/**
 * A label that goes with the columns, but whose rows are as usual as the others: it is likelier where the first factor
 * outweighs the second, at any distance from the middle.
 * @type {(n: number, seed: number) => readonly Row[]}
 */
function noAnomaly(n, seed) {
  const source = random(seed, 2);
  return factors(n, seed, { far: 0 }).map(({ cells }) => {
    const [u = 0, v = 0] = cells;
    const likely = 1 / (1 + Math.exp(1.5 - (1.5 * u) / Math.hypot(u, v)));
    return { ...named(cells), label: source.uniform() < likely ? "bought" : "not" };
  });
}

/** A plane of two factors that reach far, which odd rows leave a little. @type {(n: number, seed: number) => readonly Row[]} */
function plane(n, seed) {
  const source = random(seed, 3);
  return Array.from({ length: n }, (_, i) => {
    const far = Math.exp(1.5 * source.normal());
    const [u, v] = [far * source.normal(), far * source.normal()];
    const odd = i % 12 === 5;
    const cells = Array.from(
      { length: 8 },
      (_, j) => Math.cos(j) * u + Math.sin(2 * j) * v + (odd ? 0.3 : 0.02) * source.normal(),
    );
    return { ...named(cells), label: odd ? "odd" : "fine" };
  });
}

/** Three columns that grow with the months. @type {(n: number, seed: number) => readonly Row[]} */
function trend(n, seed) {
  const source = random(seed, 4);
  return Array.from({ length: n }, (_, i) => ({
    date: day(i),
    ...named([1, -2, 0.5].map((slope) => (slope * i) / n + 0.05 * source.normal())),
  }));
}

/** Levels that keep most of what they were the day before. @type {(n: number, seed: number) => readonly Row[]} */
function dependent(n, seed) {
  const source = random(seed, 5);
  const level = [0, 0, 0];
  return Array.from({ length: n }, (_, i) => {
    for (const j of level.keys()) level[j] = 0.98 * level[j] + source.normal();
    return { date: day(i), ...named(level), x4: level[0] + 0.5 * source.normal() };
  });
}

/** Two factors in six columns, whose noise is less in the newest tenth. @type {(n: number, seed: number) => readonly Row[]} */
function calmer(n, seed) {
  const source = random(seed, 7);
  return Array.from({ length: n }, (_, i) => {
    const [u, v] = [source.normal(), source.normal()];
    const noise = i < 0.88 * n ? 0.5 : 0.05;
    const cells = [u, v, u + v, u - v, u + 2 * v, 2 * u + v];
    return { date: day(i), ...named(cells.map((cell) => cell + noise * source.normal())) };
  });
}

/** Loans of three statuses, where those of one are far out; or of a state that few have. @type {(n: number, seed: number) => readonly Row[]} */
function loans(n, seed) {
  const source = random(seed, 6);
  return factors(n, seed, { far: 0 }).map(({ cells }, i) => {
    const large = i % 25 === 3;
    return {
      ...named(cells.map((cell) => cell * (large ? 6 : 1))),
      state: large ? "islands" : source.uniform() < 0.5 ? "north" : "south",
      status: large ? "Fully Paid" : ["Current", "Current", "Charged Off"][i % 3],
    };
  });
}

/** The cases of a seed. @type {(seed: number) => readonly Case[]} */
export const casesOf = (seed) => [
  {
    ...{ name: "no signal", job: "detect", rows: noSignal(900, seed) },
    ...{ options: { label: "label", normal: "a" }, wanted: ["not_separates"] },
    refused: ["kept_better", "rows", "flagged"],
  },
  {
    ...{ name: "a label that is no anomaly", job: "detect", rows: noAnomaly(900, seed) },
    ...{ options: { label: "label", normal: "not" }, wanted: ["not_separates"] },
    refused: ["rows", "flagged"],
  },
  {
    ...{ name: "a better PCA", job: "detect", rows: plane(1500, seed) },
    ...{ options: { label: "label" }, wanted: ["separates", "kept_better"] },
    refused: ["rows", "flagged"],
  },
  {
    ...{ name: "alarms of one kind", job: "detect", rows: loans(1500, seed) },
    options: { label: "status", normal: "Current", threshold: "contamination:0.04" },
    wanted: ["flagged_label", "flagged_value"],
  },
  {
    ...{ name: "trend only", job: "index", rows: trend(600, seed) },
    ...{ options: { time: "date" }, wanted: ["index_time"] },
  },
  {
    ...{ name: "dependent rows, dealt at random", job: "train", rows: dependent(2000, seed) },
    ...{ options: { time: "date", split: "random" }, wanted: ["rows"] },
  },
  {
    ...{ name: "dependent rows, dealt by time", job: "train", rows: dependent(2000, seed) },
    ...{ options: { time: "date" }, wanted: [], refused: ["rows"] },
  },
  {
    ...{ name: "clean, with a label", job: "detect", rows: clean(1200, seed) },
    ...{ options: { label: "label" }, wanted: ["separates", "kept_usual"] },
    refused: ["not_", "rows", "flagged"],
  },
  {
    ...{ name: "clean, with a time", job: "train", wanted: [] },
    rows: clean(1500, seed).map((row, i) => ({ date: day(i), ...row })),
    options: { time: "date", label: "label", split: "random" },
    refused: ["not_", "rows", "threshold"],
  },
  {
    ...{ name: "a calm end", job: "train", rows: calmer(2000, seed) },
    ...{ options: { time: "date" }, wanted: ["threshold_newer"], refused: ["rows"] },
  },
  {
    ...{ name: "a calm end, dealt at random", job: "train", rows: calmer(2000, seed) },
    ...{ options: { time: "date", split: "random" }, wanted: [], refused: ["threshold"] },
  },
  ...["clean, dealt by time", "clean, without labels, dealt by time"].map((name) => ({
    ...{ name, job: /** @type {const} */ ("train"), wanted: [] },
    rows: clean(1500, seed).map(({ label, ...row }, i) => ({
      ...{ date: day(i), ...row },
      ...(name.includes("without") ? {} : { label: label ?? "" }),
    })),
    options: { time: "date", ...(name.includes("without") ? {} : { label: "label" }) },
    refused: ["not_", "rows", "threshold"],
  })),
  {
    ...{ name: "clean, an index", job: "index", wanted: [] },
    rows: clean(600, seed).map(({ label, ...row }, i) => ({ date: day(i), ...row })),
    ...{ options: { time: "date" }, refused: ["index", "latent", "rows"] },
  },
];
