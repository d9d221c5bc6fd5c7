import { offsetMicroseconds } from "./clock.ts";
import { offsetAt, zoneOf } from "./zones.ts";

/** Places whose clocks are set at different hours of different days; others go as one of these. */
export const changingPlaces: readonly string[] = (
  "Europe/Madrid Europe/London Europe/Athens America/New_York America/Santiago America/Mexico_City " +
  "America/Sao_Paulo America/Asuncion America/Havana Australia/Sydney Pacific/Auckland Asia/Jerusalem " +
  "Africa/Cairo Asia/Tehran Atlantic/Azores"
).split(" ");

const day = 86_400;
const hour = 3600;
const micro = 1e6;

/** What a cell says of its offset, such as "+02:00" or "CEST", in seconds. */
function secondsOf(said: string): number {
  const [, zn = "", zs = "", zh = "", zm = ""] =
    /^([A-Z]*)(?:([+\u2212-])(\d{1,2})(?::(\d{2}))?)?$/.exec(said) ?? [];
  return (offsetMicroseconds({ zn, zs, zh, zm }) ?? Number.NaN) / micro;
}

/** Seconds before UTC as they stand behind a time: "+02:00". */
function offsetText(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${seconds < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** A time of a column and what its cell says of its offset; times of one hour, by which clocks are set, may be one. */
export type OffsetSeen = readonly [secondsSince1970: number, said: string];

/** The offset of cells by what they say, "+02:00"; null where that is none, undefined where there are several. */
export function oneOffset(said: readonly string[]): string | null | undefined {
  const seconds = [...new Set(said.map(secondsOf))];
  if (seconds.length === 0 || seconds.some(Number.isNaN)) return null;
  return seconds.length === 1 ? offsetText(seconds[0]!) : undefined;
}

/** The first place whose clocks showed all times of a column, "Europe/Madrid"; null where they are of several. */
export function placeOf(seen: readonly OffsetSeen[]): string | null {
  const fits = (place: string): boolean => {
    const zone = zoneOf(place);
    return seen.every(([at, said]) => offsetAt(at * micro, zone) === secondsOf(said) * micro);
  };
  return changingPlaces.find(fits) ?? null;
}

/** Hours since 1970 in seconds: clocks are set at full ones. */
export const fullHour = (days: number): number => Math.floor(Math.round(days * day) / hour) * hour;

/** Whose clocks the times of a column are of, and whether its cells say so. */
interface ClockSeen {
  readonly clock: string | undefined;
  readonly said: boolean;
}

/**
 * Days since 1970-01-01 as its clock showed them, with the offset where cells say theirs: "2024-05-01 10:00:00+02:00";
 * those of no one clock as UTC has them, "2024-05-01 08:00:00Z", whole days without.
 */
export function localText(
  days: number,
  { clock, said }: ClockSeen,
  write: (days: number) => string,
): string {
  if (!Number.isFinite(days)) return write(days);
  const fixed = clock === undefined ? 0 : secondsOf(clock);
  const seconds = Number.isNaN(fixed)
    ? offsetAt(Math.round(days * day * micro), zoneOf(clock!)) / micro
    : fixed;
  const text = write(days + seconds / day);
  if (!said || !/^\d{4}-/.test(text)) return text;
  const timed = text.includes(" ") ? text : `${text} 00:00:00`;
  if (clock === undefined) return text.includes(" ") ? `${text}Z` : text;
  return timed + offsetText(seconds);
}
