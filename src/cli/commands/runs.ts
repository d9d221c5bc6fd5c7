import { openRanking } from "../../tasks/ranking/kept-ranking.ts";
import {
  listScorings,
  openScoring,
  readScoring,
  type ScoringRanking,
} from "../../tasks/ranking/kept-scoring.ts";
import type { PagedRanking, RankingPageOptions } from "../../tasks/ranking/paged-ranking.ts";
import { parts } from "../../tasks/rows/split.ts";
import { type KeptRun, listRuns, readRun } from "../../tasks/runs/kept-run.ts";
import { compareRuns } from "../../tasks/runs/run-comparison.ts";
import { readConfig } from "../../tasks/runs/run-config.ts";
import { type CommandRow, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
import { anomaliesLine } from "../counted.ts";
import { shownRows } from "../detect-ranked.ts";
import { keptPages, keptRowLine, keptRows } from "../kept-rows.ts";
import { nameOf, type OptionRow, type Options } from "../options.ts";
import { checkEnding, outputOptions, writeOutput } from "../output.ts";
import { names, number, oneOf, whole } from "../parsers.ts";
import { comparisonLines } from "../runs-comparison.ts";
import { runAnswer, runLines, runsLines, sayDamaged } from "../runs-report.ts";
import { scoringAnswer, scoringLines, scoringsLines } from "../scoring-report.ts";

/** Options about the rows that a run ranked. */
const rowOptions: readonly OptionRow[] = [
  { flags: "-o, --output <file>", about: "option.runsOutput" },
  ...outputOptions.filter((row) => nameOf(row) !== "output"),
  { flags: "--top <n>", about: "option.runsTop", parse: whole(1) },
  { flags: "--from <n>", about: "option.runsFrom", parse: whole(1) },
  { flags: "--by <column>", about: "option.runsBy" },
  { flags: "--reverse", about: "option.runsReverse" },
  { flags: "--flagged", about: "option.runsFlagged" },
  { flags: "--above <score>", about: "option.runsAbove", parse: number() },
  { flags: "--among <part>", about: "option.runsAmong", parse: oneOf(...Object.keys(parts)) },
];

export const runsCommand: CommandRow = {
  name: "runs",
  argument: { name: "folder", about: "argument.runs", optional: true },
  about: "runs.about",
  examples: [
    "",
    "runs/frauds",
    "runs/frauds --above 3.5 --top 20",
    "runs/frauds --flagged --by Time -o flagged.csv",
    "--compare runs/a,runs/b",
    "scores/november --top 20",
  ],
  remark: "runs.remark",
  options: [
    { flags: "--compare <runs>", about: "option.runsCompare", parse: names },
    ...rowOptions,
  ],
  async run(folder, options, context) {
    if (options.compare !== undefined)
      return compare(options.compare as readonly string[], context);
    checkEnding(options);
    if (folder !== "" && (await readConfig(folder).catch(() => true)))
      return showRun(await readRun(folder), options, context);
    if (folder !== "" && (await readScoring(folder))) {
      const ranking = await openScoring(folder);
      try {
        await showScoring(ranking, options, context);
      } finally {
        ranking.dispose();
      }
      return exitCodes.ok;
    }
    const found = await listRuns(...(folder === "" ? [] : [folder]));
    const { runs, damaged } = found;
    const scorings = folder === "" ? [] : await listScorings(folder);
    if (context.json)
      context.answer({
        ...{ runs: runs.map((run) => runAnswer(run, context)), damaged },
        ...(scorings.length > 0 && {
          scorings: scorings.map((each) => scoringAnswer(each, context)),
        }),
      });
    else if (scorings.length > 0)
      for (const line of scoringsLines(scorings, context)) context.out(line);
    else if (runs.length === 0) context.say(context.text("runs.none", { path: folder || "runs" }));
    else for (const line of runsLines(found, context)) context.out(line);
    sayDamaged(found, context);
    return exitCodes.ok;
  },
};

/** Sets runs side by side: what differs between them, and what each came to. */
async function compare(folders: readonly string[], context: Context): Promise<number> {
  const comparison = compareRuns(await Promise.all(folders.map((folder) => readRun(folder))));
  if (context.json) {
    const { runs, ...told } = comparison;
    context.answer({ runs: runs.map((run) => runAnswer(run, context)), ...told });
  } else for (const line of comparisonLines(comparison, context)) context.out(line);
  return exitCodes.ok;
}

/** What is shown above the rows of a ranking, and told beside them in JSON. */
interface Above {
  readonly lines: readonly string[];
  readonly answer: object;
}

const writes = ({ output, format }: Options, { json }: Context): boolean =>
  output !== undefined || format !== undefined || json;

/** Shows data that were scored, with rows of their ranking, or writes these. */
export function showScoring(
  ranking: ScoringRanking,
  options: Options,
  context: Context,
): Promise<void> {
  const { scoring } = ranking;
  const above = {
    lines: scoringLines(scoring, context),
    answer: scoringAnswer(scoring, context),
  };
  return writes(options, context)
    ? writeRows(ranking, above, options, context)
    : showRows(ranking, above, options, context);
}

/** Shows one run, with rows of its ranking where it has one, or writes these. */
async function showRun(run: KeptRun, options: Options, context: Context): Promise<number> {
  const asksRows = rowOptions.some((row) => options[nameOf(row)] !== undefined);
  const ranking = run.summary?.ranking || asksRows ? await openRanking(run.folder) : null;
  try {
    const above = { lines: runLines(run, context), answer: runAnswer(run, context) };
    if (ranking && writes(options, context)) await writeRows(ranking, above, options, context);
    else if (ranking) await showRows(ranking, above, options, context);
    else if (context.json) context.answer(runAnswer(run, context));
    else for (const line of above.lines) context.out(line);
    return exitCodes.ok;
  } finally {
    ranking?.dispose();
  }
}

/** The scores of the rows that are meant, and the threshold that is. */
const binsOf = (ranking: PagedRanking, { part, above }: RankingPageOptions) =>
  ranking.scoreBins({ ...(part && { part }), ...(above !== undefined && { threshold: above }) });

/** Writes rows: all that are meant to a file, else as many as are shown. */
async function writeRows(
  ranking: PagedRanking,
  { answer }: Above,
  options: Options,
  context: Context,
): Promise<void> {
  const page = pageOf(options);
  const toFile = options.output !== undefined && options.output !== "-";
  const wanted = toFile ? page : { rows: shownRows, ...page };
  const { total } = await ranking.page({ ...wanted, rows: 1 });
  const own = context.about(ranking.items);
  const { columns, batches } = keptRows(ranking, wanted, own);
  await writeOutput(options, columns, batches, own, async () => ({
    ...answer,
    ...{ total, scores: await binsOf(ranking, page) },
  }));
}

/** Shows the first of the rows that are meant, below what is told of them all. */
async function showRows(
  ranking: PagedRanking,
  { lines }: Above,
  options: Options,
  context: Context,
): Promise<void> {
  const page = pageOf(options);
  const { total } = await ranking.page({ ...page, rows: 1 });
  const own = context.about(ranking.items);
  for (const line of lines) context.out(line);
  context.out(anomaliesLine(ranking.anomalies, ranking.rows, ranking.items, own));
  if (page.above !== undefined) context.out(aboveLine(await binsOf(ranking, page), own));
  let shown = page.from ?? 0;
  for await (const rows of keptPages(ranking, { rows: shownRows, ...page })) {
    for (const row of rows) context.out(keptRowLine(row, ranking, own));
    shown += rows.length;
  }
  if (total > shown) context.say(own.text("runs.more", { count: own.count(total - shown) }));
}

/** How many rows lie above a threshold, and what the label calls them. */
function aboveLine(
  { threshold, above, all }: Awaited<ReturnType<PagedRanking["scoreBins"]>>,
  { text, count }: Context,
): string {
  const counts = { rows: count(above.rows), all: count(all.rows), threshold };
  if (all.anomalies + all.normals === 0) return text("runs.above", counts);
  return text("runs.aboveLabelled", {
    ...counts,
    ...{ anomalies: count(above.anomalies), labelled: count(all.anomalies) },
    ...{ normals: count(above.normals), normal: count(all.normals) },
  });
}

function pageOf(options: Options): RankingPageOptions {
  const {
    top,
    from,
    by,
    reverse,
    flagged,
    above,
    among: part,
  } = options as {
    top?: number;
    from?: number;
    by?: string;
    reverse?: boolean;
    flagged?: boolean;
    above?: number;
    among?: NonNullable<RankingPageOptions["part"]>;
  };
  const falls = by === undefined || by === "score";
  return {
    ...(top !== undefined && { rows: top }),
    ...(from !== undefined && { from: from - 1 }),
    ...(by !== undefined && { sort: by }),
    ...(reverse && { descending: !falls }),
    ...(flagged && { flagged }),
    ...(above !== undefined && { above }),
    ...(part && { part }),
  };
}
