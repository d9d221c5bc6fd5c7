import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { errorText } from "../../error-text.ts";
import { EspejoError } from "../../errors.ts";
import type { Invocation } from "../../invocation/invocation.ts";
import { shellOf } from "../../invocation/shell.ts";
import { typescriptOf } from "../../invocation/typescript.ts";
import type { Language } from "../../language.ts";
import type { KeptRun } from "../../tasks/runs/kept-run.ts";
import { runFiles } from "../../tasks/runs/run-folder.ts";
import type { RunSummary } from "../../tasks/runs/run-summary.ts";
import { sentenceIn } from "../../tasks/verdicts/verdict.ts";
import type { Run, RunResult } from "../api/runs.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { Project } from "../project/project.ts";
import { formerOf } from "./marked-runs.ts";

/** A run as pages show it. */
export async function runView(
  kept: KeptRun,
  { project, jobs }: { readonly project: Project; readonly jobs: Jobs },
  language: Language,
): Promise<Run> {
  const id = basename(kept.folder);
  const elsewhere = kept.atWork && !jobs.isRunning(id);
  const started = jobs.startOf(id) ?? (elsewhere ? Date.parse(kept.began ?? "") || 0 : null);
  const running = started !== null;
  const failure = running ? null : jobs.failureOf(id);
  const { run: _, live: __, ...options } = kept.options;
  const call: Invocation = { verb: kept.command, data: kept.data, options };
  const source = project.sources.find(({ path }) => path === kept.data);
  return {
    id,
    command: kept.command === "detect" ? "detect" : "train",
    data: source?.name ?? basename(kept.data),
    source: source?.id ?? null,
    began: kept.began,
    elsewhere,
    state: running ? "running" : stateOf(kept, failure),
    error: failure && messageOf(failure, language),
    phase: running ? await phaseOf(kept, started) : null,
    work: jobs.workOf(id),
    epochs: kept.epochs,
    most: typeof options.epochs === "number" ? options.epochs : null,
    kind: kept.summary?.kind ?? (options.kind as string | undefined) ?? null,
    options,
    former: await formerThere(kept, project),
    result: kept.summary && resultOf(kept.summary, language, trainedIn(kept.summary)),
    commandLine: shellOf(call),
    program: typescriptOf(call),
  };
}

/** The run that a run was trained again from, while it is there. */
async function formerThere(kept: KeptRun, project: Project): Promise<string | null> {
  const former = formerOf(kept);
  if (former === null) return null;
  const there = await stat(join(project.runs, former, runFiles.ranking)).catch(() => null);
  return there && former;
}

const stateOf = ({ state }: KeptRun, failure: Error | null): Run["state"] =>
  state !== "unfinished" ? state : failure ? "failed" : "broken";

/** What a run is at: one that goes on has the model of its last try until it has made its own. */
async function phaseOf({ folder, epochs }: KeptRun, started: number | null): Promise<Run["phase"]> {
  if (epochs === 0) return "reading";
  if (started === null) return "training";
  const model = await stat(join(folder, runFiles.model)).catch(() => null);
  return model && model.mtimeMs >= started ? "ranking" : "training";
}

/** An error in a language. */
export const messageOf = (error: Error, language: Language): string =>
  error instanceof EspejoError ? errorText(error, language) : error.message;

const trainedIn = (summary: RunSummary): RunResult["training"] => ({
  ...{ bestEpoch: summary.bestEpoch, ended: summary.stopped, parts: summary.parts },
  ...{ loss: summary.loss ?? null, validationLoss: summary.validationLoss ?? null },
});

/** What a run, or a file that was scored, came to, as pages show it. */
export function resultOf(
  summary: Pick<
    RunSummary,
    "ranking" | "threshold" | "evaluation" | "verdicts" | "pcaError" | "content"
  > & {
    readonly label: unknown;
  },
  language: Language,
  training: RunResult["training"] = null,
): RunResult {
  const { ranking, threshold, evaluation, verdicts, label, content } = summary;
  const ids = ranking?.ids ?? [];
  return {
    rows: ranking?.rows ?? 0,
    anomalies: ranking?.anomalies ?? 0,
    threshold: threshold.threshold,
    rule: threshold.rule,
    evaluation: evaluation && {
      rocAuc: evaluation.rocAuc,
      averagePrecision: evaluation.averagePrecision,
      pcaRocAuc: evaluation.pca?.rocAuc ?? null,
    },
    training,
    pcaError: summary.pcaError ?? null,
    verdicts: verdicts.map((each) => sentenceIn(each, language)),
    ids: ids.map(({ name }) => name),
    sortable: [
      ...ids.flatMap(({ name, order }) => (order ? [name] : [])),
      ...(ranking?.labels ? ["label"] : []),
      ...["row", "score"],
    ],
    labelled: label !== null,
    codes: (content ?? (ranking?.items === "rows" ? "tables" : "")) === "tables",
  };
}
