import type { Detected } from "../../data/terms/table.ts";
import type { Chip, ReadingOptions } from "../api/sources.ts";

/** What a chip may be instead; of formats that have no such thing there is no chip. */
const choices = {
  delimiter: [",", ";", "\t", "|", "whitespace"],
  decimal: [".", ","],
  thousands: ["none", ".", ",", " ", "'"],
  encoding: ["utf-8", "latin-1", "utf-16"],
  header: [true, false],
  dates: ["dmy", "mdy", "ymd"],
} as const;

/** Which of them each format has. */
const chipsOf = {
  csv: ["delimiter", "decimal", "thousands", "encoding", "header", "dates"],
  text: ["decimal", "thousands", "header", "dates"],
  typed: ["dates"],
} as const;

/** How a table was read, as chips that change it. */
export function chipsFor(detected: Detected, options: ReadingOptions): readonly Chip[] {
  const { format } = detected;
  const kind = format === "csv" ? "csv" : format === "xlsx" || format === "ods" ? "text" : "typed";
  const names: readonly (keyof typeof choices)[] = chipsOf[kind];
  return [
    { option: "format", value: format, stated: false, choices: [] },
    ...names
      .filter((option) => option !== "dates" || detected.dates !== null)
      .map((option) => ({
        option,
        value: detected[option],
        stated: options[option] !== undefined,
        choices: choices[option],
      })),
    ...(kind === "text"
      ? [
          {
            option: "sheet" as const,
            value: (options.sheet as string | undefined) ?? null,
            stated: options.sheet !== undefined,
            choices: [],
          },
        ]
      : []),
  ];
}
