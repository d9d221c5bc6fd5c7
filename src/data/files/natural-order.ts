/**
 * Names in the order in which people number them: 2.png before 10.png, whatever the language of the machine. Runs of
 * digits go by their value, all else by its code, and what lies in a folder stays together.
 */
export function naturalOrder(names: readonly string[]): string[] {
  const keyed = names.map((name) => ({ name, key: keyOf(name) }));
  // 1.png and 01.png have the same key
  keyed.sort((a, b) => byCode(a.key, b.key) || byCode(a.name, b.name));
  return keyed.map(({ name }) => name);
}

/** A text whose plain order is the natural one: each number after its length, separators before all else. */
const keyOf = (name: string): string =>
  name
    .replaceAll("/", "\0")
    .replace(/0*(\d+)/g, (_, digits: string) => `0${String.fromCharCode(digits.length)}${digits}`);

const byCode = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
