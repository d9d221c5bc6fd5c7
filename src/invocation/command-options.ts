import type { InvocationOptions } from "./invocation.ts";
import { examplesByColumn, libraryOptions, placesOf } from "./library-options.ts";
import { readingNames, roleNames } from "./reading-names.ts";
import { engineNames, trainingNames } from "./training-names.ts";

type Values = Readonly<Record<string, unknown>>;

const detectionNames = [
  ...[...roleNames, ...readingNames, ...trainingNames, ...engineNames],
  ...["log", "keep"],
];
/** Options of kinds, which count where the kind is in use. */
const ofKinds = [
  ...["denoising", "variational", "adversarial", "wasserstein", "sparse", "contractive", "robust"],
];
/** Lists on the command line, which the library also takes as a single value. */
const lists = new Set(["normal", "id"]);

/** Options of the command line for `espejo detect` on a table as the library's `detect` takes them. */
export function detectionOptions(options: InvocationOptions): Values {
  const { number, alone, content, ...others } = options;
  const given = Object.entries(others).filter(([name]) => detectionNames.includes(name));
  return {
    ...libraryOptions(Object.fromEntries(given)),
    ...(number !== undefined && { numbers: examplesByColumn(number as readonly string[]) }),
    ...(alone !== true && { beside: true }),
  };
}

/** Options of the library's `detect` in words of the command line; null where it has none for one of them. */
export function commandOptions(options: Values): InvocationOptions | null {
  const { beside, numbers, ...given } = plain(options);
  const found = Object.fromEntries(
    detectionNames.flatMap((name) => {
      const value = placesOf(name)
        .map((path) => at(given, path.split(".")))
        .find((each) => each !== undefined);
      return value === undefined ? [] : [[name, lists.has(name) ? [value].flat() : value]];
    }),
  );
  const command = {
    ...found,
    ...(numbers !== undefined && {
      number: Object.entries(numbers as object).map(([name, example]) => `${name}=${example}`),
    }),
    ...(beside !== true && { alone: true }),
  };
  if (!sameOptions(detectionOptions(command), options)) return null;
  // marks that are no file have no word
  if (found.marks !== undefined && typeof found.marks !== "string") return null;
  const { noise, amount, ...more } = (found.corruption ?? {}) as Values;
  return Object.keys(more).length > 0 ? null : command;
}

/** Whether options of the library's `detect` mean the same. */
export const sameOptions = (some: Values, others: Values): boolean =>
  JSON.stringify(inOrder(plain(some))) === JSON.stringify(inOrder(plain(others)));

/** What options say: without what is not in use or not switched on. */
function plain(options: Values): Values {
  const kinds = String(options.kind ?? "").split("+");
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) => {
      const idle = value === undefined || (value === false && isSwitch(name));
      if (idle || (ofKinds.includes(name) && !kinds.includes(name))) return [];
      return [[name, lists.has(name) ? [value].flat() : value]];
    }),
  );
}

const isSwitch = (name: string): boolean => ["beside", "normalOnly", "private"].includes(name);

const at = (value: unknown, [name, ...rest]: readonly string[]): unknown =>
  name === undefined ? value : at((value as Values | undefined)?.[name], rest);

/** Plain values whose keys have one order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, inOrder(each)]),
  );
}
