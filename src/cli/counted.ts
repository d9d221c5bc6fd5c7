import type { Items } from "../language.ts";
import type { Context } from "./context.ts";

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
