/** Beyond these a double tells nothing of how a number was written. */
const most = 15;

/** How many decimals a number has at least to be written with; null for none that is short. */
export function decimalsOf(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  for (let decimals = 0; decimals <= most; decimals++)
    if (Number(value.toFixed(decimals)) === value) return decimals;
  return null;
}

/** The least decimals with which more than half of some numbers can be written; null where no such count is short. */
export function usualDecimals(values: ArrayLike<number>): number | null {
  const counts = new Array<number>(most + 1).fill(0);
  let there = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    there++;
    const decimals = decimalsOf(value);
    if (decimals !== null) counts[decimals]!++;
  }
  let sum = 0;
  const found = counts.findIndex((count) => {
    sum += count;
    return 2 * sum > there;
  });
  return there === 0 || found < 0 ? null : found;
}
