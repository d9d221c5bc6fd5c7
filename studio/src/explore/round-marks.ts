/**
 * Marks for a logarithmic scale: 1, 2 and 5 of each power of ten, or only powers, where not all have room. Null over a range
 * too short for such.
 */
export function roundMarks(low: number, high: number, most: number): readonly number[] | null {
  const from = Math.floor(Math.log10(low));
  const to = Math.ceil(Math.log10(high));
  const marksOf = (digits: readonly number[]): readonly number[] =>
    Array.from({ length: to - from + 1 }, (_, i) =>
      digits.map((digit) => Number(`${digit}e${from + i}`)),
    )
      .flat()
      .filter((mark) => mark >= low && mark <= high);
  const round = marksOf([1, 2, 5]);
  const powers = marksOf([1]);
  if (powers.length < 2 && round.length < 3) return null;
  if (round.length <= most + 1 || powers.length < 2) return round;
  const step = Math.ceil(powers.length / (most + 1));
  return powers.filter((_, i) => i % step === 0);
}
