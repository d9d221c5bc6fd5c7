import { namesText } from "./names-text.ts";

/** Options that are named by a letter, as people know them from other programs. */
const letters: Readonly<Record<string, string>> = { output: "-o", model: "-m" };

/** Options that are given once for each value. */
export const repeatedOptions: ReadonlySet<string> = new Set([
  "conf",
  "missing",
  "normal",
  "notMissing",
  "number",
]);

type Write = (value: never) => string;
/** A size, also as the text in which an error tells it. */
const sizes: Write = (value: readonly number[] | string) => [value].flat().join("x");

/** Options whose values are no names, numbers or sizes between commas. */
const writers: Readonly<Record<string, Write>> = {
  size: sizes,
  shape: sizes,
  delimiter: (value: string) => (value === "\t" ? "tab" : value),
  corruption: ({ noise = "gaussian", amount }: { noise?: string; amount?: number }) =>
    amount === undefined ? kebab(noise) : `${kebab(noise)}:${amount}`,
  maxError: (value: number | MaxError) =>
    typeof value === "number" ? String(value) : namesText(errorParts(value)),
};

interface MaxError {
  readonly columns: Readonly<Record<string, number>>;
  readonly others?: number;
}

const errorParts = ({ columns, others }: MaxError): readonly string[] => [
  ...(others === undefined ? [] : [String(others)]),
  ...Object.entries(columns).map(([name, error]) => `${name}=${error}`),
];

const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The name of an option without its dashes: of `notMissing` it is "not-missing", of a header that is none "no-header". */
export const optionName = (name: string, value?: unknown): string =>
  value === false ? `no-${kebab(name)}` : kebab(name);

/** The value of an option as text; null of a switch. */
export function optionText(name: string, value: unknown): string | null {
  if (typeof value === "boolean") return null;
  const write = writers[name];
  if (write) return write(value as never);
  // no sizes at all are written as 0
  if (Array.isArray(value)) return value.length === 0 ? "0" : namesText(value);
  if (typeof value === "object" && value !== null)
    return namesText(Object.entries(value).map(([key, each]) => `${key}=${each}`));
  return String(value);
}

/** The values of a list, or each name of an object with its own. */
const eachOf = (value: object): readonly unknown[] =>
  Array.isArray(value) ? value : Object.entries(value).map(([key, each]) => `${key}=${each}`);

/** An option as the words that give it: none where nothing is said. */
export function optionWords(name: string, value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (repeatedOptions.has(name) && typeof value === "object")
    return eachOf(value).flatMap((each) => optionWords(name, each));
  const flag = letters[name] ?? `--${optionName(name, value)}`;
  const text = optionText(name, value);
  return text === null ? [flag] : [flag, text];
}
