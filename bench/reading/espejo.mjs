/**
 * Espejo, no option given. `openTable` decides whether the file is opened, and its seconds are told; it gives cells as
 * what they mean, so those as split come from the source beneath it.
 */

import { findFiles } from "../../dist/data/files/files.js";
import { Workspace } from "../../dist/data/files/workspace.js";
import { openDatabase } from "../../dist/data/native/database.js";
import { csvSource } from "../../dist/data/text/csv.js";
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
    const { names, detected, rows } = await cellsOf(
      await csvSource(path, files, {}, workspace),
      database,
    );
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

/** The cells of a source as text; of one that must be read line by line, those of its rows. */
async function cellsOf(source, database) {
  const { names, detected, lenient } = source;
  const places = names.map((_, i) => i);
  try {
    const relation = source.relation(places);
    if (lenient) {
      const [[odd]] = await database.query(`SELECT count_if(${lenient.odd}) FROM (${relation})`);
      if (odd > 0) return cellsOf(await lenient.source(), database);
    }
    const cells = places.map((i) => `c${i}`).join(", ");
    return { names, detected, rows: await database.query(`SELECT ${cells} FROM (${relation})`) };
  } catch (error) {
    if (!lenient) throw error;
    return cellsOf(await lenient.source(), database);
  }
}
