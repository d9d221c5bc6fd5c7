import type { ArraysDetected } from "../data/terms/arrays.ts";
import type { Context } from "./context.ts";

/** What data consist of. */
export type Items = "rows" | "images" | "sequences" | "windows" | "stamps";

/** What arrays consist of; without any, a table is meant. */
export function itemsOf(
  arrays: Pick<ArraysDetected, "content" | "stride"> | null | undefined,
): Items {
  if (!arrays) return "rows";
  return arrays.content === "sequences" && arrays.stride !== null ? "windows" : arrays.content;
}

/** So many of them, in words. */
export const counted = (n: number, items: Items, { text, count }: Context): string =>
  text(`count.${items}`, { n: count(n) });

/** How many anomalies there are among how many. */
export const anomaliesLine = (
  anomalies: number,
  n: number,
  items: Items,
  context: Context,
): string =>
  context.text("anomalies.line", {
    anomalies: context.count(anomalies),
    counted: counted(n, items, context),
  });
