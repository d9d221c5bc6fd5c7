import { EspejoError, phrases } from "../../errors.ts";
import type { ArraysOptions } from "./arrays.ts";
import type { Format } from "./table.ts";

type Name = keyof ArraysOptions;

/** What holds of every source: limits, marks of missing cells, and what a model knows. */
const everywhere: readonly Name[] = [
  ...(["memoryLimit", "threads", "tempDirectory", "exact", "strict", "missing"] as const),
  ...(["expect", "prior", "priorDates", "like", "stamps"] as const),
];
const columns: readonly Name[] = [
  ...(["label", "features", "ignore", "id", "weight", "time", "types", "notMissing"] as const),
];
/** What decides how texts are read. */
const written = ["decimal", "thousands", "dates", "numbers"] as const;
const table: readonly Name[] = [...columns, ...written, "zone"];
const lines = ["header", "footer"] as const;
const arrays = ["array", "labelArray"] as const;
const classes = ["label", "labels", "content"] as const;
const form = ["size", "fit", "channels", "range"] as const;

/** Options that decide something about tables, by their format. */
const usesOfTables: Readonly<Record<Format, readonly Name[]>> = {
  csv: [...table, ...lines, "delimiter", "encoding", "format"],
  xlsx: [...table, ...lines, "sheet"],
  ods: [...table, ...lines, "sheet"],
  parquet: [...table, "format"],
  json: [...table, "encoding", "format"],
  postgres: [...table, "query"],
  arff: table,
  npy: [...table, "labels"],
  npz: [...table, ...arrays, "labels"],
  idx: [...table, "labels"],
  memory: table,
};
/** ... where the rows of a table are steps. */
const usesOfSteps: readonly Name[] = ["group", "window", "stride", "content"];
const unusedBySteps: readonly Name[] = ["weight"];

/** ... about images and sequences that are no table. */
const usesOfArrays = {
  folder: [...classes, ...form, "pages", "skipBroken"],
  images: [...classes, ...form],
  sequences: classes,
} as const satisfies Readonly<Record<string, readonly Name[]>>;

/** What a source is read as. */
export type ReadAs =
  | { readonly table: Format; readonly steps?: boolean }
  | { readonly arrays: keyof typeof usesOfArrays; readonly npz?: boolean };

/** Throws `option_idle` for an option that is stated where there is nothing that it could decide. */
export function refuseIdle(path: string, as: ReadAs, options: ArraysOptions): void {
  for (const name of Object.keys(options) as Name[])
    if (options[name] !== undefined && !decides(name, as) && !saysSo(name, as, options))
      throw idleOption(path, formatOf(name, as), name, options);
}

/** Whether an option says what a source is read as, and it is. */
const saysSo = (name: Name, as: ReadAs, { content }: ArraysOptions): boolean =>
  name === "content" && content === "rows" && "table" in as && !as.steps;

/** Throws `option_idle` for an option of texts where no column holds any. */
export function refuseWritten(path: string, format: string, options: ArraysOptions): void {
  const name = written.find((each) => options[each] !== undefined);
  if (name) throw idleOption(path, format, name, options);
}

/** An option that decides nothing about a source, as an error. */
export function idleOption(
  path: string,
  format: string,
  name: Name,
  options: ArraysOptions = {},
): EspejoError {
  return new EspejoError("option_idle", { path, format, option: flagOf(name, options) });
}

/** Whether an option can decide something about what a source is read as. */
function decides(name: Name, as: ReadAs): boolean {
  if (everywhere.includes(name)) return true;
  if ("arrays" in as)
    return (
      (usesOfArrays[as.arrays] as readonly Name[]).includes(name) ||
      (as.npz === true && (arrays as readonly Name[]).includes(name))
    );
  if (!as.steps) return usesOfTables[as.table].includes(name);
  const uses = [...usesOfTables[as.table], ...usesOfSteps];
  return uses.includes(name) && !unusedBySteps.includes(name);
}

const formatOf = (name: Name, as: ReadAs): string => {
  if ("arrays" in as) return as.arrays === "sequences" ? phrases.sequences : phrases.images;
  return as.steps && usesOfTables[as.table].includes(name) ? phrases.sequences : as.table;
};

/** An option as the command line has it. */
export function flagOf(name: Name, options: ArraysOptions): string {
  const no = (name === "header" || name === "footer") && options[name] === false;
  const long = name === "numbers" ? "number" : name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
  return no ? `--no-${long}` : `--${long}`;
}
