import type { LoadOptions } from "../engine/engine.ts";
import type { EvaluationProgram } from "./judging.ts";
import type { Optimizer } from "./optimizers.ts";
import type { TrainingProgram } from "./program.ts";
import type { Plateau, Schedule } from "./schedules.ts";
import type { RowShapes } from "./sketch.ts";

/** Plain data that describes a run; it goes to the worker and into checkpoints. */
export interface LoopOptions {
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly learningRate: number;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  readonly plateau: Plateau | null;
  /** Epochs without improvement before the run stops; 0: never. */
  readonly patience: number;
  /** What counts as improvement. */
  readonly minimumDelta: number;
  readonly shuffle: boolean;
}

export interface Job {
  readonly program: TrainingProgram;
  /** The same program for an engine that reads all rows where they lie: it gathers each batch itself. */
  readonly gathering: Uint8Array | null;
  readonly evaluation: EvaluationProgram;
  readonly rows: RowShapes;
  readonly options: LoopOptions;
  readonly load: LoadOptions;
  /** Steps of one call of the engine at most; without it they follow the clock. */
  readonly stepsPerCall?: number;
}
