import type { OutputBatch, OutputColumn } from "../../data/terms/output.ts";
import { type OutputFormat, writeRows } from "../../data/write/write.ts";
import type { Language } from "../../language.ts";
import type { PagedRanking, RankingFilter } from "../../tasks/ranking/paged-ranking.ts";
import type { Mark } from "../api/runs.ts";
import { rankedReasonText } from "./ranked-rows.ts";

/** Rows of a ranking that are read at once. */
const rowsAtOnce = 10_000;
const reasonColumns = 3;

export interface ExportOptions {
  readonly filter: RankingFilter;
  /** Of the rows that pass only these, by their numbers from 0; all of them where none are stated. */
  readonly chosen?: ReadonlySet<number>;
  /** What counts as an anomaly. */
  readonly threshold: number;
  readonly marks: ReadonlyMap<number, Mark>;
  readonly language: Language;
  /** As Spanish spreadsheets open it: ";", decimal commas. */
  readonly spanish: boolean;
}

/** Writes rows of a ranking, the most abnormal first, with their marks and reasons, whole or not at all. */
export async function exportRows(
  ranking: PagedRanking,
  path: string,
  format: OutputFormat,
  { filter, chosen, threshold, marks, language, spanish }: ExportOptions,
): Promise<number> {
  const columns: readonly OutputColumn[] = [
    { name: "rank", type: "integer" },
    { name: "row", type: "integer" },
    ...ranking.ids.map(({ name }) => ({ name, type: "text" }) as const),
    { name: "score", type: "float" },
    { name: "is_anomaly", type: "boolean" },
    ...(ranking.labels ? [{ name: "label_is_anomaly", type: "boolean" } as const] : []),
    { name: "mark", type: "text" },
    ...Array.from(
      { length: reasonColumns },
      (_, k) => ({ name: `reason_${k + 1}`, type: "text" }) as const,
    ),
  ];
  async function* batches(): AsyncGenerator<OutputBatch> {
    for (let from = 0; ; from += rowsAtOnce) {
      const page = await ranking.page({ ...filter, from, rows: rowsAtOnce });
      if (page.rows.length === 0) return;
      const rows = chosen ? page.rows.filter(({ row }) => chosen.has(row)) : page.rows;
      yield {
        rows: rows.length,
        columns: [
          rows.map(({ rank }) => rank),
          rows.map(({ row }) => row + 1),
          ...ranking.ids.map((_, k) => rows.map(({ ids }) => ids[k] ?? "")),
          rows.map(({ score }) => score),
          rows.map(({ score }) => score > threshold),
          ...(ranking.labels ? [rows.map(({ labelled }) => labelled)] : []),
          rows.map(({ row }) => marks.get(row) ?? null),
          ...Array.from({ length: reasonColumns }, (_, k) =>
            rows.map(({ reasons }) =>
              reasons[k] === undefined ? null : rankedReasonText(reasons[k], language),
            ),
          ),
        ],
      };
      if (page.rows.length < rowsAtOnce) return;
    }
  }
  const excel = spanish ? ({ excel: "es" } as const) : {};
  return writeRows(path, format, columns, batches(), excel);
}
