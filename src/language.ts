/** Languages that notes, reports and the command line speak. */
export type Language = "en" | "es";

/** A whole number with its thousands apart: 41,188; in Spanish, by the rule of the academies, 41 188 and 5492. */
export function countText(n: number, language: Language): string {
  const digits = String(n);
  if (language === "es" && digits.length < 5) return digits;
  return digits.replace(/\B(?=(\d{3})+$)/g, language === "es" ? "\u00a0" : ",");
}

/** A share in hundredths: 0.17 %, 22.1 %. */
export function percentText(share: number): string {
  const percent = 100 * share;
  return `${percent > 0 && percent < 1 ? percent.toPrecision(2) : percent.toFixed(1)} %`;
}

/** The mark between the whole and the parts of a number. */
const decimalMarks: Readonly<Record<Language, string>> = { en: ".", es: "," };

/** A number that stands as plain text, with the decimal mark of a language; other texts as they are. */
export const markedText = (plain: string, language: Language): string =>
  /^-?\d+\.\d+(e[+-]?\d+)?$/.test(plain) ? plain.replace(".", decimalMarks[language]) : plain;

/** A number that stands as plain text, such as -12345.6, as a language writes it for eyes; other texts as they are. */
export function groupedText(plain: string, language: Language): string {
  const parts = /^(-?)(\d+)(\.\d+)?$/.exec(plain);
  if (!parts) return plain;
  const [, sign = "", whole = "", rest = ""] = parts;
  return `${sign}${countText(Number(whole), language)}${rest.replace(".", decimalMarks[language])}`;
}

/** What data consist of. */
export type Items = "rows" | "images" | "sequences" | "windows" | "stamps";

/** One of each, and several; in Spanish all are feminine, so that what stands beside them may stay. */
const called: Readonly<Record<Language, Readonly<Record<Items, readonly [string, string]>>>> = {
  en: {
    rows: ["row", "rows"],
    images: ["image", "images"],
    sequences: ["sequence", "sequences"],
    windows: ["window", "windows"],
    // a time stamp is one of a row of a table
    stamps: ["row", "rows"],
  },
  es: {
    rows: ["fila", "filas"],
    images: ["imagen", "imágenes"],
    sequences: ["secuencia", "secuencias"],
    windows: ["ventana", "ventanas"],
    stamps: ["fila", "filas"],
  },
};

/** A text of a catalogue that tells of rows, told of what these are: "a row" is "an image". Names of places stay. */
export function aboutItems(text: string, items: Items, language: Language): string {
  const [one, several] = called[language][items];
  const [row, rows] = called[language].rows;
  if (one === row) return text;
  const article = /^[aeiou]/.test(one) ? "n" : "";
  const pattern = new RegExp(`(?<!\\{)\\b(a )?(${row}|${rows})\\b`, "gi");
  return text.replace(pattern, (_, a: string | undefined, word: string) => {
    const other = word.toLowerCase() === row ? one : several;
    const before = a === undefined ? "" : language === "en" ? `${a[0]}${article} ` : a;
    return before + (before === "" && word[0] !== word[0]!.toLowerCase() ? capital(other) : other);
  });
}

const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
