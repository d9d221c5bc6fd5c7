import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Note, note } from "../data/terms/notes.ts";
import type { Column, OpenOptions, Table } from "../data/terms/table.ts";
import { EspejoError } from "../errors.ts";
import type { Covariance } from "../metrics/covariance.ts";
import { mostPcaColumns, type Pca } from "../metrics/pca.ts";
import { needsLabels, parseThreshold, type Threshold } from "../metrics/threshold.ts";
import { mixed } from "../nn/index.ts";
import { writeModel, writeProgram } from "../onnx/index.ts";
import { blocksOf, type Preparation, widthOf } from "../preparation/plan.ts";
import { sampleSize } from "../preparation/samples.ts";
import { preparationOf, profileOf, type TrainingProfile } from "../preparation/statistics.ts";
import { evaluationOf, thresholdOf } from "../tasks/evaluate/judge.ts";
import type { Evaluation } from "../tasks/evaluate/evaluation.ts";
import { designOf } from "../tasks/lesson/design.ts";
import type { Learnt } from "../tasks/lesson/lesson.ts";
import { featuresOf, type Features } from "../tasks/lesson/prepared.ts";
import { checkLabels, sayCollapse } from "../tasks/lesson/train-notes.ts";
import { runOptions } from "../tasks/lesson/train-options.ts";
import type { TrainTableOptions } from "../tasks/lesson/train-table-options.ts";
import { preparationSignature } from "../tasks/model/table-graph.ts";
import type { TableModel } from "../tasks/model/table-model.ts";
import { hashBounds } from "../tasks/rows/row-hash.ts";
import { type Labels, labelsOfCounts } from "../tasks/rows/labels.ts";
import {
  labelledShares,
  parts,
  type Split,
  unlabelledShares,
  withCounts,
} from "../tasks/rows/split.ts";
import type { Scores } from "../tasks/score/scores.ts";
import { tableScoring } from "../tasks/scoring/requested.ts";
import { usualRule } from "../tasks/train/begin-lesson.ts";
import { draftOf } from "../tasks/train/made-model.ts";
import { separationOf } from "../tasks/verdicts/separation.ts";
import type { Verdict } from "../tasks/verdicts/verdict.ts";
import { range } from "../random.ts";
import { type ClusterData, nameOfData } from "./cluster-data.ts";
import type { Connection } from "./connection.ts";
import { type CountedAnswer, countedRows } from "./counted-rows.ts";
import { lookAt } from "./look.ts";
import { fitInRounds } from "./rounds.ts";
