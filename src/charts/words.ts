import { fillText } from "../errors.ts";
import { aboutItems, countText, type Items, type Language } from "../language.ts";
import { rowsOfTables } from "./texts/columns.ts";
import { en, type ReportKey } from "./texts/en.ts";
import { es } from "./texts/es.ts";

const texts: Readonly<Record<Language, Readonly<Record<ReportKey, string>>>> = { en, es };

/** How figures and reports speak. */
export interface Words {
  readonly language: Language;
  /** What rows are called. */
  readonly items: Items;
  text(key: ReportKey, parameters?: Readonly<Record<string, string | number>>): string;
  /** A whole number with its thousands apart. */
  count(n: number): string;
  /** A number in a few digits. */
  short(value: number): string;
  /** A share of 1 as a percentage. */
  percent(share: number): string;
}

/** The words of a language, which call rows what they are. */
export function wordsOf(language: Language, items: Items = "rows"): Words {
  const count = (n: number): string => countText(n, language);
  return {
    ...{ language, items },
    text: (key, parameters = {}) => {
      const text = texts[language][key];
      return fillText(keepsRows(key) ? text : aboutItems(text, items, language), parameters);
    },
    count,
    short: (value) => shortText(value, count),
    percent: (share) => (Number.isFinite(share) ? `${percentDigits(100 * share)}\u00a0%` : "–"),
  };
}

/** Texts whose rows are those of a picture or a table, whatever the data consist of. */
const keepsRows = (key: ReportKey): boolean => key === "confusion.share" || rowsOfTables.has(key);

function shortText(value: number, count: (n: number) => string): string {
  if (!Number.isFinite(value)) return "–";
  const rounded = Number(value.toPrecision(4));
  const size = Math.abs(rounded);
  if (size >= 1000 && size < 1e9) {
    const whole = count(Math.round(size));
    return rounded < 0 ? `-${whole}` : whole;
  }
  return String(rounded);
}

/** One decimal, and two digits where that would say 0. */
function percentDigits(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size < 0.95) return String(Number(value.toPrecision(2)));
  // what is not all must not read as all
  return size > 99.94 && size < 100 ? "> 99.9" : value.toFixed(1);
}

/** Text from data as a figure can show it: one line without control characters, cut where it is long. */
export function plainText(text: string, most = 60): string {
  const line = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ")
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g, "")
    .replace(/\p{Surrogate}/gu, "");
  const letters = [...line];
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : line;
}
