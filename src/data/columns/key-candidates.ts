import { dayShare } from "../cells/day-share.ts";
import type { Column } from "../terms/table.ts";

/** What may be a time, by name, where it is a number. */
const timeName =
  /(^|[ _.-])(time|year|yr|date|month|week|quarter|period|timestamp|fecha|hora|tiempo|año|ano|anio|mes|semana|trimestre|per[ií]odo|jahr|datum|zeit|monat|woche|ann[eé]e|mois)($|[ _.-])|^t$/i;
/** What may name something, where it is a number. */
const keyName =
  /(^|[ _.-])(id|code|cod|codigo|código|key|clave|nr|no|num|gvkey|permno|cik|firm|company|empresa|country|pais|país|region|región|store|tienda|sensor|machine|maquina|máquina|unit|station|estaci[oó]n)($|[ _.-])|[a-z]I[dD]$/i;

/** Different times that there must be. */
const fewestTimes = 3;
/** Rows of a key that there must be on average, with some to spare for firms that come and go. */
const fewestRows = 2.7;

/** Whether a person said what a column is for. */
export const isStated = ({ why }: Column): boolean =>
  ["why_stated", "why_ignored", "why_type_stated", "why_text_stated"].includes(why.code);

/** Dates, and numbers that are called a time. */
export function mayTime({ type, role, name, profile }: Column): boolean {
  if (["label", "weight", "id"].includes(role)) return false;
  if (profile.missing > 0 || profile.distinct < fewestTimes) return false;
  if (role === "time" || type === "date") return true;
  return type === "number" && timeName.test(name);
}

/** Texts that are times of the day. */
export function isClock({ type, profile: { examples, missing } }: Column): boolean {
  if ((type !== "category" && type !== "text") || missing > 0 || examples.length === 0)
    return false;
  return examples.every((cell) => !Number.isNaN(dayShare(cell)));
}

/** Categories, texts and numbers with the name of a code, each of several rows. */
export function mayKey({ type, role, name, profile }: Column, rows: number): boolean {
  if (["label", "weight", "time"].includes(role)) return false;
  const { missing, distinct } = profile;
  // an hour or a month beside a date is no key
  if (missing > 0 || distinct < 2 || timeName.test(name) || distinct > rows / fewestRows)
    return false;
  if (type === "category" || type === "text" || type === "boolean") return true;
  return type === "number" && keyName.test(name);
}
