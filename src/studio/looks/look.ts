import { withChoice } from "../../data/columns/doubts.ts";
import type { TableSeen } from "../../data/preview/seen.ts";
import { noteIn, plainNoteIn } from "../../data/terms/note-language.ts";
import type { OpenOptions } from "../../data/terms/table.ts";
import type { Language } from "../../language.ts";
import type { Look, LookColumn, Source } from "../api/sources.ts";
import { chipsFor } from "./chips.ts";

/** What is told beside what was seen. */
interface LookTold {
  readonly command: string;
  readonly language: Language;
  /** Only the first rows of a great file were looked at. */
  readonly partial: boolean;
}

/** What a page shows of a look at a table. */
export function lookOf(
  seen: TableSeen,
  source: Source,
  { command, language, partial }: LookTold,
): Look {
  const options = source.options as OpenOptions;
  return {
    ...{ source, rows: seen.rows, command, partial },
    chips: chipsFor(seen.detected, source.options),
    columns: seen.columns.map((column) => lookColumn(column, seen, language)),
    head: seen.head.map(({ row, line, cells }) => ({ row, line, cells })),
    unread: seen.unread.map(({ row, column, why }) => ({ row, column, why })),
    left: [...seen.skipped, ...seen.left].map(({ line, text, why }) => ({ line, text, why })),
    doubts: seen.doubts.map(({ code, parameters, column, settled, options: choices }) => ({
      ...{ code, column, settled },
      // the choices of the page stand beside it
      text: plainNoteIn({ code, parameters }, language),
      choices: choices.map((choice) => ({
        option: `--${choice.option}${choice.value === null ? "" : ` ${choice.value}`}`,
        now: choice.now,
        reads: choice.reads ?? null,
        options: { ...withChoice(options, choice) },
      })),
    })),
    shape: seen.shape?.kind ?? "rows",
    labels: (seen.shape?.labels ?? []).map(({ column, share, normal }) => ({
      ...{ column, share, normal },
    })),
  };
}

function lookColumn(
  { name, type, role, why, profile }: TableSeen["columns"][number],
  { unreadCounts, doubts }: TableSeen,
  language: Language,
): LookColumn {
  const { missing, distinct, minimum, maximum, mean, examples } = profile;
  return {
    ...{ name, type, role, missing, distinct, examples },
    why: noteIn(why, language),
    unread: unreadCounts[name] ?? 0,
    minimum: minimum ?? null,
    maximum: maximum ?? null,
    mean: mean ?? null,
    warnings: doubts.flatMap((doubt) =>
      doubt.column === name && !doubt.settled ? [plainNoteIn(doubt, language)] : [],
    ),
  };
}
