import { cellF1 } from "./judge.mjs";

/** @typedef {import("./measure.mjs").Finding} Finding */

export const head = ["", "opened", "rows", "columns", "header", "cell F1", "F1 of all cells", "s"];

/**
 * Figures of one tool: files that are right, the mean of F1 over files (each counts the same, a refused one 0),
 * F1 of the cells of all files together, seconds in all.
 * @param {readonly Finding[]} findings
 */
export function summary(findings) {
  const count = (/** @type {(finding: Finding) => boolean} */ right) =>
    String(findings.filter((each) => each.error === undefined && right(each)).length);
  const sum = (/** @type {(finding: Finding) => number} */ of) =>
    findings.reduce((total, each) => total + of(each), 0);
  const together = { hits: sum((f) => f.hits), got: sum((f) => f.got), want: sum((f) => f.want) };
  return [
    count(() => true),
    count(({ rows, wanted }) => rows === wanted.rows),
    count(({ columns, wanted }) => columns === wanted.columns),
    count(({ header }) => header),
    (sum(cellF1) / findings.length).toFixed(3),
    cellF1(together).toFixed(3),
    sum(({ seconds }) => seconds).toFixed(1),
  ];
}
