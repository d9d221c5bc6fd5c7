import { type Note, note } from "../terms/notes.ts";
import type { ColumnType, Role } from "../terms/table.ts";
import type { Facts } from "./facts.ts";
import { rangesOf } from "./ranges.ts";
import type { Candidate } from "./typed.ts";
import type { Sequence } from "./values.ts";

/** All that is known of a column when its type and role are guessed. */
export interface Evidence {
  readonly name: string;
  readonly rows: number;
  readonly candidate: Candidate;
  readonly facts: Facts;
  /** The commonest values, of text columns with not too many. */
  readonly top: readonly (readonly [string, number])[] | undefined;
  /** Present where `worthSequence`. */
  readonly sequence: Sequence | undefined;
}

export interface Guess {
  readonly type: ColumnType;
  readonly role: Role;
  readonly why: Note;
}

const idName =
  /^(id|.*[_ .]id|id[_ .].*|rownames?|row|index|unnamed: 0|nr|no|num|number|key|uuid|guid|.*[a-z]I[dD])$/;
const timeName =
  /^(time|t|year|yr|date|datetime|month|day|week|quarter|period|timestamp|fecha|hora|tiempo|año|ano|anio|mes|d[ií]a|semana|trimestre|per[ií]odo|jahr|datum|zeit|monat|woche|tag|ann[eé]e|mois|anno|mese)$/i;
const fewRows = 5;

/** Whether a guess needs to know if the values are unique and rise. */
export function worthSequence({
  name,
  rows,
  candidate,
  facts,
}: Omit<Evidence, "top" | "sequence">): boolean {
  if (rows < fewRows || facts.cells < rows || facts.bad > 0) return false;
  // The count of distinct values is approximate.
  if (facts.distinct < 0.85 * rows) return false;
  if (candidate.kind === "number") return facts.whole === rows || timeName.test(name);
  return candidate.kind !== "nested";
}

/** Type and role of a column of which nothing is stated. */
export function guessRole(evidence: Evidence): Guess {
  const { candidate, facts } = evidence;
  if (candidate.kind === "nested") {
    return { type: "text", role: "ignore", why: note("why_nested", { type: candidate.type }) };
  }
  if (facts.cells === 0)
    return { type: emptyType(candidate), role: "ignore", why: note("why_empty") };
  if (candidate.kind === "number") return guessNumber(evidence);
  if (candidate.kind === "date") return guessDate(evidence);
  return guessText(evidence);
}

function emptyType(candidate: Candidate): ColumnType {
  return candidate.kind === "number" || candidate.kind === "date" ? candidate.kind : "category";
}

const constant = (facts: Facts, rows: number, value: string | number): Note =>
  note(facts.cells < rows ? "why_constant_filled" : "why_constant", { value });

function guessNumber({ name, rows, facts, sequence }: Evidence): Guess {
  const type = "number";
  if (facts.minimum === facts.maximum && facts.infinite === 0 && rows > 1) {
    return { type, role: "ignore", why: constant(facts, rows, facts.minimum) };
  }
  if (sequence?.unique && facts.whole === rows) {
    const steps = facts.maximum - facts.minimum + 1;
    const years = facts.minimum >= 1800 && facts.maximum <= 2100;
    const inOrder = sequence.rising || (sequence.falling && years);
    if (inOrder && timeName.test(name)) return { type, role: "time", why: sortedTime(sequence) };
    if (inOrder && steps === rows && years) return { type, role: "time", why: note("why_years") };
    if (sequence.rising && steps === rows) return { type, role: "id", why: note("why_id_number") };
    if (isIdName(name)) {
      return { type, role: "id", why: note("why_id_named") };
    }
  }
  if (sequence?.unique && sequence.rising && timeName.test(name)) {
    return { type, role: "time", why: note("why_sorted_time") };
  }
  if (facts.whole === facts.cells && isManyIds(name, facts.distinct, facts))
    return { type, role: "id", why: manyIds(facts.distinct, facts) };
  return { type, role: "feature", why: note("why_number") };
}

