import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { EspejoError } from "../../errors.ts";
import { writeWhole } from "../../files.ts";
import type { Invocation } from "../../invocation/invocation.ts";
import { shellOf } from "../../invocation/shell.ts";
import { typescriptOf } from "../../invocation/typescript.ts";
import type { PagedRanking, RankingRow } from "../../tasks/ranking/paged-ranking.ts";
import type { Mark } from "../../tasks/rows/marks.ts";
import type { KeptRun } from "../../tasks/runs/kept-run.ts";
import { runFiles } from "../../tasks/runs/run-folder.ts";
import { markedThreshold } from "../../tasks/threshold/marked-threshold.ts";
import type { MarkedThreshold, Moved, Moves, ThresholdCall } from "../api/runs.ts";
import type { Project } from "../project/project.ts";

type MarksOfRun = ReadonlyMap<number, Mark>;

/** The folder of a project in which the marks lie that runs are trained again from. */
const folderName = "marks";

/** The file of the marks of a run, in the folder of the project. */
export const marksFile = (id: string): string => `${folderName}/${id}.csv`;

/** The file of the marks that a run is trained from, in the folder of the project: it tells which run they are of. */
export const marksFileOf = (id: string, former: string): string =>
  `${folderName}/${id}_from_${former}.csv`;

/** The run whose marks a run was trained again from; null where its marks are no such file. */
export function formerOf({ options }: KeptRun): string | null {
  const { marks } = options;
  if (typeof marks !== "string") return null;
  return new RegExp(`^${folderName}/[\\w.-]+_from_([\\w.-]+)\\.csv$`).exec(marks)?.[1] ?? null;
}

/** Writes the marks of a run as `espejo ... --marks` reads them. Throws `marks_absent`, `write_failed`. */
export async function writeMarks(path: string, marks: MarksOfRun, run: string): Promise<void> {
  if (marks.size === 0) throw new EspejoError("marks_absent", { path: run });
  const lines = [...marks].sort(([a], [b]) => a - b).map(([row, mark]) => `${row + 1},${mark}\n`);
  await writeWhole(path, ["row,mark\n", ...lines]);
}

/** As `writeMarks`, into the project. */
export async function keepMarks(project: Project, file: string, marks: MarksOfRun, run: string) {
  await mkdir(join(project.folder, folderName), { recursive: true });
  await writeMarks(join(project.folder, file), marks, run);
}

/** Rows of a ranking that are marked. */
async function markedRows(
  ranking: PagedRanking,
  marks: MarksOfRun,
): Promise<readonly RankingRow[]> {
  const only = [...marks.keys()];
  const rows: RankingRow[] = [];
  for (;;) {
    const page = await ranking.page({ only, from: rows.length, rows: rowsAtOnce });
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
}
const rowsAtOnce = 5000;

/** The threshold that a rule chooses by the marks of a run, as `espejo threshold --marks` does. Throws what that throws. */
export async function thresholdByMarks(
  ranking: PagedRanking,
  {
    data,
    marks,
    rule,
  }: { readonly data: string; readonly marks: MarksOfRun; readonly rule: string },
): Promise<MarkedThreshold> {
  const rows = await markedRows(ranking, marks);
  const lowest = rows.at(-1)?.score ?? Number.NEGATIVE_INFINITY;
  const found = markedThreshold(rule, {
    path: data,
    scores: Float32Array.from(rows, ({ score }) => score),
    classes: Uint8Array.from(rows, ({ row }) => (marks.get(row) === "confirmed" ? 1 : 0)),
    below: rows.length === 0 ? null : await nextBelow(ranking, lowest),
  });
  const { threshold } = found.threshold;
  const { total } = await ranking.page({ above: threshold, rows: 1 });
  return { ...{ rule, threshold, flagged: total }, ...found.marks };
}

/** The highest score below one that is there; null where none is. */
async function nextBelow(ranking: PagedRanking, score: number): Promise<number | null> {
  const { total } = await ranking.page({ above: score, rows: 1 });
  for (let from = total; ; from += rowsAtOnce) {
    const { rows } = await ranking.page({ from, rows: rowsAtOnce });
    const next = rows.find((row) => row.score < score);
    if (next) return next.score;
    if (rows.length < rowsAtOnce) return null;
  }
}

/** How a threshold of a run is set without the studio: as the number, or by the rule that chose it from marks. */
export function thresholdCall(
  { data }: Pick<KeptRun, "data">,
  id: string,
  threshold: number,
  marked: { readonly rule: string; readonly file: string } | null,
): ThresholdCall {
  const model = `runs/${id}/${runFiles.model}`;
  const output = `${id}.onnx`;
  const call: Invocation = marked
    ? {
        verb: "threshold",
        data,
        options: { model, marks: marked.file, threshold: marked.rule, output },
      }
    : { verb: "threshold", data: null, options: { model, threshold, output } };
  return { commandLine: shellOf(call), program: typescriptOf(call) };
}

/** Rows whose moves are told one by one. */
const mostTold = 200;

/** How marked rows moved from one ranking to another of the same rows. */
export async function movesOf(
  former: PagedRanking,
  now: PagedRanking,
  marks: MarksOfRun,
): Promise<Moves> {
  const before = new Map((await markedRows(former, marks)).map((row) => [row.row, row]));
  const rows = (await markedRows(now, marks)).flatMap((row) => {
    const old = before.get(row.row);
    if (!old) return [];
    return {
      ...{ row: row.row, ids: row.ids, mark: marks.get(row.row)! },
      ...{ before: old.rank, after: row.rank },
      ...{ aboveBefore: old.isAnomaly === true, aboveAfter: row.isAnomaly === true },
    };
  });
  const moved = (wanted: Mark): Moved => {
    const own = rows.filter(({ mark }) => mark === wanted);
    const count = (of: "aboveBefore" | "aboveAfter") => own.filter((row) => row[of]).length;
    return { rows: own.length, aboveBefore: count("aboveBefore"), aboveAfter: count("aboveAfter") };
  };
  return {
    rows: rows.slice(0, mostTold),
    all: rows.length,
    confirmed: moved("confirmed"),
    falseAlarms: moved("false_alarm"),
  };
}
