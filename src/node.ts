// Espejo in Node: jobs from file to answer, and all of the portable API.
export { openTable } from "./data/open.ts";
export type {
  Column,
  ColumnPlan,
  ColumnType,
  Detected,
  OpenOptions,
  Role,
  Table,
} from "./data/table.ts";
export { loadEngine } from "./engine/node.ts";
export * from "./index.ts";
export { type Detector, detect, type ScoredRow } from "./tasks/detect.ts";
export { evaluate } from "./tasks/evaluate.ts";
export type { Evaluation } from "./tasks/evaluation.ts";
export type { DataSource, JobOptions } from "./tasks/job.ts";
export type { Metadata } from "./tasks/metadata.ts";
export type { Reason } from "./tasks/reasons.ts";
export { type RebuiltRow, type Reducer, reduce, reducerOf } from "./tasks/reduce.ts";
export { type ScoredBatch, scoreRows } from "./tasks/score.ts";
export { TableModel } from "./tasks/table-model.ts";
export { type TrainedTable, train } from "./tasks/train.ts";
export type { TrainOptions } from "./tasks/train-options.ts";
