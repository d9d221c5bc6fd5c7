import { startContender } from "../warm.mjs";
import { startDuckDB } from "./duckdb.mjs";
import { readOurs } from "./espejo.mjs";

/**
 * @typedef {{ name: string, label: string, read: (path: string) => Promise<import("./files.mjs").Split>,
 *   stop?: () => void }} Tool
 */

const here = (/** @type {string} */ path) => new URL(path, import.meta.url).pathname;

/** @type {Record<string, () => Promise<Omit<Tool, "name">>>} */
const starts = {
  espejo: async () => ({ label: "Espejo", read: readOurs }),
  duckdb: async () => ({ label: "DuckDB", ...(await startDuckDB()) }),
  pandas: () => startPython("pandas", "pandas"),
  clevercsv: () => startPython("clevercsv", "CleverCSV"),
};

export const toolNames = Object.keys(starts);

/** @param {readonly string[]} names @returns {Promise<Tool[]>} */
export async function startTools(names) {
  const tools = [];
  for (const name of names) {
    const start = starts[name];
    if (!start) throw new RangeError(`--tools: one of ${toolNames.join(", ")}, got ${name}`);
    tools.push({ name, ...(await start()) });
  }
  return tools;
}

async function startPython(/** @type {string} */ what, /** @type {string} */ label) {
  const command = [here("../.venv/bin/python"), here("peers.py")];
  const { ask, stop } = await startContender({ label, command }, 1);
  return { label, stop, read: (/** @type {string} */ path) => ask({ what, path }) };
}
