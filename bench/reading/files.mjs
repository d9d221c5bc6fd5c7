import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseCommas } from "./commas.mjs";

/**
 * A table as a tool split it, or as it is meant: `names` is null where no header was found or there is none. Seconds
 * are those of a tool that counts them for itself.
 * @typedef {{ names: readonly string[] | null, rows: readonly (readonly string[])[], seconds?: number }} Split
 */

const home = fileURLToPath(new URL("../../../shared/data/reading/", import.meta.url));

/** Names of the published files; none where they are absent. */
export function readingFiles() {
  const folder = join(home, "csv");
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** Where a published file is. */
export const pathOf = (/** @type {string} */ name) => join(home, "csv", name);

/**
 * What a published file means: its clean file, read as it was made (commas, quotes, a header line). Where the file
 * has no header the clean one has col_0, col_1 ..., or begins with its first row (one of them does).
 * @param {string} name
 * @returns {Split}
 */
export function meaningOf(name) {
  const [first = [], ...others] = parseCommas(readFileSync(join(home, "clean", name), "utf8"));
  const { header_lines: lines } = JSON.parse(
    readFileSync(join(home, "parameters", `${name}_parameters.json`), "utf8"),
  );
  if (Number(lines) > 0) return { names: first, rows: others };
  const numbered = first.every((cell, i) => cell.trim() === `col_${i}`);
  return { names: null, rows: numbered ? others : [first, ...others] };
}
