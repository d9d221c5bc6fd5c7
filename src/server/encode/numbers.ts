/** A number of single precision with as few digits as give it again. */
export function shortNumber(value: number): number {
  if (!Number.isFinite(value) || Number.isInteger(value)) return value;
  for (const digits of [7, 8]) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}
