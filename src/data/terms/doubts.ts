import type { Note, NoteCode } from "./notes.ts";
import type { OpenOptions } from "./table.ts";

/** An option that settles a doubt: as the command line takes it, and as the library does. */
export interface Choice {
  /** Without its dashes: "dates", "types", "no-header". */
  readonly option: string;
  /** As text; null of a switch. */
  readonly value: string | null;
  /** The same for `openTable` and `reread`; `withChoice` lays it over other options. */
  readonly set: OpenOptions;
  /** It states what was concluded: the cells stay what they are. A column whose type is stated is learnt from. */
  readonly now: boolean;
  /** What the value that the doubt shows then is: "2025-03-01", "1234". */
  readonly reads?: string;
}

/** Something that was guessed, left out or doubted while a table was read. */
export interface Doubt {
  /** Of the kind of doubt: stable. */
  readonly code: NoteCode;
  readonly parameters: Note["parameters"];
  /** The column that it is about, where it is about one. */
  readonly column: string | null;
  /** In words of a language. */
  readonly text: string;
  /** What settles it, likelier corrections first; none where no option could. */
  readonly options: readonly Choice[];
  /** An option that was given decides it already. */
  readonly settled: boolean;
}
