/** A range of numbers that a cell names; what is open has no end. */
interface Range {
  readonly low: number;
  readonly high: number;
}

const number = "[-+]?\\d+(?:[.,]\\d+)*";
const unit = "(?:\\s*(?:%|€|\\$|years?|yrs?|años?|[kcmgµ]?[gmsl]|km/h|[KM]))?";
const one = `[€$£]?(${number})${unit}`;
const more = "over|above|more|older|longer|higher";
const whole = (pattern: string): RegExp => new RegExp(`^${pattern}$`, "i");

const closed = [
  whole(`${one}\\s*(?:[-–—]|\\.\\.\\.?|\\b(?:to|a|hasta)\\b)\\s*${one}`),
  whole(`[([]\\s*${one}\\s*[,;]\\s*${one}\\s*[)\\]]`),
];
const below = whole(`(?:<=?|≤|under|below|up to|less than|menos de|hasta|menor de)\\s*${one}`);
const above = [
  whole(`(?:>=?|≥|over|above|more than|más de|desde|mayor de)\\s*${one}`),
  whole(`${one}\\s*(?:\\+|(?:and|or) (?:${more})|[yo] más|y mayores)`),
];

/** Columns with more values than this are no scale. */
const mostRanges = 60;

/** 1,000 and 1.000 are thousands, 0.125 is none. */
const read = (text: string): number => {
  const thousands = /^[-+]?[1-9]\d{0,2}([.,]\d{3})+$/.test(text);
  return Number(thousands ? text.replace(/[.,]/g, "") : text.replace(",", "."));
};

/** The range that a cell names; null for all else. */
function rangeOf(cell: string): Range | null {
  const both = closed.map((pattern) => pattern.exec(cell)).find((found) => found);
  if (both) {
    const [low, high] = [read(both[1]!), read(both[2]!)];
    return low < high ? { low, high } : null;
  }
  const under = below.exec(cell);
  if (under) return { low: Number.NEGATIVE_INFINITY, high: read(under[1]!) };
  const over = above.map((pattern) => pattern.exec(cell)).find((found) => found);
  return over ? { low: read(over[1]!), high: Number.POSITIVE_INFINITY } : null;
}

/**
 * The values of a column that are ranges of one scale, lowest first: three at least, of which two are closed, none over another,
 * and no more than one value that is no range ("unknown"). null where they are not: scores, codes and telephone numbers overlap.
 */
export function rangesOf(values: readonly string[]): readonly string[] | null {
  if (values.length < 3 || values.length > mostRanges) return null;
  const found = values.flatMap((value) => {
    const range = rangeOf(value.trim());
    return range ? [{ value, ...range }] : [];
  });
  if (found.length < values.length - 1) return null;
  const closedOnes = found.filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high));
  if (found.length < 3 || closedOnes.length < 2) return null;
  found.sort((a, b) => a.low - b.low || a.high - b.high);
  const apart = found.every(({ low }, i) => i === 0 || low >= found[i - 1]!.high);
  return apart ? found.map(({ value }) => value) : null;
}
