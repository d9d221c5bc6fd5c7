/**
 * Fields of a text with commas, doubled quotes and nothing to guess, record by record. Not the reader that is
 * measured: what judges it must not share its faults.
 * @param {string} text
 * @returns {string[][]}
 */
export function parseCommas(text) {
  /** @type {string[][]} */
  const records = [];
  /** @type {string[]} */
  let record = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (field.lastIndex < text.length) {
    const start = field.lastIndex;
    const found = field.exec(text);
    if (!found) throw new Error(`no field at character ${start}: ${text.slice(start, start + 40)}`);
    const [, quoted, plain = "", end] = found;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "," && field.lastIndex < text.length) continue;
    if (end === ",") record.push("");
    records.push(record);
    record = [];
  }
  return records;
}
