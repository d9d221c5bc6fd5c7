// Cells made at random for each way to write dates and numbers, some of them spoilt.
import { cut, layoutOf, partWords } from "../../dist/data/cells/layouts.js";

const all = (firsts, ...rest) =>
  rest.length === 0
    ? firsts
    : firsts.flatMap((first) => all(...rest).map((other) => `${first}${other}`));
const words = (text) => text.split(" ");

/** What a letter beside a number may count. */
const counted = (letter) =>
  ({ M: ["mm"], H: ["s"], S: ["s", "ww"], W: ["ww"], KW: ["ww"] })[letter.trim()] ?? ["q"];
const letters = ["Q", "Q ", "T", "T ", "M", "M ", "W", "W ", "S", "S ", "H", "KW", "KW ", "K"];
const marks = ["-", ".", "/", ":", "_", " ", ""];
const wordy = [
  ...["dd mon yyyy", "mon dd yyyy", "mon yyyy", "yyyy mon dd", "yyyy mon", "dd mon yy", "mon yy"],
  ...["q trim yyyy", "yyyy q trim", "trim q yyyy", "yyyy trim q", "rq trim yyyy", "yyyy rq trim"],
  ...["rs trim yyyy", "week ww yyyy", "yyyy week ww"],
];
const moments = [
  ...["-", ".", "/"].flatMap((s) =>
    words("dd#mm#yyyy mm#dd#yyyy dd#mm#yy mm#dd#yy yy#mm#dd yyyy#mm#dd").map((name) =>
      name.replaceAll("#", s),
    ),
  ),
  "yyyymmdd",
  ...wordy.filter((name) => /dd/.test(name)),
];

/** Names of all layouts that Espejo makes of cells, and more that its grammar allows. */
export const layoutNames = [
  ...new Set([
    ...moments,
    ...moments.map((name) => `${name}Z`),
    ...wordy,
    ...words("yyyy-mm yyyy/mm mm-yyyy mm/yyyy yyyy:mm yyyy:q yyyymm mm.yyyy yyyy.mm yyyy"),
    ...words("hh:mm yyyy/nn yyyy-nn yyyy/nnnn yyyy-nnnn YRyyyy yyQq yy-Qq"),
    ...letters.flatMap((letter) =>
      counted(letter).flatMap((n) => [
        ...all(["yyyy"], marks, [letter], [n]),
        ...all([letter], [n], ["-", ".", "/", "_", " ", "'", ""], ["yyyy"]),
        ...all([letter], [n], ["-", "'", "/"], ["yy"]),
        ...(/^[QTSH]$/.test(letter) && n !== "ww"
          ? [
              ...all([n], [letter], ["-", " ", "'", ""], ["yyyy", "yy"]),
              ...all(["yyyy"], marks, [n], [letter]),
            ]
          : []),
      ]),
    ),
    ...all(["yyyy"], marks, ["Www-d", "Wwwd"]),
    ...all(["yyyy"], ["-", ".", "/", " "], ["rq", "rs"]),
    ...all(["rq", "rs"], ["-", ".", "/", " "], ["yyyy"]),
  ]),
].filter((name) => layoutOf(name) !== undefined);

export const countNames = ["seconds", "milliseconds", "microseconds", "nanoseconds", "excel"];

const months = words(
  "jan ENE. january enero März févr. août set Sept. out dic. DEC mai juil jui jun mag xyz marzoo Αυγ maerz Dezember décembre marÇo",
);
const plainMonths = words("jan feb Mar ABR May june jul ago sep Oct november dic");
const offsets =
  "Z|z|+00:00|+02:00|-0330|+5| +01:00| UTC|UTC+1|GMT-03:30| CEST|est|+25:00|+01:60|+01:00[Europe/Madrid]| (CET)| +0200 CEST|\u221203:00".split(
    "|",
  );
const halves = ["", "", "", " AM", "pm", " p. m.", "\u202fPM", " h", " hs.", " Uhr"];
const around = ["", "", "", "", "", "", " ", "\t", "\u00a0", "  ", "\u202f", "\n"];

/** Draws from what a generator of random numbers gives. */
export function draws(random) {
  const below = (n) => random.below(n);
  const pick = (list) => list[below(list.length)];
  const number = (from, to) => from + below(to - from + 1);
  const digits = (from, to, width) => String(number(from, to)).padStart(width, "0");
  return { below, pick, number, digits, chance: (share) => random.uniform() < share };
}

