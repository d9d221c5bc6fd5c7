/** Names of months, without accents, month by month: English, Spanish, German, French, Portuguese, Italian, Catalan. */
const months = [
  "january enero januar janvier janeiro gennaio gener",
  "february febrero februar fevrier fevereiro febbraio febrer",
  "march marzo marz maerz mars marco marc",
  "april abril avril aprile",
  "may mayo mai maio maggio maig",
  "june junio juni juin junho giugno juny",
  "july julio juli juillet julho luglio juliol",
  "august agosto aout agost",
  "september septiembre setiembre septembre setembro settembre setembre",
  "october octubre oktober octobre outubro ottobre",
  "november noviembre novembre novembro",
  "december diciembre dezember decembre dezembro dicembre desembre",
];

/** Beginnings that stand for two months. */
const doubtful = " jui ";

/** Letters of a block. */
export const width: number = Math.max(...months.map((names) => names.length)) + 2;
/** Blocks of equal width: the doubtful ones, then a block a month. A word of a month is found where a name begins with it. */
export const blocks: string = [doubtful, ...months.map((names) => ` ${names}`)]
  .map((block) => block.padEnd(width))
  .join("");

/** What may be the name of a month or its first letters, in lower case and without accents. */
export const monthWord = "[a-z]{3,10}";

/** 1 to 12; 0 where a word begins no month's name, or that of two. */
export const monthOfWord = (word: string): number => {
  const at = blocks.indexOf(` ${word}`);
  return at < 0 ? 0 : Math.floor(at / width);
};

/** As `monthOfWord`, in SQL. */
export const monthOfWordSql = (word: string): string =>
  `(greatest(strpos('${blocks}', ' ' || ${word}), 1) - 1) // ${width}`;

/** Days of the week as they stand before a date: "Mon, ", "lunes ", "segunda-feira, ". */
export const weekday =
  "(?:(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mie|jue|vie|sab|dom|mo|di|mi|do|fr|sa|so|mer|jeu|ven|sam|dim|gio|seg|ter|qua|qui|sex)[a-z]{0,8}(?:-feira)?\\.?,? {1,4})?";

/** A cell as its words are looked for. */
export const plainWords = (cell: string): string =>
  cell
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "");

/** As `plainWords`, in SQL. */
export const plainWordsSql = (cell: string): string => `strip_accents(lower(${cell}))`;
