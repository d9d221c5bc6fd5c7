import type { LookColumn, ReadingOptions } from "../../../src/studio/api/sources.ts";

/** What a column may be and be for, in the order in which a person chooses. */
export const types = ["number", "category", "boolean", "date", "text"] as const;
export type ColumnType = (typeof types)[number];
export const roles = ["feature", "label", "id", "time", "weight", "ignore"] as const;
export type Role = (typeof roles)[number];

type Named = Pick<LookColumn, "name" | "type" | "role">;
/** Roles that one column alone can have. */
const single = ["label", "time", "weight"] as const;
const several = ["id", "ignore", "features"] as const;

const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value : typeof value === "string" ? [value] : [];

/** Options with one more; undefined takes it away. */
export function withOption(options: ReadingOptions, name: string, value: unknown): ReadingOptions {
  const { [name]: _, ...others } = options;
  return value === undefined ? others : { ...others, [name]: value };
}

/** Whether what an option calls is a column: by its name, or by its number from 1 where none is named so. */
function calls(columns: readonly Named[], called: string, name: string): boolean {
  if (called === name) return true;
  return (
    columns.every((column) => column.name !== called) && columns[Number(called) - 1]?.name === name
  );
}

/** Options in which the columns have a type; null leaves it to what is detected. */
export function withType(
  options: ReadingOptions,
  columns: readonly Named[],
  names: readonly string[],
  type: ColumnType | null,
): ReadingOptions {
  const before = Object.entries((options.types ?? {}) as Record<string, ColumnType>);
  const kept = before.filter(([called]) => !names.some((name) => calls(columns, called, name)));
  const stated = type === null ? [] : names.map((name) => [name, type] as const);
  const all = Object.fromEntries([...kept, ...stated]);
  return withOption(options, "types", Object.keys(all).length > 0 ? all : undefined);
}

/** Options in which columns have no role that was stated. */
function withoutRoles(
  options: ReadingOptions,
  columns: readonly Named[],
  names: readonly string[],
): ReadingOptions {
  const isOne = (called: string) => names.some((name) => calls(columns, called, name));
  let result = options;
  for (const option of single)
    if (listOf(options[option]).some(isOne)) result = withOption(result, option, undefined);
  for (const option of several) {
    const before = listOf(options[option]);
    const kept = before.filter((called) => !isOne(called));
    if (kept.length === before.length) continue;
    // a list of features that is empty says that there are none
    const stays = kept.length > 0 || option === "features";
    result = withOption(result, option, stays ? kept : undefined);
  }
  return result;
}

/**
 * Options in which the columns have a role; null leaves it to what is detected. Of roles that one column alone has, the last
 * named gets it. A column that was left out is learnt from where its type is stated; of dates, which may tell the time of rows,
 * where the features are.
 */
export function withRole(
  options: ReadingOptions,
  columns: readonly Named[],
  names: readonly string[],
  role: Role | null,
): ReadingOptions {
  const plain = withoutRoles(options, columns, names);
  if (role === null) return plain;
  if ((single as readonly Role[]).includes(role)) return withOption(plain, role, names.at(-1));
  if (role !== "feature") return withOption(plain, role, [...listOf(plain[role]), ...names]);
  return asFeatures(
    plain,
    columns,
    columns.filter((column) => names.includes(column.name)),
  );
}

function asFeatures(
  options: ReadingOptions,
  columns: readonly Named[],
  wanted: readonly Named[],
): ReadingOptions {
  const others = wanted.filter((column) => column.role !== "feature");
  const dates = others.some((column) => column.type === "date");
  if (options.features !== undefined || dates) {
    const known = options.features ?? namesOf(columns.filter(({ role }) => role === "feature"));
    return withOption(options, "features", [...new Set([...listOf(known), ...namesOf(wanted)])]);
  }
  return others.reduce(
    (sum, { name, type }) => withType(sum, columns, [name], type === "text" ? "category" : type),
    options,
  );
}

const namesOf = (columns: readonly Named[]): readonly string[] => columns.map(({ name }) => name);

/** Whether a person stated the type of a column, and whether its role. */
export function statedOf(options: ReadingOptions, columns: readonly Named[], name: string) {
  const given = [...single, ...several].flatMap((option) => listOf(options[option]));
  const typed = Object.keys((options.types ?? {}) as object);
  const isIt = (called: string) => calls(columns, called, name);
  return { type: typed.some(isIt), role: given.some(isIt) };
}

/** Whether two sets of options say the same. */
export function sameOptions(a: ReadingOptions, b: ReadingOptions): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

const sorted = (value: unknown): unknown =>
  value !== null && typeof value === "object" && !Array.isArray(value)
    ? Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, part]) => [name, sorted(part)])
    : value;
