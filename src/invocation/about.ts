import { optionIn } from "./shell.ts";

/** Options that take several names between commas. */
const lists = new Set(["features", "id", "ignore", "log", "types"]);

/** Whether a text was cut short, as `shortened` of schema.ts does: then it is no value. */
export const isCut = (text: string): boolean => text.endsWith("...");

/**
 * An option that a text names, with a value from the data, as a person types it into a shell; `tail` stands behind
 * the value: `--types "unit, old"=category`. What was cut short is no value, and stays to be filled in.
 */
export function optionAbout(option: string, values: readonly string[], tail: string): string {
  const told = values.map((value) => `${isCut(value) ? "VALUE" : value}${tail}`);
  return optionIn(option, lists.has(option) ? told : told[0]);
}
