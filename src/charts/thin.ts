/** At most so many of a list, evenly, the first and the last among them. */
export function thin<T>(list: ArrayLike<T>, most: number): readonly T[] {
  const count = Math.min(list.length, most);
  const step = count > 1 ? (list.length - 1) / (count - 1) : 0;
  return Array.from({ length: count }, (_, i) => list[Math.round(i * step)]!);
}
