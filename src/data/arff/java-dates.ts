/** Reads dates of a format. */
export interface DateReader {
  /** Whether the format has a time. */
  readonly timed: boolean;
  /** A date as ISO, with its time where the format has one; undefined for what has another format. */
  readonly read: (text: string) => string | undefined;
}

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** What the letters of a format of Java's SimpleDateFormat stand for. */
const patterns: readonly (readonly [RegExp, string, string])[] = [
  [/^y{3,}|^y$/, "year", "\\d{4}"],
  [/^yy$/, "short", "\\d{2}"],
  [/^M{3,}/, "word", "[A-Za-z]{3,9}"],
  [/^M{1,2}$/, "month", "\\d{1,2}"],
  [/^d+$/, "day", "\\d{1,2}"],
  [/^H+$/, "hour", "\\d{1,2}"],
  [/^h+$/, "half", "\\d{1,2}"],
  [/^m+$/, "minute", "\\d{1,2}"],
  [/^s+$/, "second", "\\d{1,2}"],
  [/^S+$/, "fraction", "\\d{1,3}"],
  [/^a+$/, "noon", "[AaPp][Mm]"],
  [/^E+$/, "weekday", "[A-Za-z]{2,9}"],
  [/^[zZX]+$/, "zone", "Z|UTC|GMT|[+-]\\d{2}:?\\d{2}"],
];

/** What reads dates of a format of Java, as ARFF files have them; undefined for a format with other parts. */
export function javaDates(format: string): DateReader | undefined {
  const pieces = format.match(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
  const names: string[] = [];
  let source = "";
  for (const piece of pieces) {
    const literal = piece.startsWith("'") ? piece.slice(1, -1).replaceAll("''", "'") || "'" : piece;
    if (piece.startsWith("'") || !/^[A-Za-z]/.test(piece)) {
      source += literal.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
      continue;
    }
    const row = patterns.find(([letters]) => letters.test(piece));
    if (!row) return undefined;
    names.push(row[1]);
    source += `(${row[2]})`;
  }
  const pattern = new RegExp(`^${source}$`);
  const timed = names.some((name) => /^(hour|half|minute|second|fraction)$/.test(name));
  const read = (text: string): string | undefined => {
    const match = pattern.exec(text.trim());
    if (!match) return undefined;
    return isoOf(Object.fromEntries(names.map((name, i) => [name, match[i + 1]!])), timed);
  };
  return { timed, read };
}

function isoOf(parts: Readonly<Record<string, string>>, timed: boolean): string | undefined {
  const number = (name: string, otherwise: number): number => Number(parts[name] ?? otherwise);
  // Java takes two digits for the years from 80 before to 20 after today; the century of most is known without.
  const year = parts.short === undefined ? number("year", 1970) : century(Number(parts.short));
  const month = parts.word === undefined ? number("month", 1) : monthOf(parts.word);
  const half = parts.half === undefined ? undefined : Number(parts.half) % 12;
  const noon = /^p/i.test(parts.noon ?? "") ? 12 : 0;
  const hour = half === undefined ? number("hour", 0) : half + noon;
  const [day, minute, second] = [number("day", 1), number("minute", 0), number("second", 0)];
  const millis = number("fraction", 0) - 60_000 * offsetOf(parts.zone ?? "");
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // What the calendar does not have would come out as another day.
  const same = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1;
  if (!same || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return undefined;
  const iso = new Date(date.getTime() + millis).toISOString();
  return timed ? iso.replace("T", " ").replace(/(\.000)?Z$/, "") : iso.slice(0, 10);
}

const century = (short: number): number => (short > 68 ? 1900 : 2000) + short;

const monthOf = (word: string): number => months.indexOf(word.slice(0, 3).toLowerCase()) + 1;

/** Minutes that a zone is ahead of UTC. */
function offsetOf(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!match) return 0;
  return (match[1] === "-" ? -1 : 1) * (60 * Number(match[2]) + Number(match[3]));
}
