import { markdown, putBetween } from "../pages.mjs";

/** The pages, and the words of their table that are not English. */
const pages = [
  { path: "../../docs/data.md", words: [] },
  {
    path: "../../docs/es/data.md",
    words: /** @type {const} */ ([
      ["F1 of all cells", "F1 de todas las celdas"],
      ["cell F1", "F1 de celdas"],
      ["opened", "abiertos"],
      ["rows", "filas"],
      ["columns", "columnas"],
      ["header", "cabecera"],
    ]),
  },
];

/** Writes the table of a run between the marks of both pages. */
export function writeDocs(/** @type {readonly (readonly string[])[]} */ table) {
  for (const { path, words } of pages)
    putBetween(new URL(path, import.meta.url), "reading", [markdown(table, words)]);
}
