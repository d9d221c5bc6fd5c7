import { readFileSync, writeFileSync } from "node:fs";

/**
 * Rows of cells as a table of Markdown, the first as its head; `words` are pairs of what is English and what a page
 * says instead.
 * @param {readonly (readonly string[])[]} rows
 * @param {readonly (readonly [string, string])[]} words
 */
export function markdown(rows, words = []) {
  const translated = (/** @type {string} */ cell) =>
    words.reduce((text, [from, to]) => text.replace(from, to), cell);
  return rows
    .flatMap((row, i) => [
      `| ${row.map(translated).join(" | ")} |`,
      ...(i === 0 ? [`|${row.map(() => "---|").join("")}`] : []),
    ])
    .join("\n");
}

/**
 * Puts paragraphs between <!-- mark --> and <!-- /mark --> of a page.
 * @param {URL} page
 * @param {string} mark
 * @param {readonly string[]} paragraphs
 */
export function putBetween(page, mark, paragraphs) {
  const marks = new RegExp(`(<!-- ${mark} -->\n)[\\s\\S]*(<!-- /${mark} -->)`);
  const text = readFileSync(page, "utf8").replace(
    marks,
    (_, open, close) => `${open}${paragraphs.join("\n\n")}\n${close}`,
  );
  writeFileSync(page, text);
}
