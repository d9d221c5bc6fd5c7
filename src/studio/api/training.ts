import { z } from "../../schema.ts";
import type { NetworkDescription } from "../../tasks/train/describe-network.ts";

export type { LiveFrame, LiveMap, LiveRow } from "../../tasks/lesson/live-frame.ts";
export type { Stage } from "../../tasks/train/describe-network.ts";

/** An option of a training, as the command line has it. */
export interface TrainingOption {
  /** In camel case: batchSize. */
  readonly name: string;
  /** As it is typed: --batch-size. */
  readonly flag: string;
  /** What its value is called; null of a switch. */
  readonly value: string | null;
  /** What it does, in the language asked for. */
  readonly about: string;
  /** Kinds that have it; null where all have. */
  readonly kinds: readonly string[] | null;
  /** Words that it takes; empty where it takes any text. */
  readonly choices: readonly string[];
  /** May be given several times. */
  readonly repeated: boolean;
}

/** Options under their heading. */
export interface OptionGroup {
  readonly name: string;
  readonly options: readonly TrainingOption[];
}

/** A kind of autoencoder that tables may have. */
export interface KindTold {
  readonly name: string;
  readonly about: string;
  readonly formula: string;
  readonly source: string;
  /** Kinds of one role other than "restriction" do not go together. */
  readonly role: "network" | "code" | "restriction";
}

/** What can be chosen for a training. */
export interface TrainingChoices {
  readonly kinds: readonly KindTold[];
  readonly groups: readonly OptionGroup[];
}

const verb = z.enum(["train", "detect"]);
export const choicesQuery = z.object({ verb });

/** A training: its options by their names in camel case, with values as they would be typed on the command line. */
export const newTraining = z.object({
  verb,
  options: z._default(
    z.record(z.string(), z.union([z.string(), z.literal(true), z.array(z.string())])),
    {},
  ),
});

/** The network that options give, and the call that trains it. */
export interface NetworkTold extends Omit<NetworkDescription, "notes"> {
  /** What may go wrong, in sentences. */
  readonly notes: readonly string[];
  readonly commandLine: string;
  readonly program: string;
}
