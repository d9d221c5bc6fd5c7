import { metrics, scoreRows, train } from "../../dist/node.js";
import { random } from "../../dist/random.js";
import { print } from "../report.mjs";
import { tableOf } from "./ours.mjs";
import { protocolOf, readSet, setFiles } from "./sets.mjs";

const kinds = { basic: {}, ensemble: { kind: "ensemble", normalOnly: true } };
const most = 3000;

/**
 * Protocol (b) where a share of the cells of the judged rows is missing and none was in training: how well anomalies
 * are found, and how many normal rows are flagged, with all cells, with cells missing, and with medians in their place.
 * @param {number} share
 */
export async function measureGaps(share) {
  const ways = ["complete", "cells missing", "medians in their place"];
  /** @type {Map<string, number[][]>} */
  const found = new Map();
  for (const file of setFiles()) {
    const set = await readSet(file, most);
    const { fit, judge } = protocolOf(set, "b", 0);
    if (!judge.y.includes(1)) continue;
    const draw = random(1, 77);
    const holed = {
      ...judge,
      x: judge.x.map((cell) => (draw.uniform() < share ? Number.NaN : cell)),
    };
    const medians = Array.from({ length: fit.columns }, (_, j) => medianOf(fit, j));
    const filled = holed.x.map((cell, at) =>
      Number.isNaN(cell) ? (medians[at % fit.columns] ?? 0) : cell,
    );
    for (const [kind, options] of Object.entries(kinds)) {
      const { model, fitted } = await train(tableOf(fit), { ...options, seed: 0 });
      for (const [k, rows] of [judge, holed, { ...judge, x: filled }].entries()) {
        const scores = new Float64Array(rows.rows);
        let alarms = 0;
        for await (const batch of scoreRows(model, tableOf(rows), { reasons: "none" })) {
          scores.set(batch.score, batch.start);
          batch.isAnomaly.forEach((flag, i) => {
            if (rows.y[batch.start + i] === 0) alarms += flag;
          });
        }
        const normal = rows.y.filter((y) => y === 0).length;
        const { rocAuc, averagePrecision } = metrics;
        const figures = [rocAuc(scores, rows.y), averagePrecision(scores, rows.y), alarms / normal];
        const name = `${kind}, ${ways[k]}`;
        found.set(name, [...(found.get(name) ?? []), figures]);
      }
      await model.dispose();
      await fitted.dispose();
    }
    console.log(set.name);
  }
  const mean = (/** @type {number[][]} */ all, /** @type {number} */ i) =>
    (all.reduce((sum, each) => sum + (each[i] ?? 0), 0) / all.length).toFixed(4);
  print(`${100 * share} % of the cells of judged rows missing, means over sets`, [
    ["", "sets", "ROC AUC", "average precision", "normal rows flagged"],
    ...[...found].map(([name, all]) => [
      name,
      String(all.length),
      ...[0, 1, 2].map((i) => mean(all, i)),
    ]),
  ]);
}

/** @param {{ x: Float64Array, columns: number }} set @param {number} column */
function medianOf({ x, columns }, column) {
  const cells = x.filter((_, at) => at % columns === column).sort();
  return cells[Math.floor(cells.length / 2)];
}