function clockText({ pick, digits, chance }, compact) {
  const full = chance(0.7);
  const apart = compact
    ? pick(["T", " ", "", "-", "_"])
    : pick(["T", " ", " ", " ", ", ", "  ", "t", ":", " at ", " a las "]);
  const h = full ? digits(0, 23, 2) : digits(0, 25, 1);
  const mark = compact ? pick(["", ":"]) : full ? ":" : pick([":", ".", "h"]);
  const i = full ? digits(0, 59, 2) : digits(0, 61, 2);
  if (chance(0.3)) return `${apart}${h}${mark}${i}${compact ? "" : pick(halves)}`;
  const s = full ? digits(0, 59, 2) : digits(0, 61, 2);
  const f = chance(0.3) ? `${pick([".", ","])}${digits(0, 999_999_999, 1)}` : "";
  const second = compact ? (mark === "" ? "" : ":") : pick([":", ":", "."]);
  return `${apart}${h}${mark}${i}${second}${s}${f}${compact ? "" : pick(halves)}`;
}

function partText(part, draw, plain) {
  const { pick, digits, number, chance } = draw;
  const padded = () => (plain || chance(0.7) ? 2 : 1);
  const values = {
    yyyy: () => (plain || chance(0.8) ? digits(1890, 2110, 4) : digits(0, 9999, 4)),
    yy: () => digits(0, 99, 2),
    nnnn: () => digits(1890, 2110, 4),
    nn: () => digits(0, 99, 2),
    mon: () => pick(plain ? plainMonths : months),
    mm: () => (plain ? digits(1, 12, 2) : digits(0, 13, padded())),
    dd: () => (plain ? digits(1, 28, 2) : digits(0, 32, padded())),
    ww: () => (plain ? digits(1, 52, 2) : digits(0, 54, padded())),
    q: () => String(number(1, 4)),
    s: () => String(number(1, 2)),
    d: () => String(number(1, 7)),
    rq: () => pick(["I", "II", "III", "IV", "iv", "ii", "Iii"]),
    rs: () => pick(["I", "II", "i", "ii"]),
    trim: () =>
      plain ? "trim" : pick(["trim", "Trimestre", "quarter", "Q", "T.", "Quartal", "qtr", "vj."]),
    week: () => (plain ? "week" : pick(["week", "Semana", "KW", "wk.", "Woche", "settimana"])),
  };
  return values[part]?.();
}

/** A cell of a layout, perhaps with blanks around it; `plain`: one that is a date, as most columns have them. */
export function dateCell(name, draw, plain = false) {
  const { pick, chance, below } = draw;
  const zoned = name.endsWith("Z");
  const date = zoned ? name.slice(0, -1) : name;
  if (name === "hh:mm")
    return plain
      ? `${draw.number(0, 23)}:${draw.digits(0, 59, 2)}`
      : clockText(draw, false).replace(/^\D+/, "");
  const cells = date.match(cut) ?? [];
  const worded = cells.some((part) => part === "mon" || part in partWords);
  const year = String(draw.number(1890, 2110));
  let text = cells
    .map((part) => {
      if (part === "yyyy" && /nn/.test(date)) return year;
      if (/^nn/.test(part) && (plain || chance(0.8)))
        return String(Number(year) + 1).slice(-part.length);
      const own = partText(part, draw, plain);
      if (own !== undefined)
        return worded && !plain && part === "dd" && chance(0.3)
          ? own + pick(["th", "º", ".", "er"])
          : own;
      if (worded) return plain ? " " : pick([" ", "-", "/", ".", "", ", ", " de "]);
      return plain || chance(0.5) ? part : chance(0.5) ? part.toLowerCase() : part.toUpperCase();
    })
    .join("");
  const moment = cells.includes("dd") && cells.length > 1;
  if (moment && worded && !plain && chance(0.3))
    text = pick(["Mon, ", "lunes ", "segunda-feira, "]) + text;
  const timed = plain ? 0.3 * Number(date !== "yyyymmdd") : 0.5;
  if (moment && chance(timed)) {
    text += plain
      ? ` ${draw.digits(0, 23, 2)}:${draw.digits(0, 59, 2)}`
      : clockText(draw, date === "yyyymmdd");
    if (zoned && chance(0.8)) text += plain ? pick(["Z", "+02:00", " -03:00"]) : pick(offsets);
  }
  if (plain) return text;
  if (chance(0.05)) {
    const at = below(Math.max(1, text.length));
    text = text.slice(0, at) + pick(["", "x", "9", " "]) + text.slice(at + 1);
  }
  return pick(around) + text + pick(around);
}

