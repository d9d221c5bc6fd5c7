import type { OutputBatch, OutputColumn } from "../data/terms/output.ts";
import type {
  PagedRanking,
  RankingPageOptions,
  RankingRow,
} from "../tasks/ranking/paged-ranking.ts";
import { rankedReasonText } from "../tasks/ranking/ranked-reason-text.ts";
import type { Reason } from "../tasks/score/reasons.ts";
import { textColumns } from "./commands/encode.ts";
import type { Context } from "./context.ts";
import { nameColumn } from "./data.ts";
import { rankColumn, scoreColumns } from "./detect-ranked.ts";
import { rankedItemLine } from "./detect-report.ts";
import { shownRow } from "./row-names.ts";

/** What a column of written rows holds of each. */
type Told = readonly [OutputColumn, (row: RankingRow) => string | number | boolean | null];

/** The columns that `espejo detect -o` writes, of a ranking that was kept. */
function toldOf({ items, ids }: PagedRanking, context: Context): readonly Told[] {
  const named = textColumns(ids.map(({ name }) => name)).map(
    (column, i): Told => [column, ({ ids: cells }) => cells[i]!],
  );
  const numbered: Told =
    items === "rows" || items === "stamps"
      ? [{ name: "row", type: "integer" }, ({ row }) => row + 1]
      : [{ name: nameColumn, type: "text" }, ({ row }) => String(row + 1)];
  const reasons = items === "rows" ? 3 : 1;
  const why =
    items === "stamps"
      ? stampColumns
      : Array.from({ length: reasons }, (_, k): Told => {
          const [column] = textColumns([`reason_${k + 1}`]) as [OutputColumn];
          const told = ({ reasons: all }: RankingRow) =>
            all[k] ? rankedReasonText(all[k], context, "plain") : null;
          return [column, told];
        });
  const [score, flag] = scoreColumns as readonly [OutputColumn, OutputColumn];
  // a time stamp without its time has its row beside its series
  const isTimed = items !== "stamps" || ids.some(({ order }) => order === null);
  return [
    [rankColumn, ({ rank }) => rank],
    ...named,
    ...(named.length === 0 || !isTimed ? [numbered] : []),
    [score, (row) => row.score],
    [flag, ({ isAnomaly }) => isAnomaly],
    ...why,
  ];
}

const stampReason = ({ reasons }: RankingRow): Reason | undefined =>
  reasons[0] as Reason | undefined;
const numberOf = (text: string | undefined): number | null =>
  text === undefined || text === "" ? null : Number(text);
const stampColumns: readonly Told[] = [
  [{ name: "variable", type: "text" }, (row) => stampReason(row)?.column ?? null],
  [{ name: "actual", type: "float" }, (row) => numberOf(stampReason(row)?.actual)],
  [{ name: "expected", type: "float" }, (row) => numberOf(stampReason(row)?.expected)],
];

const rowsAtOnce = 50_000;

/** The rows of a page, however many it has, some at once. */
export async function* keptPages(
  ranking: PagedRanking,
  options: RankingPageOptions,
): AsyncGenerator<readonly RankingRow[]> {
  const { from = 0, rows: wanted = Number.POSITIVE_INFINITY } = options;
  for (let given = 0; given < wanted; ) {
    const most = Math.min(rowsAtOnce, wanted - given);
    const { rows } = await ranking.page({ ...options, from: from + given, rows: most });
    if (rows.length === 0) return;
    given += rows.length;
    yield rows;
  }
}

/** The rows of a page as they are written. */
export function keptRows(ranking: PagedRanking, options: RankingPageOptions, context: Context) {
  const told = toldOf(ranking, context);
  async function* batches(): AsyncGenerator<OutputBatch> {
    for await (const rows of keptPages(ranking, options))
      yield { rows: rows.length, columns: told.map(([, cell]) => rows.map(cell)) };
  }
  return { columns: told.map(([column]) => column), batches: batches() };
}

/** A row of a ranking that was kept, and why it is odd. */
export function keptRowLine(
  row: RankingRow,
  { items, ids }: PagedRanking,
  context: Context,
): string {
  const names = ids.map(({ name }) => name);
  const name =
    items === "rows"
      ? shownRow(row, names, context)
      : row.ids.length > 0
        ? row.ids.join(" ")
        : String(row.row + 1);
  const reason = row.reasons.map((each) => rankedReasonText(each, context)).join("; ");
  return rankedItemLine({ name, score: row.score, reason }, row.rank, context);
}
