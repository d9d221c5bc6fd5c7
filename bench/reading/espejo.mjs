/**
 * Espejo, no option given. `openTable` decides whether the file is opened, and its seconds are told; it gives cells as
 * what they mean, so those as split come from the source beneath it.
 */
import { csvSource } from "../../dist/data/csv.js";
import { openDatabase } from "../../dist/data/database.js";
import { findFiles } from "../../dist/data/files.js";
import { Workspace } from "../../dist/data/workspace.js";
import { openTable } from "../../dist/node.js";

/** @param {string} path @returns {Promise<import("./files.mjs").Split>} */
export async function readOurs(path) {
  const began = performance.now();
  const table = await openTable(path);
  const seconds = (performance.now() - began) / 1000;
  await table.dispose();
  const workspace = new Workspace();
  const database = await openDatabase();
  try {
    const files = await findFiles(path, database, workspace);
    const { names, relation, detected } = await csvSource(path, files, {}, workspace);
    const cells = names.map((_, i) => `c${i}`).join(", ");
    const rows = await database.query(`SELECT ${cells} FROM (${relation})`);
    return {
      seconds,
      names: detected.header ? names : null,
      rows: rows.map((row) => row.map((cell) => String(cell ?? ""))),
    };
  } finally {
    database.dispose();
    await workspace.dispose();
  }
}
