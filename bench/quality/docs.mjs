import { readFileSync, writeFileSync } from "node:fs";

/** @typedef {{ sets: number, seeds: number, full: boolean }} Counts */

/** The pages, and the words of their tables that are not English. */
const pages = [
  {
    path: "../../docs/detection.md",
    lead: (/** @type {Counts} */ { sets, seeds, full }) =>
      `Means over ${sets} sets, ${seeds} seeds, ${full ? "all rows" : "at most 10,000 rows of each"}:`,
    setBySet: "set by set",
    words: [],
  },
  {
    path: "../../docs/es/detection.md",
    lead: (/** @type {Counts} */ { sets, seeds, full }) =>
      `Medias sobre ${sets} conjuntos de datos, ${seeds} semillas, ${full ? "todas las filas" : "10\u00a0000 filas de cada uno como mucho"}:`,
    setBySet: "conjunto por conjunto",
    words: /** @type {const} */ ([
      ["mean ROC AUC / average precision", "ROC AUC / precisión media, en promedio"],
      ["half", "mitad"],
      ["fit s", "s de entrenamiento"],
      ["not told in (b)", "sin decírselo en (b)"],
      ["ensemble, private", "ensemble, privado"],
      [" sets)", " conjuntos)"],
    ]),
  },
];

/**
 * Writes the tables of a run between the marks of both pages: means over the sets, (a) and (b) set by set.
 * @param {{ counts: Counts, tables: string[][][] }} run
 */
export function writeDocs({ counts, tables: [means = [], a = [], b = []] }) {
  for (const { path, lead, setBySet, words } of pages) {
    const translated = (/** @type {string} */ cell) =>
      words.reduce((text, [from, to]) => text.replace(from, to), cell);
    const table = (/** @type {string[][]} */ cells) =>
      cells
        .flatMap((row, i) => [
          `| ${row.map(translated).join(" | ")} |`,
          ...(i === 0 ? [`|${row.map(() => "---|").join("")}`] : []),
        ])
        .join("\n");
    const parts = [lead(counts), table(means)];
    parts.push(`(a), ${setBySet}:`, table(a), `(b), ${setBySet}:`, table(b));
    const page = new URL(path, import.meta.url);
    const marks = /(<!-- quality -->\n)[\s\S]*(<!-- \/quality -->)/;
    const text = readFileSync(page, "utf8").replace(
      marks,
      (_, open, close) => `${open}${parts.join("\n\n")}\n${close}`,
    );
    writeFileSync(page, text);
  }
}
