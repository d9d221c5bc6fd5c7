import type { DateOrder } from "../terms/table.ts";
import { plainWords } from "./date-words.ts";
import { inOrder } from "./dates.ts";
import { layoutDays, layoutFields } from "./layout-days.ts";
import { layoutOf } from "./layouts.ts";

/** How one cell is written that is a date. */
export interface CellLayout {
  /** "##/##/yyyy" where day and month stand before the year. */
  readonly name: string;
  /** It has a time of the day. */
  readonly timed: boolean;
  /** And says how far its clock is before UTC. */
  readonly zoned: boolean;
  /** Of "##/##/yyyy": the orders in which it is a date. */
  readonly orders: readonly DateOrder[];
}

const edge = "[ \t\u00a0\u202f]*";
const whole = (pattern: string): RegExp => new RegExp(`^${edge}${pattern}${edge}$`, "i");
const begin = (pattern: string): RegExp => new RegExp(`^${edge}${pattern}`);
const mark = "([-./:_ ]?)";
const years = (digits: string): string => (digits.length === 4 ? "yyyy" : "yy");

/** What the number behind or before a letter counts: S is for a semester, and for a semaine or semana beyond the second. */
function counted(letter: string, digits: string): string {
  const of = letter.trim().toUpperCase();
  if (of === "M") return "mm";
  if (of === "H" || (of === "S" && /^[12]$/.test(digits))) return "s";
  return of === "W" || of === "KW" || of === "S" ? "ww" : "q";
}

type Groups = readonly string[];

/** Beginnings and whole cells that let one think of a layout. */
const proposals: readonly (readonly [RegExp, (groups: Groups) => string])[] = [
  [begin("\\d{4}([-/.])\\d{1,2}\\1\\d{1,2}(?!\\d)"), ([, s]) => `yyyy${s}mm${s}dd`],
  [
    begin("\\d{1,2}([-/.])\\d{1,2}\\1(\\d{4}|\\d{2})(?!\\d)"),
    ([, s, year]) => `##${s}##${s}${years(year!)}`,
  ],
  [whole("\\d{4}([-/])\\d{1,2}"), ([, s]) => `yyyy${s}mm`],
  [whole("\\d{1,2}([-/])\\d{4}"), ([, s]) => `mm${s}yyyy`],
  [begin("\\d{8}[Tt_ -]\\d{2}:?\\d{2}"), () => "yyyymmdd"],
  [
    whole(`\\d{4}${mark}(KW ?|[QTKMWSH] ?)(\\d{1,2})`),
    ([, s, letter, n]) => `yyyy${s}${letter!.toUpperCase()}${counted(letter!, n!)}`,
  ],
  [whole(`\\d{4}${mark}W\\d{2}(-?)[1-7]`), ([, s, dash]) => `yyyy${s}Www${dash}d`],
  [
    whole("(KW ?|[QTMWSH] ?)(\\d{1,2})([-./_ ']|(?=\\d{4}))(\\d{4}|\\d{2})"),
    ([, letter, n, s, year]) =>
      `${letter!.toUpperCase()}${counted(letter!, n!)}${s}${years(year!)}`,
  ],
  [
    whole("([1-4])([QTSH])([-./_ ']?)(\\d{4}|\\d{2})"),
    ([, n, letter, s, year]) =>
      `${counted(letter!, n!)}${letter!.toUpperCase()}${s}${years(year!)}`,
  ],
  [
    whole(`\\d{4}${mark}([1-4])([QTSH])`),
    ([, s, n, letter]) => `yyyy${s}${counted(letter!, n!)}${letter!.toUpperCase()}`,
  ],
  [whole("\\d{2}([-]?)Q[1-4]"), ([, s]) => `yy${s}Qq`],
  // years as the World Bank codes them
  [whole("YR\\d{4}"), () => "YRyyyy"],
  [whole("\\d{4}:(\\d{1,2})"), ([, n]) => (n!.length === 1 ? "yyyy:q" : "yyyy:mm")],
  [whole("\\d{4}([-./ ])(?:IV|I{1,3})"), ([, s]) => `yyyy${s}rq`],
  [whole("(?:IV|I{1,3})([-./ ])\\d{4}"), ([, s]) => `rq${s}yyyy`],
];

const words = [
  ...["dd mon yyyy", "mon dd yyyy", "mon yyyy", "yyyy mon dd", "yyyy mon"],
  ...["dd mon yy", "mon yy", "q trim yyyy", "yyyy q trim", "trim q yyyy", "yyyy trim q"],
  ...["rq trim yyyy", "yyyy rq trim", "week ww yyyy", "yyyy week ww"],
];

/** How a cell is written; undefined where it is no date that can be told without being asked for. */
export function cellLayout(cell: string, plain = false): CellLayout | undefined {
  if (cell.length > 80 || !/\d/.test(cell)) return undefined;
  for (const [pattern, name] of plain ? proposals.slice(0, 3) : proposals) {
    const groups = pattern.exec(cell);
    if (groups) return asWritten(cell, name(groups));
  }
  if (plain || !/[a-z]{3}/.test(plainWords(cell))) return undefined;
  for (const name of words) {
    const found = asWritten(cell, name);
    if (found) return found;
  }
  return undefined;
}

/** The years 1000 to 2999: what is farther away is hardly a date. */
const near = [-354_285, 376_200] as const;

/** Whether a cell is a date of a layout, and in which orders. */
function asWritten(cell: string, name: string): CellLayout | undefined {
  const possible: readonly DateOrder[] = name.includes("##")
    ? ["dmy", "mdy", ...(name.endsWith("yyyy") ? [] : (["ymd"] as const))]
    : ["ymd"];
  for (const zoned of [false, true]) {
    const layouts = possible.map((order) => layoutOf(inOrder(name, order) + (zoned ? "Z" : "")));
    const orders = possible.filter((_, i) => {
      const days = layouts[i] ? layoutDays(cell, layouts[i], null) : Number.NaN;
      return days >= near[0] && days < near[1];
    });
    if (orders.length === 0) continue;
    const timed = (layoutFields(cell, layouts[0]!)?.h ?? "") !== "";
    return { name, orders, timed, zoned };
  }
  return undefined;
}
