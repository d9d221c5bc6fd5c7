import { plainText } from "../charts/words.ts";
import { groupedText } from "../language.ts";
import { otherCategory } from "../preparation/plan.ts";
import type { Reason } from "../tasks/score/reasons.ts";
import type { Context } from "./context.ts";

/**
 * A reason in words: `Amount = 1809.7 (expected 88.1)`, beside the most similar known row where there is one. For eyes
 * thousands are set apart; plain numbers are for files, which programs read.
 */
export function reasonText(
  reason: Reason,
  context: Context,
  numbers: "grouped" | "plain" = "grouped",
): string {
  const { probability, similar, numeric } = reason;
  const column = plainText(reason.column);
  const told = (value: string): string => {
    if (value === "") return context.text("reason.missing");
    if (value === otherCategory) return context.text("reason.other");
    return plainText(
      numeric && numbers === "grouped" ? groupedText(value, context.language) : value,
    );
  };
  const [expected, actual] = [told(reason.expected), told(reason.actual)];
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
