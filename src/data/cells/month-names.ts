/** Dates whose month is a word, in English or Spanish: "12 Jan 2020", "3 de enero de 2021", "May 5, 2020", "ene-2020". */
export type WordOrder = "dmy" | "mdy" | "my";

const months = [
  ["january", "enero"],
  ["february", "febrero"],
  ["march", "marzo"],
  ["april", "abril"],
  ["may", "mayo"],
  ["june", "junio"],
  ["july", "julio"],
  ["august", "agosto"],
  ["september", "septiembre", "setiembre"],
  ["october", "octubre"],
  ["november", "noviembre"],
  ["december", "diciembre"],
];

/** The first three letters or more of the names of a month. */
const words = months.map((names) => {
  const beginnings = names.flatMap((name) =>
    Array.from({ length: name.length - 2 }, (_, i) => name.slice(0, i + 3)),
  );
  return [...new Set(beginnings)].sort((a, b) => b.length - a.length).join("|");
});

const month = `(?:${words.join("|")})`;
const time = "(?: \\d{1,2}:\\d{2}(?::\\d{2})?)?";
const shapes: readonly (readonly [WordOrder, RegExp])[] = [
  ["dmy", new RegExp(`^\\d{1,2} ${month} \\d{4}${time}$`)],
  ["mdy", new RegExp(`^${month} \\d{1,2} \\d{4}${time}$`)],
  ["my", new RegExp(`^${month} \\d{4}$`)],
];

/** The order that nine of ten cells have. */
export function wordOrder(cells: readonly string[]): WordOrder | undefined {
  const plain = cells.map((cell) =>
    ` ${cell.toLowerCase()} `
      .replace(/[ .,/-]+/g, " ")
      .replaceAll(" de ", " ")
      .trim(),
  );
  return shapes.find(
    ([, shape]) => plain.filter((cell) => shape.test(cell)).length >= 0.9 * cells.length,
  )?.[0];
}

const formats: Readonly<Record<WordOrder, string>> = {
  dmy: "%d %m %Y",
  mdy: "%m %d %Y",
  my: "%m %Y",
};

/** A text column of such dates as TIMESTAMP, NULL where a cell is none. */
export function wordDateSql(column: string, order: WordOrder): string {
  const spaced = `regexp_replace(' ' || lower(${column}) || ' ', '[ .,/-]+', ' ', 'g')`;
  let text = `trim(replace(${spaced}, ' de ', ' '))`;
  words.forEach((word, i) => {
    text = `regexp_replace(${text}, '\\b(?:${word})\\b', '${i + 1}')`;
  });
  const format = formats[order];
  return `try_strptime(${text}, ['${format}', '${format} %H:%M:%S', '${format} %H:%M'])`;
}
