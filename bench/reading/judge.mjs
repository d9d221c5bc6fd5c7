/**
 * How near what a tool split is to what the file means.
 *
 * A table is a rectangle: short rows are filled with empty cells. Columns at its end that have neither a name nor a
 * cell are what a trailing delimiter leaves; they count for nobody. A name that the tool had to make up, where the
 * file has none or the same one twice, is right as it is.
 *
 * @typedef {import("./files.mjs").Split} Split
 * @typedef {{ rows: number, columns: number, wanted: { rows: number, columns: number }, header: boolean,
 *   hits: number, got: number, want: number }} Judgement
 *   rows and columns that the tool found and that are meant; cells that are in both tables (each as often as it is
 *   in both), in the tool's, in the meant one
 */

const trimmed = (/** @type {string} */ cell) => cell.replaceAll("\r\n", "\n").trim();

/**
 * @param {Split} split
 * @param {Split} meant
 * @returns {Judgement}
 */
export function judge(split, meant) {
  const wanted = widthOf(meant);
  const widest = Math.max(split.names?.length ?? 0, ...split.rows.map((row) => row.length));
  const columns = Math.min(widest, Math.max(wanted, withCells(split.rows)));
  const mine = countCells(split.rows, columns);
  const theirs = countCells(meant.rows, wanted);
  let hits = 0;
  for (const [cell, count] of mine) hits += Math.min(count, theirs.get(cell) ?? 0);
  return {
    rows: split.rows.length,
    columns,
    header: columns === wanted && sameHeader(split.names, meant.names, wanted),
    hits,
    got: split.rows.length * columns,
    want: meant.rows.length * wanted,
    wanted: { rows: meant.rows.length, columns: wanted },
  };
}

/** F1 of cells: 1 where all are the same, 0 where none is. */
export function cellF1(
  /** @type {Pick<Judgement, "hits" | "got" | "want">} */ { hits, got, want },
) {
  return got + want === 0 ? 1 : (2 * hits) / (got + want);
}

/** Columns up to the last one that has a cell or a name. */
function widthOf(/** @type {Split} */ { names, rows }) {
  const named = names?.findLastIndex((name) => trimmed(name) !== "") ?? -1;
  return Math.max(named + 1, withCells(rows));
}

function withCells(/** @type {Split["rows"]} */ rows) {
  return rows.reduce(
    (most, row) => Math.max(most, row.findLastIndex((cell) => trimmed(cell) !== "") + 1),
    0,
  );
}

function countCells(/** @type {Split["rows"]} */ rows, /** @type {number} */ columns) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const row of rows)
    for (let i = 0; i < columns; i++) {
      const cell = trimmed(row[i] ?? "");
      counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
  return counts;
}

/**
 * Whether names are those that are meant. Where the file names fewer columns than it has (R leaves out the name of
 * the row names), the others may come before or after.
 * @param {Split["names"]} names
 * @param {Split["names"]} meant
 * @param {number} columns
 */
function sameHeader(names, meant, columns) {
  if (!names || !meant) return !names && !meant;
  const plain = (/** @type {string} */ name) => trimmed(name).replace(/\s+/g, " ");
  const wanted = meant.slice(0, columns).map(plain);
  const caseless = wanted.map((name) => name.toLowerCase());
  const unnamed = Math.max(0, columns - wanted.length);
  return [0, unnamed].some((shift) => {
    const found = names.slice(shift, shift + wanted.length).map(plain);
    return wanted.every((name, i) => {
      const madeUp = name === "" || caseless.indexOf(name.toLowerCase()) < i;
      return madeUp ? found[i]?.startsWith(name) : found[i] === name;
    });
  });
}
