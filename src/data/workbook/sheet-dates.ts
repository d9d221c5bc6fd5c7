/** What a number in a cell means by its format. */
export type CellKind = "number" | "date" | "time";

/** The formats that need no code, by their numbers (ECMA-376, 18.8.30). */
export function builtInKind(id: number): CellKind {
  if ((id >= 14 && id <= 17) || id === 22) return "date";
  if ((id >= 18 && id <= 21) || id === 45 || id === 47) return "time";
  if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return "date";
  return "number";
}

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
