import { scoreRows, tableFromColumns, train } from "../../dist/node.js";

/** @param {{ x: Float64Array, rows: number, columns: number }} set A table; NaN is a missing cell. */
export function tableOf({ x, rows, columns }) {
  const names = Array.from({ length: columns }, (_, j) => `x${j + 1}`);
  const data = Object.fromEntries(
    names.map((name, j) => [name, Array.from({ length: rows }, (_, i) => x[i * columns + j])]),
  );
  const types = Object.fromEntries(names.map((name) => [name, "number"]));
  return tableFromColumns(data, { features: names, types });
}

/**
 * Fits one of ours and scores rows with the model that would be the file.
 * @param {{ fit: any, judge: any }} data
 * @param {object} options
 */
export async function ours({ fit, judge }, options) {
  const learning = tableOf(fit);
  const judged = fit === judge ? learning : tableOf(judge);
  const began = performance.now();
  const { model, fitted } = await train(learning, options);
  const seconds = (performance.now() - began) / 1000;
  const scores = new Float64Array(judge.rows);
  for await (const { start, score } of scoreRows(model, judged, { reasons: "none" }))
    scores.set(score, start);
  const scoring = (performance.now() - began) / 1000 - seconds;
  await model.dispose();
  await fitted.dispose();
  return { scores, seconds, scoring };
}
