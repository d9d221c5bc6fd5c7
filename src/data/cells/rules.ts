import type { NumberStyle } from "../terms/table.ts";
import {
  blank,
  clockFields,
  clockPattern,
  compactClock,
  compactFields,
  offsetFields,
  offsetPattern,
  zoneNames,
} from "./clock.ts";
import { calendar, countPattern, counts } from "./counted-dates.ts";
import { blocks, weekday, width } from "./date-words.ts";
import { between, clock, cut, edge, ordinal, parts, partWords, periods } from "./layouts.ts";
import { blanksAround, usualMarks } from "./marks.ts";
import { greatestNumber, markPatterns, numberPattern, type Step, stepsOf } from "./numbers.ts";

const decimals = [".", ","] as const;
const thousands = [".", ",", " ", "'", "none"] as const;
const signPlace = "\ue000";

/** What is taken from cells of each kind of style; where it has a sign, `signPlace` stands for that. */
function stepTable(): Record<string, readonly Step[]> {
  const kinds = [false, true].flatMap((signed) =>
    [false, true].flatMap((accounting) =>
      [false, true].map((flags) => ({ signed, accounting, flags })),
    ),
  );
  return Object.fromEntries(
    kinds.map(({ signed, accounting, flags }) => {
      const style: NumberStyle = {
        ...{ decimal: ".", thousands: "none", accounting, flags },
        ...(signed && { sign: signPlace }),
      };
      const key = [signed, accounting, flags].map(Number).join("");
      return [key, stepsOf(style)];
    }),
  );
}

/**
 * The patterns, words and marks by which cells are read, as plain data: what Python reads cells by in a cluster
 * (`cluster/espejo_spark/rules.json`), so that both read them alike.
 */
export const cellRules: Readonly<Record<string, unknown>> = {
  blanksAround,
  marks: usualMarks,
  numbers: {
    greatest: greatestNumber,
    patterns: Object.fromEntries(
      decimals.flatMap((decimal) =>
        thousands.map((mark) => [`${decimal}${mark}`, numberPattern({ decimal, thousands: mark })]),
      ),
    ),
    marks: markPatterns,
    signPlace,
    steps: stepTable(),
  },
  counts: { units: counts, pattern: countPattern, ...calendar },
  layouts: {
    cut: cut.source,
    parts,
    words: partWords,
    periods,
    ...{ ordinal, between, edge, weekday, blank },
    clock: { pattern: clockPattern, fields: clockFields },
    compact: { pattern: compactClock, fields: compactFields },
    offset: { pattern: offsetPattern, fields: offsetFields },
    alone: { name: clock.name, pattern: clock.pattern, fields: clock.fields },
  },
  months: { blocks, width },
  zones: zoneNames,
};
