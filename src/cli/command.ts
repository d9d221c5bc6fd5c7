import type { Context } from "./context.ts";
import type { AddOption } from "./options.ts";
import type { TextKey } from "./texts/en.ts";

/** All that is known about a command, in one row. */
export interface CommandRow {
  readonly name: string;
  /** Its arguments, as help shows them. */
  readonly arguments: string;
  readonly about: TextKey;
  readonly options: (add: AddOption) => void;
  /** Does the work and gives the exit code. */
  readonly run: (
    data: string,
    options: Readonly<Record<string, unknown>>,
    context: Context,
  ) => Promise<number>;
}

export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  data: 3,
  findings: 4,
  engine: 5,
  interrupted: 130,
};

/** The version of every JSON answer. */
export const schemaVersion = 1;
