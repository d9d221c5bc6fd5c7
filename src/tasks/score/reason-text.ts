import { plainText } from "../../charts/words.ts";
import { groupedText, type Language } from "../../language.ts";
import { otherCategory } from "../../preparation/plan.ts";
import type { Reason } from "./reasons.ts";

/** What tells a reason in a language: the texts of the command line, and those of a server. */
interface ReasonWords {
  readonly language: Language;
  text(
    key: `reason.${"missing" | "other" | "expected" | "similar" | "unlikely"}`,
    parameters?: Readonly<Record<string, string | number>>,
  ): string;
}

/**
 * A reason in words: `Amount = 1809.7 (expected 88.1)`, beside the most similar known row where there is one. For eyes
 * thousands are set apart; plain numbers are for files, which programs read.
 */
export function reasonText(
  reason: Reason,
  { language, text }: ReasonWords,
  numbers: "grouped" | "plain" = "grouped",
): string {
  const { probability, similar, numeric } = reason;
  const column = plainText(reason.column);
  const told = (value: string): string => {
    if (value === "") return text("reason.missing");
    if (value === otherCategory) return text("reason.other");
    return plainText(numeric && numbers === "grouped" ? groupedText(value, language) : value);
  };
  const [expected, actual] = [told(reason.expected), told(reason.actual)];
  // What is the likeliest of many may still be unlikely.
  if (probability !== undefined && reason.expected === reason.actual) {
    const percent = Number((100 * probability).toPrecision(2));
    return text("reason.unlikely", { column, actual, percent });
  }
  const shown = { column, actual, expected };
  return similar === undefined
    ? text("reason.expected", shown)
    : text("reason.similar", { ...shown, similar: told(similar) });
}
