import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";

/**
 * One measurement. `net` is also the name of a data set or a command; what is no time stands beside it.
 * @typedef {{ net: string, batch: number | null, threads: number, who: string, what: string,
 *   medianUs: number, ratio: number | null, megabytes?: number, rowsPerSecond?: number, loss?: number }} Result
 */

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** What the numbers were measured on; no host name. */
export function machine() {
  const processors = os.cpus();
  return {
    processor: processors[0]?.model ?? "unknown",
    processors: os.availableParallelism(),
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.arch()}`,
    node: process.version,
  };
}

/** Three significant digits, or whole numbers from 100 up. */
export function figure(/** @type {number} */ value) {
  if (!Number.isFinite(value)) return "-";
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}

/**
 * Prints rows of cells: the first column to the left, the others to the right.
 * @param {string} title
 * @param {readonly (readonly string[])[]} table
 */
export function print(title, table) {
  const widths = (table[0] ?? []).map((_, i) =>
    Math.max(...table.map((row) => row[i]?.length ?? 0)),
  );
  console.log(`\n${title}`);
  for (const row of table) {
    const cells = row.map((cell, i) =>
      i ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[0] ?? 0),
    );
    console.log(`  ${cells.join("  ").trimEnd()}`);
  }
}

/**
 * Writes bench/results/<time>.json.
 * @param {Record<string, string>} versions
 * @param {readonly Result[]} results
 */
export function save(versions, results) {
  const folder = new URL("results/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  const name = `${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.json`;
  const text = JSON.stringify({ machine: machine(), versions, results }, null, 2);
  writeFileSync(new URL(name, folder), `${text}\n`);
  console.log(`\nbench/results/${name}`);
}

/** @returns {string} the version of the library that is measured */
export function ownVersion() {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return JSON.parse(manifest).version;
}
