const timeOfDay = /^(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,](\d+))?)?\s*(?:([ap])\.?\s*m\.?)?$/i;

/** A time of the day as a share of it; NaN for all else. */
export function dayShare(cell: string): number {
  const found = timeOfDay.exec(cell.trim());
  if (!found) return Number.NaN;
  const [hours, minutes, seconds] = [found[1], found[2], found[3] ?? 0].map(Number) as [
    ...[number, number, number],
  ];
  const half = found[5]?.toLowerCase();
  const hour = half === undefined ? hours : (hours % 12) + (half === "p" ? 12 : 0);
  if (hour > 23 || minutes > 59 || seconds > 59 || (half && (hours < 1 || hours > 12)))
    return Number.NaN;
  return (hour * 3600 + minutes * 60 + seconds + Number(`0.${found[4] ?? 0}`)) / 86_400;
}
