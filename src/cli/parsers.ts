import { isZone } from "../data/terms/zone-names.ts";
import { EspejoError } from "../errors.ts";

/** Reads the text of an option. `option` is what a person calls it, `before` what came before it. */
export type Parse = (text: string, option: string, before?: unknown) => unknown;

export interface Bounds {
  readonly least?: number;
  readonly most?: number;
  /** The number must be greater than this. */
  readonly above?: number;
}

/** A number within bounds. */
export const number =
  (bounds: Bounds = {}): Parse =>
  (text, option) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isFinite(value) && within(value, bounds)) return value;
    throw new EspejoError("option_number", { option, bounds: boundsText(bounds), value: text });
  };

/** A whole number of at least `least`. */
export const whole =
  (least = 0): Parse =>
  (text, option) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new EspejoError("option_whole", { option, bounds: boundsText({ least }), value: text });
  };

function within(value: number, { least, most, above }: Bounds): boolean {
  return (
    value >= (least ?? Number.NEGATIVE_INFINITY) &&
    value <= (most ?? Number.POSITIVE_INFINITY) &&
    value > (above ?? Number.NEGATIVE_INFINITY)
  );
}

/** As a formula, which needs no translation: `>= 1`, `0 ... 0.99`. */
function boundsText({ least, most, above }: Bounds): string {
  if (least !== undefined && most !== undefined) return `${least} ... ${most}`;
  if (above !== undefined) return `> ${above}`;
  return least === undefined ? "" : `>= ${least}`;
}

/** One of some words, which it tells. */
export const oneOf = (...words: readonly string[]): Parse & { readonly words: readonly string[] } =>
  Object.assign(
    (text: string, option: string) => {
      if (words.includes(text)) return text;
      throw new EspejoError("option_word", { option, words: words.join(", "), value: text });
    },
    { words },
  );

/** Names separated by commas; one that has a comma stands in double quotes. Those of a further time come behind. */
export const names: Parse = (text, _, before) => [
  ...((before as string[]) ?? []),
  ...[...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]+))\s*(?:,|$)/g)]
    .map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!.trim())
    .filter((name) => name !== ""),
];

/** Sizes separated by commas; 0 for none. */
export const sizes: Parse = (text, option) => {
  if (text.trim() === "0" || text.trim() === "") return [];
  return text.split(",").map((size) => whole(1)(size, option));
};

/** Adds to the values before. */
export const collect: Parse = (text, _, before) => [...((before as string[]) ?? []), text];

const columnTypes = ["number", "category", "date", "text", "boolean"];

/** `column=example`, as often as it is given. */
export const numberExamples: Parse = (text, option, previous) => {
  if (text.indexOf("=") < 1) throw new EspejoError("option_example", { option, value: text });
  return collect(text, option, previous);
};

/** Types of columns: `name=type,...`; those of a further time come beside. */
export const types: Parse = (text, option, before) => {
  const pairs = (names(text, option) as string[]).map((pair) => {
    const at = pair.lastIndexOf("=");
    const type = pair.slice(at + 1);
    if (at < 1 || !columnTypes.includes(type))
      throw new EspejoError("option_types", { option, value: text });
    return [pair.slice(0, at), type];
  });
  return { ...((before as object) ?? {}), ...Object.fromEntries(pairs) };
};

/** Greatest errors: a number for all, `column=error` for single ones, or both. */
export const maxError: Parse = (text, option) => {
  const columns: Record<string, number> = {};
  let others: number | undefined;
  const refused = new EspejoError("option_max_error", { option, value: text });
  for (const part of names(text, option) as string[]) {
    const at = part.lastIndexOf("=");
    const written = part.slice(at + 1).trim();
    const error = written === "" ? Number.NaN : Number(written);
    if (!(error >= 0 && Number.isFinite(error)) || (at < 0 && others !== undefined)) throw refused;
    if (at < 0) others = error;
    else columns[part.slice(0, at).trim()] = error;
  }
  if (Object.keys(columns).length > 0) return { columns, ...(others !== undefined && { others }) };
  if (others === undefined) throw refused;
  return others;
};

/** Two rows or images. */
export const between: Parse = (text, option) => {
  const pair = names(text, option) as string[];
  if (pair.length === 2) return pair;
  throw new EspejoError("option_between", { option, value: text });
};

/** One character, or one of some words for what is hard to type. */
export const mark =
  (words: Readonly<Record<string, string>>): Parse =>
  (text, option) => {
    const value = words[text] ?? text;
    if ([...value].length === 1 || Object.values(words).includes(value)) return value;
    throw new EspejoError("option_mark", { option, value: text });
  };

/** A size of memory, as DuckDB reads it. */
export const size: Parse = (text, option) => {
  if (/^[1-9]\d*(\.\d+)?\s*[KMGT]i?B$/i.test(text)) return text;
  throw new EspejoError("option_size", { option, value: text });
};

const secondsOf = { s: 1, sec: 1, m: 60, min: 60, h: 3600 };

/** A time, in seconds: 45s, 2m, 1h, 1h30m, or a number of seconds. */
export const seconds: Parse = (text, option) => {
  const plain = text.trim().toLowerCase();
  const parts = [...plain.matchAll(/(\d+(?:\.\d+)?|\.\d+)\s*(min|sec|[smh])\s*/g)];
  const whole = parts.map(([part]) => part).join("") === plain && parts.length > 0;
  const value = whole
    ? parts.reduce((sum, [, n, unit]) => sum + Number(n) * secondsOf[unit as "s"], 0)
    : plain === ""
      ? Number.NaN
      : Number(plain);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new EspejoError("option_seconds", { option, value: text });
};

/** Whose clocks, as IANA calls it. */
export const zone: Parse = (text, option) => {
  if (isZone(text)) return text;
  throw new EspejoError("option_zone", { option, value: text });
};

/** A height and a width in pixels: 64x64, or one number for both. */
export const imageSize: Parse = (text, option) => {
  const [, height, width = height] =
    /^([1-9]\d{0,4})(?:\s*[x×*,]\s*([1-9]\d{0,4}))?$/i.exec(text.trim()) ?? [];
  if (height !== undefined) return [Number(height), Number(width)];
  throw new EspejoError("option_image_size", { option, value: text });
};

/** Sizes of a row: 28x28x1. */
export const shape: Parse = (text, option) => {
  if (/^[1-9]\d*(\s*[x×*,]\s*[1-9]\d*)*$/i.test(text.trim()))
    return text.split(/[x×*,]/i).map(Number);
  throw new EspejoError("option_shape", { option, value: text });
};

/** Two numbers, the lower one first: 0,4095. */
export const range: Parse = (text, option) => {
  const ends = text.split(",").map((end) => (end.trim() === "" ? Number.NaN : Number(end)));
  const [low = Number.NaN, high = Number.NaN] = ends;
  if (ends.length === 2 && ends.every(Number.isFinite) && low < high) return [low, high];
  throw new EspejoError("option_range", { option, value: text });
};

/** 1 for grey, 3 for colour. */
export const channels: Parse = (text, option) => Number(oneOf("1", "3")(text, option));

/** What a switch says in the environment or in a file of settings. */
export function switchOf(text: string, option: string): boolean {
  if (/^(true|1|yes|on)$/i.test(text)) return true;
  if (/^(false|0|no|off|)$/i.test(text)) return false;
  throw new EspejoError("option_switch", { option, value: text });
}
