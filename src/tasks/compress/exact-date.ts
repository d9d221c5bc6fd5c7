import { isoDate } from "../../data/cells/dates.ts";

const perDay = 86_400;
const micro = 1e6;

/** Days since 1970-01-01 as a date that comes back the same: with the time where there is one, to the microsecond. */
export function exactDate(days: number): string {
  const instant = Math.round(days * perDay * micro);
  const seconds = Math.floor(instant / micro);
  const fraction = instant - seconds * micro;
  if (!Number.isSafeInteger(instant) || fraction === 0) return isoDate(days);
  const whole = isoDate(seconds / perDay);
  const time = whole.includes(" ") ? whole : `${whole} 00:00:00`;
  return `${time}.${String(fraction).padStart(6, "0").replace(/0+$/, "")}`;
}
