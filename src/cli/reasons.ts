import { plainText } from "../charts/words.ts";
import type { Reason } from "../tasks/score/reasons.ts";
import type { Context } from "./context.ts";

/** A reason in words: `Amount = 1809.7 (expected 88.1)`, beside the most similar known row where there is one. */
export function reasonText(reason: Reason, context: Context): string {
  const { probability, similar } = reason;
  const column = plainText(reason.column);
  const expected = plainText(reason.expected);
  const told = (value: string): string =>
    value === "" ? context.text("reason.missing") : plainText(value);
  const actual = told(reason.actual);
  // What is the likeliest of many may still be unlikely.
  if (probability !== undefined && reason.expected === reason.actual) {
    const percent = Number((100 * probability).toPrecision(2));
    return context.text("reason.unlikely", { column, actual, percent });
  }
  const shown = { column, actual, expected };
  return similar === undefined
    ? context.text("reason.expected", shown)
    : context.text("reason.similar", { ...shown, similar: told(similar) });
}
