/** Signs that stand with numbers: currencies, and percent. Longer ones first, so that "US$" is not "$". */
const signs = [
  ..."US$ MX$ R$ S/. S/ Bs. EUR USD GBP CHF JPY CNY MXN ARS CLP COP PEN UYU BRL CAD AUD".split(" "),
  ..."€$£¥₡₲%",
];
const blank = "[ \u00a0\u202f]*";

/** What a sign looks like before a number, after its plus or minus, or behind it; for JavaScript and RE2 alike. */
function around(sign: string): string {
  const escaped = sign.replace(/[$./]/g, "\\$&");
  return `^([+-]?)${blank}${escaped}${blank}|${blank}${escaped}$`;
}

const patterns = signs.map((sign) => ({ sign, pattern: new RegExp(around(sign)) }));

/** The sign that nine of ten cells have before or behind them. */
export function signOf(cells: readonly string[]): string | undefined {
  // Most columns have none, and show it at once.
  const first = cells.slice(0, 5);
  return patterns.find(
    ({ pattern }) =>
      first.some((cell) => pattern.test(cell)) &&
      cells.filter((cell) => pattern.test(cell)).length >= 0.9 * cells.length,
  )?.sign;
}

/** A cell without the sign of its column. */
export const withoutSign = (cell: string, sign: string | undefined): string =>
  sign === undefined ? cell : cell.replace(new RegExp(around(sign), "g"), "$1");

/** As `withoutSign`, of a text column in SQL. */
export const withoutSignSql = (column: string, sign: string): string =>
  `regexp_replace(trim(${column}), '${around(sign)}', '\\1', 'g')`;
