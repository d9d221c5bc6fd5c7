import type { CountName } from "./counted-dates.ts";
import { dateShape } from "./date-shapes.ts";
import { plainWords } from "./date-words.ts";
import { type DateShape, daysOfCell, inOrder, isWayToWrite } from "./dates.ts";
import { layoutDays, layoutFields } from "./layout-days.ts";
import { layoutOf } from "./layouts.ts";

/** What a column is whose cells are stated to be dates: also one of numbers, of seasons, of times of the day. */
export function askedShape(cells: readonly string[]): DateShape {
  const shape = dateShape(cells);
  if (shape && "layouts" in shape) return shape;
  return (
    numbersShape(cells, ranges.stated) ??
    firstThatReads(cells, [...decimalMonths, ...rareLayouts]) ??
    isoShape
  );
}

export const isoShape: DateShape = { layouts: ["yyyy-mm-dd"], order: "ymd", timed: true };

const rareLayouts = ["hh:mm", "yyyy/nn", "yyyy-nn", "yyyy/nnnn", "yyyy-nnnn"];
const decimalMonths = ["mm.yyyy", "yyyy.mm"];

/** What can tell time where a column is stated to; numbers that rise as time does stay numbers. */
export const timeShape = (cells: readonly string[]): DateShape | undefined =>
  numbersShape(cells, ranges.time) ?? firstThatReads(cells, [...decimalMonths, ...rareLayouts]);

/**
 * The dates that a column of numbers holds by its name, or by digits that can hardly be anything else; `most` is the
 * share of its cells that may be no dates.
 */
export function namedShape(
  name: string,
  cells: readonly string[],
): { readonly shape: DateShape | undefined; readonly most: number } | undefined {
  const words = wordsOf(name);
  const day = words.some((word) => dayNames.has(word));
  const time = day || words.at(-1) === "at" || words.some((word) => timeNames.has(word));
  const shape = numbersShape(cells, day ? ranges.day : time ? ranges.named : ranges.unnamed);
  if (time)
    return { shape: shape ?? (day ? firstThatReads(cells, decimalMonths) : shape), most: 0.1 };
  const sure = cells.length >= 20 && cells.every((cell) => dayDigits.test(cell));
  return sure ? { shape, most: 0 } : undefined;
}

/** The words of a name: "createdAt", "fecha_alta", "Date (UTC)". */
const wordsOf = (name: string): readonly string[] =>
  plainWords(name.replace(/([a-z])([A-Z])/g, "$1 $2")).match(/[a-z]+/g) ?? [];

const dayNames = new Set(
  "date dates datum fecha fechas dia day tag jour giorno month mes monat mois mese period periodo periode".split(
    " ",
  ),
);
const timeNames = new Set(
  "time times datetime timestamp timestamps ts epoch unix hora momento instante zeit zeitpunkt zeitstempel heure horodatage ora".split(
    " ",
  ),
);
const dayDigits = /^(1[89]|2[01])\d{6}(\d{4}|\d{6})?$/;

interface Ranges {
  /** Days of Excel, seconds since 1970. */
  readonly excel: readonly [number, number] | null;
  readonly seconds: readonly [number, number] | null;
  readonly years: boolean;
  readonly months: boolean;
}
const since2000 = [946_684_800, 4_102_444_800] as const;
const ranges = {
  stated: { excel: [0, 2_958_466], seconds: [1e8, 1e11], years: true, months: true },
  day: { excel: [10_000, 73_051], seconds: since2000, years: false, months: true },
  named: { excel: null, seconds: since2000, years: false, months: false },
  time: { excel: null, seconds: [1e8, 1e11], years: false, months: true },
  unnamed: { excel: null, seconds: null, years: false, months: false },
} as const satisfies Record<string, Ranges>;

const perSecond: readonly (readonly [CountName, number])[] = [
  ["seconds", 1],
  ["milliseconds", 1e3],
  ["microseconds", 1e6],
  ["nanoseconds", 1e9],
];

/** A share of cells that are what a column is. */
const most = 0.9;

/** Numbers that are dates, by how many digits they have. */
function numbersShape(cells: readonly string[], ranges: Ranges): DateShape | undefined {
  const numbers = cells.filter((cell) => /^\d+([.,]\d+)?([eE][+-]?\d+)?$/.test(cell.trim()));
  if (numbers.length === 0 || numbers.length < most * cells.length) return undefined;
  const digits = firstThatReads(cells, [
    "yyyymmdd",
    ...(ranges.months ? ["yyyymm"] : []),
    ...(ranges.years ? ["yyyy"] : []),
  ]);
  if (digits) return digits;
  const values = numbers.map((cell) => Number(cell.replace(",", ".")));
  const within = ([from, to]: readonly [number, number], times = 1) =>
    values.filter((value) => value >= from * times && value < to * times).length >=
    most * cells.length;
  const counted = (name: CountName): DateShape => ({ layouts: [name], order: null, timed: true });
  const { excel, seconds } = ranges;
  const unit = seconds && perSecond.find(([, times]) => within(seconds, times));
  if (unit) return counted(unit[0]);
  return excel && within(excel) ? counted("excel") : undefined;
}

/** Days of the years 1000 to 2999; of decimals, which are months, those of 1600 to 2199. */
const [near, nearest] = [
  [-354_285, 376_200],
  [-135_140, 84_006],
] as const;

/** The first layout that reads nine of ten cells as dates that are not far away. */
function firstThatReads(
  cells: readonly string[],
  layouts: readonly string[],
): DateShape | undefined {
  const found = layouts.find((name) => {
    const layout = layoutOf(name)!;
    const [from, to] = decimalMonths.includes(name) ? nearest : near;
    const read = cells.filter((cell) => {
      const days = layoutDays(cell, layout, null);
      return days >= from && days < to;
    });
    return read.length > 0 && read.length >= most * cells.length;
  });
  return found === undefined
    ? undefined
    : { layouts: [found], order: null, timed: cells.some((cell) => isTimed(cell, found)) };
}

/**
 * The shape that a model knows, where it reads nine of ten cells: before all guesses, which a few cells of new data
 * may lead astray. Whether day or month stands first is open again.
 */
export function knownShape(
  layouts: readonly string[],
  cells: readonly string[],
): DateShape | undefined {
  const known = layouts
    .filter(isWayToWrite)
    .map((name) => name.replace(/(dd|mm)(.)(dd|mm)(.)(?=yy)/, "##$2##$4"));
  const open = known.some((name) => name.includes("##"));
  const shape: DateShape = {
    layouts: known,
    order: open ? "open" : known.some((name) => /yy.mm.dd/.test(name)) ? "ymd" : null,
    timed: known.some((name) => cells.some((cell) => isTimed(cell, name))),
  };
  const reads = (cell: string) =>
    (["dmy", "mdy"] as const).some(
      (order) => !Number.isNaN(daysOfCell(cell, shape, { order, zone: null })),
    );
  const unread = cells.filter((cell) => !reads(cell));
  if (cells.length === 0 || known.length === 0 || unread.length > 0.1 * cells.length)
    return undefined;
  const guess = dateShape(cells);
  if (!guess || !("layouts" in guess)) return shape;
  const more = unread.length > 0 ? guess.layouts.filter((name) => !known.includes(name)) : [];
  const order = open ? (guess.order ?? "open") : shape.order;
  return { layouts: [...known, ...more], order, timed: shape.timed || guess.timed };
}

function isTimed(cell: string, name: string): boolean {
  const layout = layoutOf(inOrder(name, "dmy"));
  return layout !== undefined && (layoutFields(cell, layout)?.h ?? "") !== "";
}
