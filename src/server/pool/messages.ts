import type { CarriedError } from "../../carried-errors.ts";
import type { Decoded, Knock } from "../decode/knock.ts";
import type { Scored, ServedRows, Wanted } from "../rows.ts";

/** What a thread is asked, by the number that its answer will have. */
export type ThreadRequest =
  | {
      readonly type: "load";
      /** The number of the model among all that were ever loaded. */
      readonly model: number;
      readonly bytes: Uint8Array;
      readonly path: string;
    }
  | { readonly type: "drop"; readonly model: number }
  | {
      readonly type: "decode";
      readonly model: number;
      readonly knock: Knock;
    }
  | {
      readonly type: "score";
      readonly model: number;
      readonly rows: ServedRows;
      readonly wanted: Wanted;
    };

/** What loading a model and warming it up has shown. */
export interface Warmth {
  /** What the model's own example rows no longer come to, or null. */
  readonly note: string | null;
  /** Rows that are scored where they arrive; 0 of a model that takes its time. */
  readonly nearRows: number;
}

export interface ThreadAnswers {
  readonly load: Warmth;
  readonly drop: null;
  readonly decode: Decoded;
  readonly score: Scored;
}

export interface NumberedRequest {
  readonly id: number;
  readonly request: ThreadRequest;
}

export type NumberedAnswer =
  | { readonly id: number; readonly answer: ThreadAnswers[keyof ThreadAnswers] }
  | { readonly id: number; readonly error: CarriedError };
