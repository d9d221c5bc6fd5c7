/** What a command is called that others name. */
export type Verb =
  | "cluster train"
  | "compare"
  | "decode"
  | "detect"
  | "encode"
  | "generate"
  | "import"
  | "reduce"
  | "report"
  | "runs"
  | "score"
  | "threshold"
  | "train";

/** A call of a command as plain data: it can be written for a shell, and as a call of the library. */
export interface Invocation {
  readonly verb: Verb;
  /** As a person names it: a file, a folder, an address; null where nothing is named. */
  readonly data: string | null;
  /** By their names in camel case, with values as the command line reads them; in the order in which they are written. */
  readonly options: InvocationOptions;
  /** The data are images or sequences, where the options do not tell. */
  readonly arrays?: boolean;
}

export type InvocationOptions = Readonly<Record<string, unknown>>;
