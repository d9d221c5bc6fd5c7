import type { Language } from "../../language.ts";
import { checkArgument, checkObject } from "../../options.ts";
import { z } from "../../schema.ts";
import type { Choice, Doubt } from "../terms/doubts.ts";
import { findColumn } from "../terms/find.ts";
import { noteIn } from "../terms/note-language.ts";
import type { Note } from "../terms/notes.ts";
import { openOptions } from "../terms/open-options.ts";
import type { OpenOptions } from "../terms/table.ts";
import { choicesOf } from "./choices.ts";

/** The notes of a table as doubts, those first that something could correct and that nobody settled. */
export function doubtsOf(
  notes: readonly Note[],
  names: readonly string[],
  options: OpenOptions,
  language: Language = "en",
): readonly Doubt[] {
  const doubts = notes.map((note): Doubt => {
    const { column } = note.parameters;
    const choices = choicesOf(note);
    return {
      ...{ code: note.code, parameters: note.parameters },
      column: typeof column === "string" && names.includes(column) ? column : null,
      text: noteIn(note, language),
      options: choices,
      settled: choices.some((each) => isStated(each, options, names)),
    };
  });
  return [...doubts.filter(isOpen), ...doubts.filter((doubt) => !isOpen(doubt))];
}

/** Whether something could be corrected that nobody settled. */
export const isOpen = ({ settled, options }: Doubt): boolean =>
  !settled && options.some(({ now }) => !now);

const choicePart = z.looseObject({ set: openOptions });

/** Options with a choice laid over them: of what they say of columns and marks, the rest stays. */
export function withChoice<Options extends OpenOptions>(options: Options, choice: Choice): Options {
  checkObject("withChoice", options);
  checkArgument("withChoice: the choice", choicePart, choice);
  const laid = Object.entries(choice.set).map(([name, value]) => {
    const before = options[name as keyof OpenOptions];
    if (before === undefined) return [name, value];
    if (Array.isArray(value)) return [name, [...new Set([before, value].flat())]];
    return [name, typeof value === "object" ? { ...(before as object), ...value } : value];
  });
  return { ...options, ...Object.fromEntries(laid) };
}

/** Whether options answer the question that a choice answers, in whichever way. */
function isStated({ set }: Choice, options: OpenOptions, names: readonly string[]): boolean {
  return Object.entries(set).some(([name, value]) => {
    const given = options[name as keyof OpenOptions];
    if (given === undefined) return false;
    if (Array.isArray(value)) return [given].flat().includes(value[0]);
    if (typeof value !== "object") return true;
    const column = Object.keys(value)[0]!;
    return Object.keys(given).some((each) => isSame(each, column, names));
  });
}

/** Whether a column was called by its name, its number or otherwise. */
const isSame = (called: string, column: string, names: readonly string[]): boolean =>
  called === column || names[findColumn(names, called, "")] === column;
