import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isDatabaseUrl, shownUrl } from "../../data/postgres/postgres.ts";
import type { Note } from "../../data/terms/notes.ts";
import { EspejoError, phrases } from "../../errors.ts";
import { reasonOf, writeWhole } from "../../files.ts";
import type { InvocationOptions } from "../../invocation/invocation.ts";
import type { Threshold } from "../../metrics/threshold.ts";
import { checkArguments } from "../../options.ts";
import { checked, z } from "../../schema.ts";
import { argument } from "../model/arguments.ts";
import { espejoVersion } from "../model/version.ts";
import { readRunFile, runFiles } from "../runs/run-folder.ts";
import { type RankingRecord, rankingRecord } from "../runs/run-summary.ts";
import type { Verdict } from "../verdicts/verdict.ts";
import { openPaged, type PagedRanking } from "./paged-ranking.ts";

/** Data that are scored by a model, in the words of the command line. */
export interface ScoringJob {
  /** As a person names them: a file, a folder, a pattern, an address without its password. */
  readonly data: string;
  /** The path of the model file, as it was named. */
  readonly model: string;
  /** Further options by their names in camel case, such as how the data are read. */
  readonly options: InvocationOptions;
}

/** What scored data came to. */
export interface ScoringSummary {
  readonly kind: string;
  /** Above it rows are anomalies, and the rule that chose it in training. */
  readonly threshold: Threshold;
  readonly verdicts: readonly Verdict[];
  /** How the rows differ from those that trained; empty where nothing has drifted. */
  readonly drift: readonly Note[];
  /** What was guessed, left out or doubted when the data were read. */
  readonly notes: readonly Note[];
  /** The column of the label, where the data have it. */
  readonly label: string | null;
  readonly ranking: RankingRecord;
}

/** Scored data as their folder tells it. */
export interface KeptScoring extends ScoringJob {
  readonly folder: string;
  /** When it was begun, as in 2026-01-31T12:00:00Z. */
  readonly began: string;
  /** What it came to; null where it is under way, or its process ended. */
  readonly summary: ScoringSummary | null;
}

/** The ranking of data that were scored. */
export interface ScoringRanking extends PagedRanking {
  readonly scoring: KeptScoring;
}

/** What was scored, with which model. The file of its own name tells such a folder from that of a run. */
const jobFile = "scoring.json";

/** Where scored data are kept that nobody named a folder for. */
const usualScores = "scores";

const jobSchema = z.object({
  ...{ data: z.string(), model: z.string(), began: z.string() },
  options: z.record(z.string(), z.any()),
});
/** Verdicts and notes: a code and what fills its text. */
const told = z.array(
  z.looseObject({ code: z.string(), parameters: z.record(z.string(), z.any()) }),
);
const summarySchema = z.looseObject({
  kind: z.string(),
  threshold: z.looseObject({
    ...{ threshold: z.number(), rule: z.string() },
    parameters: z.record(z.string(), z.number()),
  }),
  verdicts: told,
  drift: told,
  notes: told,
  label: z.nullable(z.string()),
  ranking: rankingRecord,
});

/** Begins to keep scored data in a folder, by default a new one in `scores`; what lay there of a former one goes. Throws `run_failed`. */
export async function beginScoring(job: ScoringJob, stated?: string): Promise<string> {
  const began = `${new Date().toISOString().slice(0, 19)}Z`;
  const folder =
    stated ?? join(usualScores, began.slice(0, 19).replace("T", "-").replaceAll(":", ""));
  try {
    await mkdir(folder, { recursive: true });
    const there = await readdir(folder);
    if (there.length > 0 && !there.includes(jobFile)) throw new Error(phrases.foreign_files);
    for (const name of [runFiles.summary, runFiles.ranking])
      await rm(join(folder, name), { force: true });
    const kept = { ...job, data: withoutPassword(job.data), began, espejo: espejoVersion };
    await writeWhole(join(folder, jobFile), [`${JSON.stringify(kept, null, 2)}\n`]);
    return folder;
  } catch (error) {
    const reason = reasonOf(error as Error);
    throw new EspejoError("run_failed", { path: folder, reason }, { cause: error });
  }
}

/** Nothing that is kept holds a password. */
const withoutPassword = (data: string): string => (isDatabaseUrl(data) ? shownUrl(data) : data);

/** Writes what came of scored data: the ranking first, then the summary, which says that all of it is there. */
export async function concludeScoring(
  folder: string,
  summary: Omit<ScoringSummary, "ranking">,
  rank: (path: string) => Promise<RankingRecord>,
): Promise<ScoringSummary> {
  const whole = { ...summary, ranking: await rank(join(folder, runFiles.ranking)) };
  await writeWhole(join(folder, runFiles.summary), [`${JSON.stringify(whole, null, 2)}\n`]);
  return whole;
}

/** What was scored in a folder; null where there is nothing of the kind. Throws `resume_folder` for what is damaged. */
export async function readScoring(folder: string): Promise<KeptScoring | null> {
  checkArguments("readScoring", { folder: [folder, argument.path] });
  const job = await readRunFile(folder, jobFile, (bytes) => parsed(jobSchema, bytes));
  if (!job) return null;
  const summary = await readRunFile(folder, runFiles.summary, (bytes) =>
    parsed(summarySchema, bytes),
  );
  const { data, model, options, began } = job as Omit<KeptScoring, "summary">;
  return { folder, data, model, options, began, summary: summary as ScoringSummary | null };
}

function parsed(schema: z.ZodMiniType, bytes: Buffer): unknown {
  const result = checked(schema, JSON.parse(bytes.toString()));
  if ("fault" in result) throw new Error(phrases.not_a_run);
  return result.value;
}

/** What lies in a folder of scored data, the last first; what is damaged is left out. Nothing where there is no such folder. */
export async function listScorings(folder: string = usualScores): Promise<readonly KeptScoring[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const found = await Promise.all(
    names.map((name) => readScoring(join(folder, name)).catch(() => null)),
  );
  return found
    .filter((each) => each !== null)
    .sort((a, b) => (`${a.began} ${a.folder}` < `${b.began} ${b.folder}` ? 1 : -1));
}

/**
 * Opens the ranking in a folder of scored data. Throws `run_unknown` where there is none, `ranking_unfinished` for one that
 * has not come to its ranking, `ranking_damaged`.
 */
export async function openScoring(folder: string): Promise<ScoringRanking> {
  const scoring = await readScoring(folder);
  if (!scoring) throw new EspejoError("run_unknown", { path: folder, reason: phrases.not_a_run });
  const { ranking, threshold } = scoring.summary ?? {};
  if (!ranking) throw new EspejoError("ranking_unfinished", { path: folder });
  return { ...(await openPaged(folder, ranking, threshold?.threshold)), scoring };
}
