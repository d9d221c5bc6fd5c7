/** What every example shares: how long it runs, where its data are, where its pictures go. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** `--full` for the figures of the docs, `--smoke` to see that it runs; else some minutes at most. */
export const mode = process.argv.includes("--full")
  ? "full"
  : process.argv.includes("--smoke")
    ? "smoke"
    : "short";

/**
 * One of three, by the mode.
 * @template T
 * @param {{ smoke: T, short: T, full: T }} choices
 * @returns {T}
 */
export const choose = (choices) => choices[mode];

const here = dirname(fileURLToPath(import.meta.url));
const folders = [
  ...(process.env.ESPEJO_DATA ? [process.env.ESPEJO_DATA] : []),
  join(here, "../../../shared/data"),
  join(here, "../data"),
];

/**
 * The first of some files that is there: in the folder that ESPEJO_DATA names, or among the examples' own.
 * Without any the example ends, and says so.
 * @param {...string} names
 */
export function dataFile(...names) {
  for (const name of names)
    for (const folder of folders) {
      const path = join(folder, name);
      if (existsSync(path)) return path;
    }
  console.log(`skipped: none of ${names.join(", ")} is there; ESPEJO_DATA names their folder`);
  process.exit(0);
}

const pictures = join(here, "../out");

/** Where a picture goes: `examples/out`. @param {string} name */
export function picturePath(name) {
  mkdirSync(pictures, { recursive: true });
  return join(pictures, name);
}

/** Prints a figure beside what was wanted of it. @param {string} name @param {number | string} value @param {string} [remark] */
export function report(name, value, remark = "") {
  const shown = typeof value === "number" ? Number(value.toPrecision(4)) : value;
  console.log(`${name.padEnd(44)} ${shown}${remark ? `   (${remark})` : ""}`);
}
