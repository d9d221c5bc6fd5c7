import type { Reason } from "../tasks/score/reasons.ts";
import type { Context } from "./context.ts";

/** A reason in words: `Amount = 1809.7 (expected 88.1)`, beside the most similar known row where there is one. */
export function reasonText(reason: Reason, context: Context): string {
  const { column, expected, probability } = reason;
  const actual = reason.actual === "" ? context.text("reason.missing") : reason.actual;
  // What is the likeliest of many may still be unlikely.
  if (probability !== undefined && expected === reason.actual) {
    const percent = Number((100 * probability).toPrecision(2));
    return context.text("reason.unlikely", { column, actual, percent });
  }
  const { similar } = reason;
  return similar === undefined
    ? context.text("reason.expected", { column, actual, expected })
    : context.text("reason.similar", {
        ...{ column, actual, expected },
        similar: similar === "" ? context.text("reason.missing") : similar,
      });
}
