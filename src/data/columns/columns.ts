import { isErrorMark, isMark } from "../cells/marks.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Column, ColumnType, Profile } from "../terms/table.ts";
import type { Facts } from "./facts.ts";
import type { Plan } from "./plan.ts";
import { type Evidence, type Guess, guessRole, unitOf } from "./roles.ts";

/** The values of a column with their counts, most frequent first. */
export type Top = readonly (readonly [value: string, count: number])[];

/** A column from what is stated and what its cells show; without facts it is one that a model does not know. */
export function makeColumn(
  plan: Plan,
  i: number,
  evidence: Omit<Evidence, "facts">,
  facts: Facts | undefined,
  head: readonly string[],
): Column {
  const { name, rows, top } = evidence;
  const { candidate } = evidence;
  const sign = candidate.kind === "number" ? candidate.style?.sign : undefined;
  const unit = plan.units.get(name) ?? unitOf(name) ?? sign ?? null;
  if (!facts) {
    const why = note("why_not_known");
    const profile = { missing: 0, distinct: 0, examples: examplesOf(head) };
    return { name, type: "text", role: "ignore", why, unit, input: null, profile };
  }
  const guess = guessRole({ ...evidence, facts });
  const typed = plan.matched ? undefined : plan.types.get(i);
  const stated = plan.roles.get(i) ?? (typed && roleOfType(typed, guess));
  // Nothing can be learnt from a column without values, whatever is stated.
  const empty = stated?.role === "feature" && facts.cells - facts.bad === 0 && !plan.matched;
  // what names rows, or tells their time, still does where others are to be learnt from
  const names = stated?.why.code === "why_not_asked" && ["id", "time"].includes(guess.role);
  const { role, why } = stated && !empty && !names ? stated : guess;
  const words = role === "feature" && guess.type === "text" ? "category" : guess.type;
  const type = plan.types.get(i) ?? words;
  const numeric = type === "number" || type === "date";
  const input = role !== "feature" ? null : numeric ? "numeric" : "categories";
  return { name, type, role, why, unit, input, profile: profileOf(rows, facts, top, head) };
}

/** Who states the type of a column wants to learn from it; free text is not learnt from, and dates may tell time. */
function roleOfType(type: ColumnType, guess: Guess): Pick<Guess, "role" | "why"> {
  if (type === "text") {
    const role = guess.role === "feature" ? "ignore" : guess.role;
    return { role, why: note("why_text_stated") };
  }
  if (type === "date" && guess.role === "time") return guess;
  return { role: "feature", why: note("why_type_stated") };
}

function profileOf(
  rows: number,
  facts: Facts,
  top: Top | undefined,
  head: readonly string[],
): Profile {
  const { minimum, maximum, mean, deviation, bad } = facts;
  return {
    missing: rows - facts.cells + bad,
    ...(bad > 0 ? { unread: bad } : {}),
    distinct: top?.length ?? facts.distinct,
    ...(Number.isNaN(minimum) ? {} : { minimum, maximum, mean, deviation }),
    ...(top ? { top: top.slice(0, 10) } : {}),
    examples: examplesOf(head),
  };
}

function examplesOf(head: readonly string[]): string[] {
  const trimmed = head.slice(0, 200).map((cell) => cell.trim());
  return [...new Set(trimmed.filter((cell) => !isMark(cell)))].slice(0, 3);
}

/** What was guessed and matters: columns left out, and categories that sound like a missing value. */
export function columnNotes(columns: readonly Column[], tops: ReadonlyMap<number, Top>): Note[] {
  const notes: Note[] = [];
  columns.forEach(({ name, role, why }, i) => {
    const stated = ["why_stated", "why_ignored", "why_not_asked"].includes(why.code);
    if (!stated && role !== "feature") notes.push(note("left_out", { column: name, why }));
    if (why.code === "why_mixed" || why.code === "why_ranges")
      notes.push(note("guessed", { column: name, why }));
    for (const [mark, count] of role === "feature" ? (tops.get(i) ?? []) : []) {
      if (/^(unknown|missing|none|desconocido|sin datos?)$/i.test(mark) || isErrorMark(mark)) {
        notes.push(note("mark_kept", { mark, column: name, count }));
      }
    }
  });
  return notes;
}
