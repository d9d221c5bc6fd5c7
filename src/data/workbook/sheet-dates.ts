/** What a number in a cell means by its format. */
export type CellKind = "number" | "date" | "time";

/** The formats that need no code, by their numbers (ECMA-376, 18.8.30). */
export function builtInKind(id: number): CellKind {
  if ((id >= 14 && id <= 17) || id === 22) return "date";
  if ((id >= 18 && id <= 21) || id === 45 || id === 47) return "time";
  if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return "date";
  return "number";
}

/** The codes of those whose dates look the same in every country but for the names of months; "" for others. */
export const builtInCode = (id: number): string =>
  ({ 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy" })[id] ?? "";

/** The kind of a format code such as `dd/mm/yyyy` or `#,##0.00`; hours beyond a day, `[h]:mm`, stay numbers. */
export function codeKind(code: string): CellKind {
  if (/\[(h+|m+|s+)\]/i.test(code)) return "number";
  const bare = code
    .split(";")[0]!
    .replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, "")
    .replace(/general|am\/pm|a\/p/gi, "");
  if (/[yd]/i.test(bare)) return "date";
  if (/[hs]/i.test(bare)) return "time";
  return /m/i.test(bare) ? "date" : "number";
}

const day = 86_400_000;

/** Days of a workbook as an ISO date, with the time where there is one; a time alone as hh:mm:ss. */
export function dateText(serial: number, kind: CellKind, from1904: boolean): string {
  const most = 2_958_466;
  if (!(serial >= 0 && serial < most)) return String(serial);
  if (serial < 1 && (kind === "time" || serial > 0)) return timeText(Math.round(serial * day));
  // Excel knows a 29 February 1900, as Lotus 1-2-3 did.
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const days = Math.floor(serial);
  const rest = Math.round((serial - days) * day);
  const date = new Date(epoch + days * day).toISOString().slice(0, 10);
  if (rest === day) return new Date(epoch + (days + 1) * day).toISOString().slice(0, 10);
  return rest === 0 ? date : `${date} ${timeText(rest)}`;
}

function timeText(milliseconds: number): string {
  // What a binary fraction of a day leaves over is no part of a second.
  const seconds = Math.round(milliseconds / 1000);
  const whole = Math.abs(milliseconds - seconds * 1000) <= 2;
  const text = new Date(whole ? seconds * 1000 : milliseconds).toISOString();
  return whole ? text.slice(11, 19) : text.slice(11, 23);
}

/** Countries by the codes that formats name them with, those whose months differ from the English ones. */
const countries: Readonly<Record<string, string>> = {
  ...{ "407": "de", "807": "de", c07: "de", "40a": "es", c0a: "es", "80a": "es", "40c": "fr" },
  ...{ "410": "it", "416": "pt", "816": "pt", "413": "nl", "415": "pl", "403": "ca" },
};

/**
 * A date as a format shows it, "Jan-24" for `mmm-yy`, without a time that says midnight; undefined where that hangs on
 * the country of whoever looks.
 */
export function dateShown(serial: number, code: string, from1904: boolean): string | undefined {
  const iso = dateText(serial, "date", from1904);
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  if (code === "" || Number.isNaN(date.getTime()) || serial < 1) return undefined;
  const country = /\[\$-(?:[0-9a-f]*?)([0-9a-f]{3})\]/i.exec(code)?.[1]?.toLowerCase() ?? "";
  const language = countries[country] ?? "en";
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(date);
  const two = (n: number): string => String(n).padStart(2, "0");
  const bare = code
    .split(";")[0]!
    .replace(/\[[^\]]*\]/g, "")
    .replace(
      /[T\s]*h+:mm(:ss(\.0+)?)?( ?(am\/pm|a\/p))?/i,
      iso.length > 10 ? ` ${iso.slice(11)}` : "",
    );
  const pieces = bare.match(/"[^"]*"|\\.|_.|\*.|y+|m+|d+|[^ymd"\\]/gi) ?? [];
  const texts = pieces.map((piece) => {
    const letter = piece[0]!.toLowerCase();
    const count = piece.length;
    if (letter === '"') return piece.slice(1, -1);
    if (letter === "\\") return piece[1]!;
    if (letter === "_" || letter === "*") return "";
    if (letter === "y") return count > 2 ? iso.slice(0, 4) : iso.slice(2, 4);
    if (letter === "m" && count < 3)
      return count === 2 ? two(date.getUTCMonth() + 1) : String(date.getUTCMonth() + 1);
    if (letter === "m") return part({ month: count === 3 ? "short" : "long" });
    if (letter === "d" && count < 3)
      return count === 2 ? two(date.getUTCDate()) : String(date.getUTCDate());
    if (letter === "d") return part({ weekday: count === 3 ? "short" : "long" });
    return piece;
  });
  return texts.join("").trim();
}
