import { cellF1 } from "./judge.mjs";

/** One file and tool as a line: rows and columns as found of those meant. */
export function fileLine(/** @type {import("./measure.mjs").Finding} */ finding) {
  const { file, label, rows, columns, header, wanted, error } = finding;
  const name = `${file.length > 44 ? `${file.slice(0, 43)}~` : file}`.padEnd(44);
  const who = label.padEnd(10);
  if (error !== undefined)
    return `${name}  ${who}  refused  ${error.replace(/\s+/g, " ").slice(0, 200)}`;
  const mark = (/** @type {boolean} */ right) => (right ? " " : "!");
  return [
    name,
    who,
    "opened",
    `rows ${rows}/${wanted.rows}${mark(rows === wanted.rows)}`.padEnd(16),
    `columns ${columns}/${wanted.columns}${mark(columns === wanted.columns)}`.padEnd(17),
    `header ${header ? "right" : "WRONG"}`,
    `F1 ${cellF1(finding).toFixed(4)}`,
  ].join("  ");
}
