/** Rows in memory to scores in memory, the plain 29-14-7-14-29: ours, and Keras' predict. */
import { figure, median, print } from "./report.mjs";

const sizes = [29, 14, 7, 14, 29];

/** What is asked of whom: ours in its own chunks, Keras at its default batch and at a large one. */
const tasks = [
  { name: "native", rows: 1_000_000, batch: null },
  { name: "wasm", rows: 1_000_000, batch: null },
  { name: "keras", rows: 50_000, batch: 32 },
  { name: "keras", rows: 200_000, batch: 4096 },
];

/**
 * @param {import("./training.mjs").Running[]} running
 * @param {{ rounds: number, threads: number }} options
 * @returns {Promise<import("./report.mjs").Result[]>}
 */
export async function measureScoring(running, { rounds, threads }) {
  const entries = tasks.flatMap(({ name, rows, batch }) => {
    const contender = running.find((each) => each.name === name);
    return contender ? [{ contender, rows, batch, us: /** @type {number[]} */ ([]) }] : [];
  });
  for (let round = 0; round < rounds; round++)
    for (const { contender, rows, batch, us } of entries) {
      const task = { what: "score", sizes, rows, repeats: 1, ...(batch && { batch }) };
      const { seconds } = await contender.ask(task);
      us.push((seconds[0] / rows) * 1e6);
    }
  const ours = median(entries[0]?.us ?? []);
  const results = entries.map(({ contender, batch, us }) => ({
    net: sizes.join("-"),
    batch,
    threads,
    who: contender.name,
    what: "score a row",
    medianUs: median(us),
    ratio: median(us) / ours,
    rowsPerSecond: 1e6 / median(us),
  }));
  const table = results.map(({ who, batch, rowsPerSecond, ratio }) => [
    batch ? `${who}, predict at batch ${batch}` : who,
    figure(rowsPerSecond),
    ratio.toFixed(2),
    who === "native" ? ">= 2,000,000" : "",
  ]);
  print("scoring rows in memory", [["", "rows/s", "peer/ours", "target"], ...table]);
  return results;
}
