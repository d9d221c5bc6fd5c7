import type { CarriedError } from "../carried-errors.ts";
import type { LoadOptions, Values } from "./engine.ts";

/** What an engine in a process of its own is asked for; programs go by numbers that the asker gives. */
export type ChildRequest =
  | { readonly type: "version" }
  | {
      readonly type: "load";
      readonly program: number;
      readonly bytes: Uint8Array;
      readonly options: LoadOptions;
    }
  | { readonly type: "run"; readonly program: number; readonly feeds: Values }
  | { readonly type: "dispose"; readonly program: number };

/** What it answers to each type of request. */
export interface ChildAnswers {
  readonly version: string;
  /** The names of the outputs. */
  readonly load: readonly string[];
  readonly run: Values;
  readonly dispose: null;
}

export interface NumberedRequest {
  readonly id: number;
  readonly request: ChildRequest;
}

export type NumberedAnswer = { readonly id: number } & (
  | { readonly answer: ChildAnswers[ChildRequest["type"]] }
  | { readonly error: CarriedError }
);
