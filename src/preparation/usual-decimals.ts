/** Beyond these a double tells nothing of how a number was written. */
const most = 15;
/** Values that are looked at, from all over. */
const enough = 5000;

/** How many decimals a number needs to be written; null for one that has no short writing. */
export function decimalsOf(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  const [digits = "", exponent = "0"] = String(value).split("e");
  const decimals = Math.max(0, (digits.split(".")[1]?.length ?? 0) - Number(exponent));
  return decimals <= most ? decimals : null;
}

/** The least decimals with which more than half of some numbers can be written; null where no such count is short. */
export function usualDecimals(values: ArrayLike<number>): number | null {
  const counts = new Array<number>(most + 1).fill(0);
  let there = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) there++;
  const every = Math.ceil(there / enough);
  let [seen, place] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value) || place++ % every !== 0) continue;
    seen++;
    const decimals = decimalsOf(value);
    if (decimals !== null) counts[decimals]!++;
  }
  let sum = 0;
  const found = counts.findIndex((count) => {
    sum += count;
    return 2 * sum > seen;
  });
  return found < 0 ? null : found;
}
