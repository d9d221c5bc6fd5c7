import type { DriftTold } from "../../../src/studio/api/use.ts";
import { say, sayWhere } from "../say.ts";

/** The columns that are not what they were, each once. */
export const driftedColumns = (drift: readonly DriftTold[]): readonly string[] => [
  ...new Set(drift.flatMap(({ columns }) => columns.slice(0, 1))),
];

/** What has changed of a column, in a word or two. */
export const driftWord = (code: string): string =>
  sayWhere(`use.drift.${code}`) ?? say("use.drift.other");
