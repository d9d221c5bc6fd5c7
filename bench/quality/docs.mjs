import { markdown, putBetween } from "../pages.mjs";

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
    const table = (/** @type {string[][]} */ cells) => markdown(cells, words);
    const parts = [lead(counts), table(means)];
    parts.push(`(a), ${setBySet}:`, table(a), `(b), ${setBySet}:`, table(b));
    putBetween(new URL(path, import.meta.url), "quality", parts);
  }
}
