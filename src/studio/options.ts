import type { Table } from "../data/terms/table.ts";
import type { Language } from "../language.ts";
import { checkOptions } from "../options.ts";
import { z } from "../schema.ts";
import type { TrainTableOptions } from "../tasks/lesson/train-table-options.ts";
import type { KindTold, OptionGroup } from "./api/training.ts";

/** A command that learns from a table. */
type TrainingVerb = "train" | "detect";

/** What the command line knows of its options, so that a window offers the same and refuses in the same words. */
export interface CommandWords {
  /** Options of a training on a table, under their headings. */
  groups(verb: TrainingVerb, language: Language): Promise<readonly OptionGroup[]>;
  /** Kinds of autoencoder for tables. */
  kinds(language: Language): readonly KindTold[];
  /** Options as the command reads them, from texts as a person types them. Throws what the command line does. */
  parse(
    verb: TrainingVerb,
    texts: Readonly<Record<string, string | boolean | readonly string[]>>,
  ): Promise<Readonly<Record<string, unknown>>>;
  /** Options as the task takes them for a table. Throws for those that would change nothing there. */
  settings(
    verb: TrainingVerb,
    table: Table,
    options: Readonly<Record<string, unknown>>,
  ): Promise<TrainTableOptions>;
}

/** How a studio is made. */
export interface StudioOptions {
  /** The folder of the project; it is made where there is none. */
  readonly project: string;
  /** Folders whose files may be read, beside the project's: where the studio was started, and the person's own. */
  readonly folders: readonly string[];
  /** The file of the command line: runs are processes of their own, in which Node runs it. */
  readonly main: string;
  /** What it knows of its options. */
  readonly words: CommandWords;
  /** The secret that the page brings in its address. */
  readonly token: string;
  /** Bytes of a file that is dropped, 4 GiB by default. */
  readonly uploadLimit?: number;
  /** Milliseconds between looks at what other processes do in the project, 1,000 by default. */
  readonly watchMs?: number;
  /** Milliseconds that a person waits for all of a file before its first rows are shown, 400 by default. */
  readonly patienceMs?: number;
}

const optional = z.exactOptional;
const studioOptions: z.ZodMiniObject = z.object({
  project: z.string(),
  folders: z.array(z.string()),
  main: z.string(),
  words: z.custom<CommandWords>((words) => typeof Object(words).parse === "function"),
  token: z.string().check(z.minLength(16)),
  uploadLimit: optional(z.int().check(z.minimum(1))),
  watchMs: optional(z.int().check(z.minimum(10))),
  patienceMs: optional(z.int().check(z.minimum(0))),
});

/** Options with what is usual where nothing is said. Throws `argument_unknown` and `argument_value`. */
export function withUsual(options: StudioOptions) {
  checkOptions("buildStudio", studioOptions, options);
  return { uploadLimit: 4 * 1024 ** 3, watchMs: 1000, patienceMs: 400, ...options };
}
