/**
 * A number near to one, with as few digits as tell it from its neighbours that are a step away: what a handle between pixels
 * stands for.
 */
export function rounded(value: number, step: number): number {
  if (!(step > 0)) return value;
  const digits = Math.ceil(-Math.log10(step));
  // more digits than a number has
  if (digits > 15) return value;
  const scale = 10 ** Math.abs(digits);
  return digits >= 0 ? Math.round(value * scale) / scale : Math.round(value / scale) * scale;
}

/** Whether a threshold flags something at all: a model without one has the greatest number there is. */
export const isThreshold = (value: number): boolean =>
  Number.isFinite(value) && Math.abs(value) < 1e300;