const isIdName = (name: string): boolean =>
  idName.test(name.toLowerCase()) || /[a-z]I[dD]$/.test(name);

/** Identifiers by their name that come again now and then: contracts with several claims, say. */
const isManyIds = (name: string, distinct: number, { cells }: Facts): boolean =>
  isIdName(name) && distinct > 50 && distinct > 0.5 * cells;
const manyIds = (distinct: number, { cells }: Facts): Note =>
  note("why_id_many", { distinct, cells });

const sortedTime = ({ rising }: Sequence): Note =>
  note(rising ? "why_sorted_time" : "why_falling_time");

function guessDate({ rows, facts, sequence }: Evidence): Guess {
  const type = "date";
  if (facts.minimum === facts.maximum && rows > 1) {
    return { type, role: "ignore", why: constant(facts, rows, facts.minimum) };
  }
  // Clocks that are set back and files put together leave a few steps down and a few repeats.
  if (sequence && sequence.distinct > 0.9 * rows) {
    if (sequence.ascending > 0.95) return { type, role: "time", why: note("why_sorted_date") };
    if (sequence.descending > 0.95) return { type, role: "time", why: note("why_falling_date") };
  }
  return { type, role: "feature", why: note("why_date") };
}

function guessText({ name, rows, candidate, facts, top, sequence }: Evidence): Guess {
  const { codes, mixed } = candidate as Extract<Candidate, { kind: "text" }>;
  const distinct = top?.length ?? facts.distinct;
  if (distinct === 1 && rows > 1) {
    return {
      type: "category",
      role: "ignore",
      why: constant(facts, rows, top?.[0]?.[0] ?? ""),
    };
  }
  if (top && isBoolean(top.map(([value]) => value))) {
    return { type: "boolean", role: "feature", why: note("why_boolean") };
  }
  const length = Math.round(facts.length);
  const wordy = length > 40;
  if (!wordy && isManyIds(name, distinct, facts))
    return { type: "category", role: "id", why: manyIds(distinct, facts) };
  // More digits than a number keeps are nothing that is counted.
  if (codes === "digits" && distinct > 0.5 * facts.cells)
    return { type: "category", role: "id", why: note("why_digits") };
  if (sequence?.unique && !wordy) return { type: "category", role: "id", why: note("why_id_text") };
  if (wordy && distinct > 0.2 * facts.cells && distinct > 20) {
    return { type: "text", role: "ignore", why: note("why_text", { distinct, length }) };
  }
  if (distinct > 50 && distinct > 0.5 * facts.cells) {
    return {
      type: "text",
      role: "ignore",
      why: note("why_many", { distinct, cells: facts.cells }),
    };
  }
  const ranges = top && rangesOf(top.map(([value]) => value));
  const why = mixed
    ? note("why_mixed", mixed)
    : codes
      ? note(codes === "zeros" ? "why_codes" : "why_digits")
      : ranges
        ? note("why_ranges", { count: ranges.length, value: ranges[1]! })
        : note("why_category", { distinct });
  return { type: "category", role: "feature", why };
}

const pairs = [
  "true false",
  "yes no",
  "sí no",
  "si no",
  "t f",
  "y n",
  "s n",
  "verdadero falso",
  "on off",
];

function isBoolean(values: readonly string[]): boolean {
  if (values.length !== 2) return false;
  const [a, b] = values.map((value) => value.toLowerCase());
  return pairs.some((pair) => pair === `${a} ${b}` || pair === `${b} ${a}`);
}

/** The unit in a name such as "Amount (EUR)" or "CO [mg/m3]". */
export function unitOf(name: string): string | null {
  return /[([]\s*([^()[\]]{1,20}?)\s*[)\]]\s*$/.exec(name)?.[1] ?? null;
}
