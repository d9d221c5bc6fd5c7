import { meaningOf, pathOf } from "./files.mjs";
import { judge } from "./judge.mjs";

/**
 * What a tool made of a file; of one that it refused, the error, and no cell.
 * @typedef {import("./judge.mjs").Judgement & { file: string, tool: string, label: string, seconds: number,
 *   error?: string }} Finding
 */

/**
 * @param {import("./tools.mjs").Tool} tool
 * @param {string} file
 * @returns {Promise<Finding>}
 */
export async function measure({ name: tool, label, read }, file) {
  const meant = meaningOf(file);
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  try {
    const split = await read(pathOf(file));
    const seconds = split.seconds ?? elapsed();
    return { file, tool, label, seconds, ...judge(split, meant) };
  } catch (error) {
    const judgement = { ...judge({ names: null, rows: [] }, meant), header: false };
    return { file, tool, label, seconds: elapsed(), ...judgement, error: wordsOf(error) };
  }
}

function wordsOf(/** @type {unknown} */ error) {
  return error instanceof Error ? error.message : String(error);
}
