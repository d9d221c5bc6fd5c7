/**
 * Espejo in Node: jobs from file to answer, and all of the portable API.
 *
 * @module espejo/node
 */

export type { Figure } from "./charts/figure.ts";
export type { ClusterData } from "./cluster/cluster-data.ts";
export { type ClusterPlace, type Connection, connectToCluster } from "./cluster/connection.ts";
export { encodeOnCluster } from "./cluster/encode.ts";
export {
  type ClusterEvaluateOptions,
  type ClusterEvaluation,
  evaluateOnCluster,
} from "./cluster/evaluate.ts";
export type { ClusterUse, MatchOptions as ClusterMatchOptions } from "./cluster/match.ts";
export type { ClusterFormat, ClusterOutput } from "./cluster/output.ts";
export {
  type ClusterScored,
  type ClusterScoreOptions,
  scoreOnCluster,
} from "./cluster/score.ts";
export {
  type ClusterPhase,
  type ClusterTrainOptions,
  type TrainedOnCluster,
  trainOnCluster,
} from "./cluster/train.ts";
export { type NativeImage, openNativeImages } from "./data/arrays/native-images.ts";
export { openArrays } from "./data/arrays/open-arrays.ts";
export { withChoice } from "./data/columns/doubts.ts";
export { type MemoryOptions, tableFromColumns, tableFromRows } from "./data/memory/memory.ts";
export { arraysFromData } from "./data/memory/memory-arrays.ts";
export type { MemoryValue } from "./data/memory/memory-column.ts";
export { openPreview } from "./data/preview/preview.ts";
export type {
  LeftLines,
  PreviewCell,
  PreviewLine,
  PreviewRow,
  TableSeen,
} from "./data/preview/seen.ts";
export type { ColumnShares } from "./data/preview/shares.ts";
export type { PreviewData, PreviewOptions, TablePreview } from "./data/preview/table-preview.ts";
export { openTable } from "./data/tables/open.ts";
export type { Address } from "./data/terms/address.ts";
export type {
  ArrayBatch,
  Arrays,
  ArraysDetected,
  ArraysOptions,
  ImageFit,
  Spans,
  Stamps,
} from "./data/terms/arrays.ts";
export type { Choice, Doubt } from "./data/terms/doubts.ts";
export type { Note, NoteCode } from "./data/terms/notes.ts";
export type {
  Column,
  ColumnPlan,
  ColumnType,
  Detected,
  OpenOptions,
  Role,
  Table,
} from "./data/terms/table.ts";
export { loadEngine } from "./engine/node.ts";
export * from "./index.ts";
export type { Language } from "./language.ts";
export {
  type CompareOptions,
  type Comparison,
  type Contender,
  compare,
  compareArrays,
  type Duel,
  type Run as ComparisonRun,
} from "./tasks/compare/compare.ts";
export {
  type Compressed,
  type CompressOptions,
  compressArrays,
  compressTable,
} from "./tasks/compress/compress.ts";
export {
  type Archive,
  archiveArrays,
  archiveColumns,
  archiveRows,
  openArchive,
} from "./tasks/compress/decompress.ts";
export type { MaxError } from "./tasks/compress/plan.ts";
export { arrayRates, type Rate, type Rates, tableRates } from "./tasks/compress/rates.ts";
export type { Change, ColumnChanges } from "./tasks/denoise/changes.ts";
export type { ColumnFill, Imputation } from "./tasks/denoise/fill-choice.ts";
export type { Way } from "./tasks/denoise/filler.ts";
export type { FillingTrial } from "./tasks/denoise/filling.ts";
export { denoiseImage, denoiseImages } from "./tasks/denoise/images.ts";
export { compareImputation, type ImputationComparison } from "./tasks/denoise/imputation.ts";
export { denoiseSteps } from "./tasks/denoise/series.ts";
export {
  type DenoisedTable,
  type DenoiseTableOptions,
  denoiseTable,
} from "./tasks/denoise/table.ts";
export { type Image, throughTiles } from "./tasks/denoise/tiles.ts";
export type {
  ArrayDetector,
  ArrayRanking,
  RankedItem,
  ScoredItem,
} from "./tasks/detect/array-detector.ts";
export type { Beside } from "./tasks/detect/beside.ts";
export { type DetectOptions, detect } from "./tasks/detect/detect.ts";
export { type DetectArraysOptions, detectArrays } from "./tasks/detect/detect-arrays.ts";
export type { RunOptions } from "./tasks/detect/detection-run.ts";
export type { DetectionSummary } from "./tasks/detect/detection-summary.ts";
export type { Detector, ScoredRow } from "./tasks/detect/detector.ts";
export type { RankedRow, Ranking, RankOptions } from "./tasks/detect/rank.ts";
export { compareThresholds, type RuleOutcome } from "./tasks/detect/threshold-table.ts";
export { evaluate, evaluateArrays } from "./tasks/evaluate/evaluate.ts";
export type { Evaluation } from "./tasks/evaluate/evaluation.ts";
export {
  type Generated,
  type GenerateOptions,
  type GenerateTableOptions,
  generateArrays,
  generateRows,
} from "./tasks/generate/generate.ts";
export {
  type GenerationReport,
  type GenerationReportOptions,
  generationReport,
  type MadeRows,
} from "./tasks/generate/page.ts";
export type { Compared, GenerationQuality, Nearness } from "./tasks/generate/quality.ts";
export { type ExportedKeras, exportKeras } from "./tasks/keras/export-keras.ts";
export {
  type ImportedKeras,
  type ImportKerasOptions,
  importKeras,
  readKerasFile,
} from "./tasks/keras/import-keras.ts";
export type { ImportOptions } from "./tasks/keras/import-options.ts";
export type { DataSource, JobOptions } from "./tasks/lesson/job.ts";
export type { TrainOptions } from "./tasks/lesson/train-options.ts";
export type { TrainTableOptions } from "./tasks/lesson/train-table-options.ts";
export { ArrayModel } from "./tasks/model/array-model.ts";
export type { ArrayMetadata, Metadata } from "./tasks/model/metadata.ts";
export { ModelFile } from "./tasks/model/model-file.ts";
export { type Half, modelHalf } from "./tasks/model/model-half.ts";
export { TableModel } from "./tasks/model/table-model.ts";
export { type OpenDataOptions, type OpenedData, openData } from "./tasks/opening/open-data.ts";
export { type KeptRanking, openRanking } from "./tasks/ranking/kept-ranking.ts";
export {
  type KeptScoring,
  openScoring,
  type ScoringJob,
  type ScoringRanking,
  type ScoringSummary,
} from "./tasks/ranking/kept-scoring.ts";
export type {
  PagedRanking,
  RankedCounts,
  RankingFilter,
  RankingPage,
  RankingPageOptions,
  RankingRow,
  ScoreBins,
  ScoreBinsOptions,
} from "./tasks/ranking/paged-ranking.ts";
export type { RankedReason } from "./tasks/ranking/ranking-file.ts";
export { type Influence, influence, type LatentInfluence } from "./tasks/reduce/influence.ts";
export { type LatentMap, latentMap } from "./tasks/reduce/latent-map.ts";
export { mostlyTime } from "./tasks/reduce/mostly-time.ts";
export { type RebuiltRow, type Reducer, reduce, reducerOf } from "./tasks/reduce/reduce.ts";
export type {
  ReductionStep,
  ReductionStudy,
  SizeChoice,
  StudyOptions,
} from "./tasks/reduce/reduction.ts";
export { studyArrays, studyReduction } from "./tasks/reduce/study.ts";
export type { Reported } from "./tasks/report/gather.ts";
export type { NextStep } from "./tasks/report/lead.ts";
export type { ReportOptions } from "./tasks/report/options.ts";
export {
  buildReport,
  drawMap,
  type Report,
  report,
  saveFigure,
  saveFigures,
  saveReport,
} from "./tasks/report/report.ts";
export type { GivenMarks, Mark, MarkedRows, RowMark } from "./tasks/rows/marks.ts";
export {
  type DamagedRun,
  type KeptRun,
  type KeptRuns,
  listRuns,
  readRun,
} from "./tasks/runs/kept-run.ts";
export { compareRuns, type RunComparison, type RunFigure } from "./tasks/runs/run-comparison.ts";
export type { RunCommand, RunJob } from "./tasks/runs/run-config.ts";
export type {
  RankedId,
  RankingRecord,
  RunSummary,
  TrainingSummary,
} from "./tasks/runs/run-summary.ts";
export type { PlacedReason, PlacedStep } from "./tasks/score/array-reason-text.ts";
export type { ArrayReason, ImageReason, SequenceReason } from "./tasks/score/array-reasons.ts";
export {
  type ErrorMap,
  type ErrorMapOptions,
  errorMaps,
  saveErrorMaps,
} from "./tasks/score/error-maps.ts";
export type { Reason } from "./tasks/score/reasons.ts";
export { type ScoredBatch, scoreRows } from "./tasks/score/score.ts";
export { type StampScores, scoreStamps } from "./tasks/score/score-stamps.ts";
export type { ScoreName } from "./tasks/scoring/score-names.ts";
export type { MarkedOutcome } from "./tasks/threshold/marked-threshold.ts";
export {
  type Rethresholded,
  type RethresholdOptions,
  rethreshold,
  rethresholdArrays,
  withThreshold,
} from "./tasks/threshold/rethreshold.ts";
export { type TrainedTable, train } from "./tasks/train/train.ts";
export {
  type TrainArraysOptions,
  type TrainedArrays,
  trainArrays,
} from "./tasks/train/train-arrays.ts";
export type { Candidate, Proof, Search, SearchOptions } from "./tasks/tune/search.ts";
export { type Tuned, tune, tuneArrays } from "./tasks/tune/tune.ts";
export { type Separation, separationOf } from "./tasks/verdicts/separation.ts";
export { type Verdict, verdictIn } from "./tasks/verdicts/verdict.ts";
