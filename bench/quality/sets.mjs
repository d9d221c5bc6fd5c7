import { existsSync, readdirSync } from "node:fs";
import { openTable } from "../../dist/node.js";
import { permutation, random } from "../../dist/random.js";

/** @typedef {{ name: string, rows: number, columns: number, x: Float64Array, y: Uint8Array }} QualitySet */

const folder = new URL("../../../shared/data/anomaly/", import.meta.url);

/** The files of the public sets, in their usual order; none where they are absent. */
export const setFiles = () =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith(".npz"))
        .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    : [];

/**
 * A set from its file: X as double, y 1 for anomalies. Above `most` rows a stratified sample, always the same.
 * @param {string} file
 * @param {number} most
 * @returns {Promise<QualitySet>}
 */
export async function readSet(file, most) {
  const table = await openTable(new URL(file, folder).pathname, { array: "X", labelArray: "y" });
  try {
    const label = table.columns.find(({ role }) => role === "label")?.name ?? "y";
    const names = table.columns.map(({ name }) => name).filter((name) => name !== label);
    const x = new Float64Array(table.rows * names.length);
    const y = new Uint8Array(table.rows);
    const request = { numeric: names, categories: [], text: [label] };
    for await (const batch of table.batches(request)) {
      x.set(batch.numeric, batch.start * names.length);
      batch.text[0].forEach((value, i) => {
        y[batch.start + i] = Number(value) === 0 ? 0 : 1;
      });
    }
    const whole = { name: file.replace(/^\d+_|\.npz$/g, ""), columns: names.length };
    if (table.rows <= most) return { ...whole, rows: table.rows, x, y };
    const kept = [0, 1].flatMap((kind) => {
      const members = placesOf(y, kind);
      const order = permutation(members.length, random(2026, kind));
      const size = Math.round((most * members.length) / table.rows);
      return [...order.subarray(0, size)].map((i) => members[i]);
    });
    return {
      ...whole,
      ...pick(
        { x, y, columns: names.length },
        kept.sort((a, b) => a - b),
      ),
    };
  } finally {
    await table.dispose();
  }
}

/**
 * (a) fits on all rows and scores them; (b) fits on the normal rows of 60 % and scores the other 40 %.
 * @param {QualitySet} set
 * @param {"a" | "b"} protocol
 * @param {number} seed
 */
export function protocolOf(set, protocol, seed) {
  if (protocol === "a") return { fit: set, judge: set };
  /** @type {number[]} */
  const fit = [];
  /** @type {number[]} */
  const judge = [];
  for (const kind of [0, 1]) {
    const members = placesOf(set.y, kind);
    const order = permutation(members.length, random(seed, kind));
    const share = Math.round(members.length * 0.6);
    if (kind === 0) fit.push(...[...order.subarray(0, share)].map((i) => members[i]));
    judge.push(...[...order.subarray(share)].map((i) => members[i]));
  }
  return { fit: pick(set, fit), judge: pick(set, judge) };
}

/** @param {Uint8Array} y @param {number} kind */
const placesOf = (y, kind) => [...y.keys()].filter((row) => y[row] === kind);

/** @param {{ x: Float64Array, y: Uint8Array, columns: number }} set @param {number[]} rows */
function pick({ x, y, columns }, rows) {
  const chosen = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    chosen.set(x.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return { x: chosen, y: Uint8Array.from(rows, (row) => y[row]), rows: rows.length, columns };
}
