/** A time that passed, in units that every language writes alike: 45 s, 2 min 05 s, 1 h 02 min. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [s, min, h] = [whole % 60, Math.floor(whole / 60) % 60, Math.floor(whole / 3600)];
  const two = (value: number): string => String(value).padStart(2, "0");
  if (h > 0) return `${h} h ${two(min)} min`;
  return min > 0 ? `${min} min ${two(s)} s` : `${s} s`;
}
