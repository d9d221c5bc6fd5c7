import { type Note, type NoteCode, note } from "../terms/notes.ts";
import { clip } from "./clip.ts";
import type { TextRecord } from "./records.ts";

/** Why a line among the rows of a table is none of them. */
export type Left = "blank" | "comment" | "header" | "title" | "odd";

/** What rows look like. */
export interface RowRule {
  readonly width: number;
  /** The lines of the header, as they may come again. */
  readonly header: readonly (readonly string[])[];
  /** Rows leave out the missing cells at their end. */
  readonly short: boolean;
}

/** A line with the cells of its row, or with the reason why it is none. */
export type Sifted =
  | { readonly record: TextRecord; readonly fields: readonly string[]; readonly left?: undefined }
  | { readonly record: TextRecord; readonly left: Left };

export const isBlank = ({ fields }: TextRecord): boolean => fields.every((field) => field === "");
const filled = ({ fields }: TextRecord): number => fields.filter((field) => field !== "").length;

/** Tells the rows of a table from the lines among them that are none. */
export class Sieve {
  readonly #rule: RowRule;
  /** Lines below a blank one that may be a title, if the header comes again. */
  #pending: TextRecord[] = [];
  #afterBlank = false;

  constructor(rule: RowRule) {
    this.#rule = rule;
  }

  /** What is known once a line has come; a line that may be a title waits for the next ones. */
  *push(record: TextRecord): Generator<Sifted> {
    const { header, width } = this.#rule;
    if (isBlank(record)) {
      this.#afterBlank = true;
      yield { record, left: "blank" };
    } else if (header.some((line) => sameFields(record.fields, line))) {
      for (const title of this.#pending) yield { record: title, left: "title" };
      this.#pending = [];
      this.#afterBlank = false;
      yield { record, left: "header" };
    } else if (header.length > 0 && width > 1 && this.#afterBlank && filled(record) === 1) {
      this.#pending.push(record);
    } else {
      yield* this.#release();
      this.#afterBlank = false;
      yield this.#row(record);
    }
  }

  *end(): Generator<Sifted> {
    yield* this.#release();
  }

  *#release(): Generator<Sifted> {
    for (const record of this.#pending) yield this.#row(record);
    this.#pending = [];
  }

  #row(record: TextRecord): Sifted {
    const { width, short } = this.#rule;
    const { fields } = record;
    if (fields.length === width) return { record, fields };
    if (fields.length > width && fields.slice(width).every((field) => field === ""))
      return { record, fields: fields.slice(0, width) };
    if (fields[0]!.startsWith("#")) return { record, left: "comment" };
    if (fields.length < width && short && filled(record) > 1)
      return { record, fields: [...fields, ...Array(width - fields.length).fill("")] };
    return { record, left: "odd" };
  }
}

/** Whether the fields of a line begin with those of a header. */
export const sameFields = (fields: readonly string[], header: readonly string[]): boolean =>
  fields.length >= header.length && header.every((name, i) => fields[i] === name);

/** The lines of a table's body, each as a row or with the reason why it is none. */
export function* sift(records: Iterable<TextRecord>, rule: RowRule): Generator<Sifted> {
  const sieve = new Sieve(rule);
  for (const record of records) yield* sieve.push(record);
  yield* sieve.end();
}

/** What is said of lines that are not taken as they stand. */
const codes: Readonly<Record<Left | "short" | "long", NoteCode>> = {
  ...({ blank: "lines_blank", comment: "lines_comment", header: "lines_header" } as const),
  ...({ title: "lines_title", odd: "rows_odd", short: "rows_short", long: "rows_long" } as const),
};

/** Counts what is not taken as it stands, and says it. */
export class Tally {
  readonly #width: number;
  readonly #left = new Map<Left | "short" | "long", { count: number; first: TextRecord }>();

  constructor(width: number) {
    this.#width = width;
  }

  add({ record, left }: Sifted): void {
    if (left) this.#count(left, record);
    else if (record.fields.length < this.#width) this.#count("short", record);
    else if (record.fields.length > this.#width) this.#count("long", record);
  }

  /** Whether every line was a row, and whole. */
  get clean(): boolean {
    return this.#left.size === 0;
  }

  /** The first line that has another number of fields; what reading strictly refuses. */
  get odd(): TextRecord | undefined {
    return (this.#left.get("odd") ?? this.#left.get("short"))?.first;
  }

  notes(): Note[] {
    return [...this.#left].map(([why, { count, first }]) => {
      const { line, text, fields } = first;
      return note(codes[why], {
        ...{ count, line, text: clip(text), fields: fields.length, width: this.#width },
      });
    });
  }

  #count(why: Left | "short" | "long", first: TextRecord): void {
    const known = this.#left.get(why);
    if (known) known.count++;
    else this.#left.set(why, { count: 1, first });
  }
}
