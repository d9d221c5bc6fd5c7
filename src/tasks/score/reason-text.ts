import { plainText } from "../../charts/words.ts";
import { groupedText, type Language, markedText } from "../../language.ts";
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
 * numbers are as the language writes them; plain ones are for files, which programs read.
 */
export function reasonText(
  reason: Reason,
  { language, text }: ReasonWords,
  numbers: "grouped" | "plain" = "grouped",
): string {
  const { percent, similar, ...shown } = partsOf(reason, { language, text }, numbers);
  if (percent !== undefined) return text("reason.unlikely", { ...shown, percent });
  return similar === undefined
    ? text("reason.expected", shown)
    : text("reason.similar", { ...shown, similar });
}

/** The two heaviest reasons of a row in one sentence, without its full stop; "" where there is none. */
export function reasonSentence(
  reasons: readonly Reason[],
  words: ReasonWords & {
    text(
      key: "reason.is" | "reason.isUnlikely" | "reason.both",
      parameters: Readonly<Record<string, string>>,
    ): string;
  },
): string {
  const tells = reasons.filter(({ expected, actual, probability }) =>
    probability === undefined ? expected !== actual : true,
  );
  const told = (tells.length > 0 ? tells : reasons).slice(0, 2).map((reason) => {
    const { percent, similar: _, ...shown } = partsOf(reason, words, "grouped");
    return percent === undefined
      ? words.text("reason.is", shown)
      : words.text("reason.isUnlikely", { ...shown, percent });
  });
  const [first = "", second] = told;
  return second === undefined ? first : words.text("reason.both", { first, second });
}

/** What a reason tells, in words of a language; `percent` where what was expected is there, and unlikely all the same. */
function partsOf(
  reason: Reason,
  { language, text }: ReasonWords,
  numbers: "grouped" | "plain",
): {
  readonly column: string;
  readonly actual: string;
  readonly expected: string;
  readonly similar?: string;
  readonly percent?: string;
} {
  const { probability, similar, numeric } = reason;
  const told = (value: string): string => {
    if (value === "") return text("reason.missing");
    if (value === otherCategory) return text("reason.other");
    return plainText(numeric && numbers === "grouped" ? groupedText(value, language) : value);
  };
  const shown = {
    column: plainText(reason.column),
    ...{ actual: told(reason.actual), expected: told(reason.expected) },
  };
  if (probability !== undefined && reason.expected === reason.actual) {
    const share = String(Number((100 * probability).toPrecision(2)));
    return { ...shown, percent: numbers === "grouped" ? markedText(share, language) : share };
  }
  return { ...shown, ...(similar !== undefined && { similar: told(similar) }) };
}