/** A number that counts, written. */
export function countCell(name, draw, plain = false) {
  const { pick, number, chance, digits } = draw;
  const size = {
    seconds: 1,
    milliseconds: 1e3,
    microseconds: 1e6,
    nanoseconds: 1e9,
    excel: 1 / 86_400,
  }[name];
  const value = number(-1e9, 2e9) * size;
  if (plain) return String(Math.round(Math.abs(value)) + (name === "excel" ? 20_000 : 2e8 * size));
  if (chance(0.1))
    return pick([
      "59",
      "60",
      "60.5",
      "1e5",
      "1,5E+9",
      "-1e400",
      "9e99",
      "x",
      "",
      " 12 ",
      "+7",
      "\u00a05",
      "1_0",
    ]);
  const text = chance(0.5)
    ? String(Math.round(value))
    : `${Math.round(value)}${pick([".", ","])}${digits(0, 999, 1)}`;
  return `${pick(["", "", " ", "\t"])}${text}${pick(["", "", " "])}`;
}

export const signs = [undefined, "€", "US$", "%", "kg", "m2", "°C", "$", "S/.", "km/h"];

const grouped = (whole, mark) => whole.replace(/\B(?=(\d{3})+$)/g, mark);

/** A number in a style, perhaps spoilt. */
export function numberCell({ decimal, thousands, sign, accounting, flags }, draw) {
  const { pick, digits, chance, number, below } = draw;
  if (chance(0.06))
    return pick([
      ...[
        "",
        "NA",
        "-",
        "x",
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        "+inf",
        "1e400",
        "1e-400",
        "1_000",
        "1__0",
        "nan(1)",
      ],
      ...[
        "+-1",
        "++1",
        "1.5_5",
        "00012",
        ".",
        ",",
        "+",
        "1e",
        "1e5.5",
        "4.9e-324",
        "2.47e-324",
        "0x10",
        "\v1",
        "1\n",
      ],
      ...[
        "123456789012345678901234567890",
        "1.7976931348623159e308",
        "9007199254740993",
        "\u00a01",
        "\u202f1",
        "()",
        "(x)",
      ],
      ...[
        "−5",
        "– 5",
        "5-",
        "5 −",
        "(5",
        "5)",
        "( 5 )",
        "-(5)",
        "--5",
        "5.5.5",
        "5,5,5",
        "1'00",
        "12 p",
        "12 abc",
        "12  ep",
      ],
    ]);
  const mark =
    { none: "", " ": pick([" ", "\u00a0", "\u202f"]), "'": pick(["'", "’"]) }[thousands] ??
    thousands;
  const whole = String(number(0, chance(0.5) ? 999 : 999_999_999));
  let text = chance(0.8) ? grouped(whole, mark) : whole;
  if (chance(0.6)) text += decimal + digits(0, 999_999, number(1, 6));
  if (chance(0.05)) text = decimal + digits(0, 999, 1);
  if (chance(0.1)) text += `${pick(["e", "E"])}${pick(["", "+", "-"])}${digits(0, 20, 1)}`;
  const negative = chance(0.3);
  if (sign !== undefined && chance(0.9))
    text = chance(0.5)
      ? sign + pick(["", " ", "\u00a0"]) + text
      : text + pick(["", " ", "\u00a0"]) + sign;
  if (negative)
    text = accounting
      ? pick([`(${text})`, `${text}-`, `\u2212${text}`, `- ${text}`, `-${text}`, `( ${text} )`])
      : `-${text}`;
  else if (chance(0.05)) text = `+${text}`;
  if (flags && chance(0.3)) text += ` ${pick(["p", "e", "ep", "B"])}`;
  if (chance(0.03)) {
    const at = below(text.length);
    text = text.slice(0, at) + pick(["", "x", ".", ",", " "]) + text.slice(at + 1);
  }
  return pick(["", "", "", " ", "\t", "\u00a0"]) + text + pick(["", "", "", " ", "\t", "\u00a0"]);
}

const decimals = [".", ","];
const thousands = ["none", ".", ",", " ", "'"];

/** Styles of numbers: each pair of marks, and with each further trait. */
export const numberStyles = decimals.flatMap((decimal) =>
  thousands
    .filter((mark) => mark !== decimal)
    .flatMap((mark) => {
      const style = { decimal, thousands: mark };
      return [
        ...signs.map((sign) => (sign === undefined ? style : { ...style, sign })),
        { ...style, accounting: true },
        { ...style, flags: true },
        { ...style, accounting: true, sign: "$" },
        { ...style, accounting: true, flags: true, sign: "%" },
      ];
    }),
);
