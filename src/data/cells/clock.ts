/** A blank, also one that does not break and the narrow one that programs put before "AM". */
export const blank = "[ \u00a0\u202f]";
/** A few blanks, or none: patterns without an end would take their time over long cells. */
const blanks = `${blank}{0,4}`;

/** Letters in either case, for patterns of JavaScript and RE2. */
export const either = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);

/** Minutes that clocks are before UTC, by the names that stand behind a time and are those of one clock only (RFC 2822). */
export const zoneNames: Readonly<Record<string, number>> = {
  ...{ Z: 0, UTC: 0, GMT: 0, WET: 0, WEST: 60, CET: 60, MEZ: 60, CEST: 120, MESZ: 120 },
  ...{ EET: 120, EEST: 180, MSK: 180, EDT: -240, EST: -300, CDT: -300, CST: -360 },
  ...{ MDT: -360, MST: -420, PDT: -420, PST: -480 },
};
const names = Object.keys(zoneNames).sort((a, b) => b.length - a.length);

const apart = `(?:[Tt_:]|,?${blank}{1,4}(?:(?:at|a las|um|@)${blank}{1,4})?)`;
const halves = `(?:${blanks}(?:([AaPp])\\.?${blank}?[Mm]\\.?|[Hh](?:[Rr]?[Ss])?\\.?|${either("uhr")}))?`;

/** A time of the day, groups h i s f p: "01:30", "1:30:00.25 p. m.", "13.30". */
export const timePattern = `(\\d{1,2})[:.h](\\d{2})(?:[:.](\\d{2})(?:[.,](\\d{1,9}))?)?${halves}`;
/** The same behind a date. */
export const clockPattern: string = apart + timePattern;
export const clockFields: readonly string[] = ["h", "i", "s", "f", "p"];

/** The same, which needs no marks between, groups h i s f: "T013000", " 0130". */
export const compactClock = "[Tt_ -]?(\\d{2}):?(\\d{2})(?::?(\\d{2})(?:[.,](\\d{1,9}))?)?";
export const compactFields: readonly string[] = ["h", "i", "s", "f"];

/** How far a clock is before UTC, groups zs zh zm zn: "+02:00", " -0300", "Z", " UTC+1", " CEST", "+01:00[Europe/Madrid]". */
export const offsetPattern =
  `${blanks}(?:(?:${either("UTC")}|${either("GMT")})?([+\u2212-])(\\d{1,2})(?::?(\\d{2}))?(?:${blank}[A-Za-z]{3,5})?|(${names.map(either).join("|")}))` +
  `(?:${blanks}(?:\\[[^\\]]{1,40}\\]|\\([^)]{1,60}\\)))?`;
export const offsetFields: readonly string[] = ["zs", "zh", "zm", "zn"];

export type Fields = Readonly<Record<string, string>>;

/** Microseconds since midnight, NaN for a time that no clock shows; 24:00 is the end of the day. */
export function clockMicroseconds({ h = "", i = "", s = "", f = "", p = "" }: Fields): number {
  if (h === "") return 0;
  if (p !== "" && Number(h) > 12) return Number.NaN;
  const hour = p === "" ? Number(h) : (Number(h) % 12) + (p.toLowerCase() === "p" ? 12 : 0);
  const [minute, second] = [Number(i), Number(s)];
  const part = Number(f.slice(0, 6).padEnd(6, "0"));
  const within = hour < 24 || (hour === 24 && minute + second + part === 0);
  if (!within || minute > 59 || second > 59) return Number.NaN;
  return ((hour * 60 + minute) * 60 + second) * 1e6 + part;
}

/** The same as what follows the date in the text of a TIMESTAMP. */
export function clockSql(fields: readonly string[]): string {
  if (!fields.includes("h")) return "''";
  const has = (field: string) => fields.includes(field);
  const hour = "TRY_CAST(x.h AS INTEGER)";
  const of12 = `CASE WHEN ${hour} > 12 THEN '99' ELSE CAST(${hour} % 12 + CASE WHEN lower(x.p) = 'p' THEN 12 ELSE 0 END AS VARCHAR) END`;
  const shown = has("p") ? `CASE WHEN x.p = '' THEN x.h ELSE ${of12} END` : "x.h";
  const part = has("f") ? ` || CASE WHEN x.f = '' THEN '' ELSE '.' || x.f END` : "";
  const seconds = `CASE WHEN x.s = '' THEN '' ELSE ':' || x.s${part} END`;
  return `CASE WHEN x.h = '' THEN '' ELSE ' ' || ${shown} || ':' || x.i || ${seconds} END`;
}

/** Microseconds that a clock is before UTC; null where the cell does not say it, NaN where it cannot be. */
export function offsetMicroseconds({ zs = "", zh = "", zm = "", zn = "" }: Fields): number | null {
  if (zn !== "") return zoneNames[zn.toUpperCase()]! * 60e6;
  if (zh === "") return null;
  const [hours, minutes] = [Number(zh), Number(zm)];
  if (hours > 23 || minutes > 59) return Number.NaN;
  return (zs === "+" ? 1 : -1) * (hours * 60 + minutes) * 60e6;
}

/** As `offsetMicroseconds`; `absent` where the cell does not say it. */
export function offsetSql(absent: string): string {
  const list = names.map((name) => `'${name}'`).join(", ");
  const minutes = names.map((name) => zoneNames[name]).join(", ");
  const numbers = "TRY_CAST(x.zh AS BIGINT) * 60 + coalesce(TRY_CAST(x.zm AS BIGINT), 0)";
  return (
    `CASE WHEN x.zn <> '' THEN 60000000 * CAST([${minutes}][list_position([${list}], upper(x.zn))] AS BIGINT) ` +
    `WHEN x.zh = '' THEN ${absent} ` +
    `WHEN x.zh > '23' AND length(x.zh) = 2 OR x.zm > '59' THEN NULL ` +
    `ELSE 60000000 * CASE WHEN x.zs = '+' THEN 1 ELSE -1 END * (${numbers}) END`
  );
}
