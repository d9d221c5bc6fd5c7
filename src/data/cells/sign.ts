/** Signs that stand with numbers: currencies, and percent. Longer ones first, so that "US$" is not "$". */
const signs = [
  ..."US$ MX$ R$ S/. S/ Bs. EUR USD GBP CHF JPY CNY MXN ARS CLP COP PEN UYU BRL CAD AUD".split(" "),
  ..."€$£¥₡₲%",
];
const blank = "[ \u00a0\u202f]*";

/** What a sign looks like before a number, after its plus or minus, or behind it; for JavaScript and RE2 alike. */
export function aroundSign(sign: string): string {
  const escaped = sign.replace(/[$./\\^()[\]{}|*+?]/g, "\\$&");
  return `^([+-]?)${blank}${escaped}${blank}|${blank}${escaped}$`;
}

const patterns = signs.map((sign) => ({ sign, pattern: new RegExp(aroundSign(sign)) }));

/** The sign that nine of ten cells have before or behind them; a unit only behind, and in each cell. */
export function signOf(cells: readonly string[]): string | undefined {
  // Most columns have none, and show it at once.
  const first = cells.slice(0, 5).map(bare);
  const found = patterns.find(
    ({ pattern }) =>
      first.some((cell) => pattern.test(cell)) &&
      cells.filter((cell) => pattern.test(bare(cell))).length >= 0.9 * cells.length,
  )?.sign;
  return found ?? unitOf(cells);
}

/** A cell without the parentheses of a negative number. */
const bare = (cell: string): string => cell.replace(/^\((.*)\)$/, "$1").replace(/[-\u2212]$/, "");

/** A word such as kg, m2 or ºC that stands behind the digits of every cell. */
function unitOf(cells: readonly string[]): string | undefined {
  const unit = /^[+-]?\d[\d.,]*[ \u00a0\u202f]*((?:[A-Za-zµº°]|\/)[A-Za-z²³µº°/]{0,7}[23]?)$/;
  const first = unit.exec(cells[0] ?? "")?.[1];
  if (first === undefined || cells.length < 3 || /^e$/i.test(first)) return undefined;
  return cells.every((cell) => unit.exec(cell)?.[1] === first) ? first : undefined;
}

/** A cell without the sign of its column. */
export const withoutSign = (cell: string, sign: string | undefined): string =>
  sign === undefined ? cell : cell.replace(new RegExp(aroundSign(sign), "g"), "$1");
