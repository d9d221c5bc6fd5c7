import type { Context } from "./context.ts";
import type { OptionRow, Options } from "./options.ts";
import type { TextKey } from "./texts/en.ts";

/** All that is known about a command, in one row. */
export interface CommandRow {
  readonly name: string;
  readonly about: TextKey;
  /** The argument that a command may take. */
  readonly argument?: {
    readonly name: string;
    readonly about: TextKey;
    readonly optional?: boolean;
    /** One or more of them. */
    readonly several?: boolean;
  };
  /** What follows `espejo <name>` in the examples of its help; the first one shows what is missing. */
  readonly examples: readonly string[];
  /** A further line of help. */
  readonly remark?: TextKey;
  readonly options: readonly OptionRow[];
  /** The file that is written where -o names none. */
  readonly usualOutput?: string;
  /** What -o names is no place of this machine. */
  readonly writesElsewhere?: boolean;
  /** Does the work and gives the exit code; `more` are the arguments behind the first, where several may be. */
  readonly run: (
    data: string,
    options: Options,
    context: Context,
    more: readonly string[],
  ) => Promise<number>;
}

export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  data: 3,
  findings: 4,
  engine: 5,
  hungUp: 129,
  interrupted: 130,
  terminated: 143,
};

/** The argument of commands that read a table. */
export const dataArgument = { name: "data", about: "argument.data" } as const;
