import type { CarriedError } from "../carried-errors.ts";
import type { EngineChoice } from "../engine/engine.ts";
import type { RowsFile, Widths } from "./file-source.ts";
import type { Job } from "./job.ts";
import type { Outcome, Progress } from "./loop.ts";
import type { Arrays } from "./rows.ts";
import type { Checkpoint, Epoch, Vectors } from "./state.ts";

/** Rows that a worker learns from: arrays, copied once on the way, or files of prepared rows. */
export type SourceMessage =
  | {
      readonly kind: "memory";
      readonly arrays: Arrays;
      /** Rows to learn from and rows to judge by. */
      readonly train: Uint32Array;
      readonly validation: Uint32Array;
    }
  | {
      readonly kind: "files";
      readonly widths: Widths;
      readonly train: RowsFile;
      readonly validation: RowsFile | null;
    };

/** What a worker is started with. */
export interface StartMessage {
  readonly type: "start";
  readonly job: Job;
  readonly engine: EngineChoice | undefined;
  readonly source: SourceMessage;
  readonly start: Checkpoint;
  /** Where checkpoints go, or null. */
  readonly checkpointPath: string | null;
  /** Milliseconds that pass at least before the weights after an epoch are told again; null where nobody hears them. */
  readonly weightsEvery: number | null;
  /** Whether it was asked to stop before it began: a word sent after this one may come too late. */
  readonly stopped: boolean;
}
export type ToWorker = StartMessage | { readonly type: "pause" | "resume" | "stop" };

export type FromWorker =
  | { readonly type: "progress"; readonly progress: Progress }
  | { readonly type: "epoch"; readonly epoch: Epoch }
  | { readonly type: "weights"; readonly vectors: Vectors; readonly epoch: number }
  | {
      readonly type: "done";
      readonly outcome: Outcome;
      readonly engine: string;
      readonly note: string | null;
    }
  | ({ readonly type: "failed" } & CarriedError);

/** One end of the line between a program and its worker. */
export interface Port<Out, In> {
  post(message: Out): void;
  /** Receives every message; `onError` hears of a worker that died. */
  listen(onMessage: (message: In) => void, onError: (error: Error) => void): void;
}

/** A worker, seen by the program that started it. */
export interface TrainingWorker extends Port<ToWorker, FromWorker> {
  /** Whether the process goes on for its sake; it does from the start. */
  hold(held: boolean): void;
  terminate(): void;
}
