import { join } from "node:path";
import type { Condition } from "../../data/paged/conditions.ts";
import { type Cell, openRowsFile } from "../../data/paged/rows-file.ts";
import { findColumn } from "../../data/terms/find.ts";
import { EspejoError } from "../../errors.ts";
import { readingReason } from "../../files.ts";
import { checkOptions, optionParts } from "../../options.ts";
import { z } from "../../schema.ts";
import { type Part, parts } from "../rows/split.ts";
import { runFiles } from "../runs/run-folder.ts";
import type { RankingRecord } from "../runs/run-summary.ts";
import { rankingColumns as of, type RankedReason } from "./ranking-file.ts";

/** A row of a ranking: the most abnormal has the rank 1. */
export interface RankingRow {
  readonly rank: number;
  /** Counted from 0, in the order of the source. */
  readonly row: number;
  /** What tells which row it is, in the order of `ids`. */
  readonly ids: readonly string[];
  readonly score: number;
  /** Null where no threshold tells. */
  readonly isAnomaly: boolean | null;
  /** What the row was used for; null where rows are not those that were dealt, as time stamps of windows. */
  readonly part: Part | null;
  /** Whether its label says that it is an anomaly; null where none says. */
  readonly labelled: boolean | null;
  /** Why; empty for rows that nobody asked it of: neither anomalies nor among the highest that were wanted. */
  readonly reasons: readonly RankedReason[];
}

/** Which rows of a ranking are meant: those of which all holds that is said. */
export interface RankingFilter {
  /** Above the threshold of the run, or not. */
  readonly flagged?: boolean;
  /** Above another one. */
  readonly above?: number;
  readonly part?: Part;
  /** Whether the label says that they are anomalies. */
  readonly labelled?: boolean;
  /** Only these, by their numbers from 0 in the source: those that a person marked. */
  readonly only?: readonly number[];
}

/** Which rows of a ranking, and in what order. */
export interface RankingPageOptions extends RankingFilter {
  /** Rows that come before the page, and rows of it; by default 0 and 100. */
  readonly from?: number;
  readonly rows?: number;
  /** What they are sorted by, one of `sortable`; by default the score. */
  readonly sort?: string;
  /** By default so for the score, and not for others. */
  readonly descending?: boolean;
}

/** Some rows of a ranking, in their order. */
export interface RankingPage {
  /** How many rows pass, on this page or not. */
  readonly total: number;
  readonly rows: readonly RankingRow[];
}

/** Rows, and those of them whose label says that they are anomalies, or normal. */
export interface RankedCounts {
  readonly rows: number;
  readonly anomalies: number;
  readonly normals: number;
}

/** Which scores are counted, in what bins, and above which threshold. */
export interface ScoreBinsOptions extends Omit<RankingFilter, "above"> {
  /** How many there are at most; by default 60. */
  readonly bins?: number;
  /** Of equal width on a logarithmic scale; scores of 0 and below are counted with the least. */
  readonly logarithmic?: boolean;
  /** What rows are counted above; by default the threshold of the run. */
  readonly threshold?: number;
}

/** How scores are distributed, and what a threshold comes to. */
export interface ScoreBins {
  /** One more than there are bins; each holds what is at least its lower end and below its upper one, the last both. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Of them, rows whose label says that they are anomalies. */
  readonly anomalies: readonly number[];
  readonly threshold: number;
  readonly above: RankedCounts;
  readonly all: RankedCounts;
}

/** All rows of data by their rank, in a file. Rows come into memory page by page; holds a database until `dispose`. */
export interface PagedRanking extends RankingRecord {
  /** The names that rows can be sorted by. */
  readonly sortable: readonly string[];
  /** Throws `column_unknown` for a name to sort by that there is none of, `ranking_damaged`. */
  page(options?: RankingPageOptions): Promise<RankingPage>;
  /** The histogram of the scores, and how many rows lie above a threshold. Throws `ranking_damaged`. */
  scoreBins(options?: ScoreBinsOptions): Promise<ScoreBins>;
  /** Frees the database; the ranking gives no page from then on. */
  dispose(): void;
}

const optional = z.exactOptional;
const filterShape = {
  flagged: optional(z.boolean()),
  part: optional(optionParts.oneOf(Object.keys(parts))),
  labelled: optional(z.boolean()),
  only: optional(z.array(optionParts.whole(0))),
};
const pageOptions: z.ZodMiniObject = z.object({
  ...filterShape,
  above: optional(z.number()),
  from: optional(optionParts.whole(0)),
  rows: optional(z.int().check(z.minimum(1), z.maximum(100_000))),
  sort: optional(z.string()),
  descending: optional(z.boolean()),
});
const binsOptions: z.ZodMiniObject = z.object({
  ...filterShape,
  bins: optional(z.int().check(z.minimum(1), z.maximum(1000))),
  logarithmic: optional(z.boolean()),
  threshold: optional(z.number()),
});

/**
 * Opens the file of a ranking in a folder, by the record that tells what is in it and the usual threshold. Throws
 * `ranking_damaged`.
 */
export async function openPaged(
  folder: string,
  record: RankingRecord,
  usual: number | undefined,
): Promise<PagedRanking> {
  const path = join(folder, runFiles.ranking);
  const explained = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof EspejoError) throw error;
      const reason = readingReason(error as Error);
      throw new EspejoError("ranking_damaged", { path, folder, reason }, { cause: error });
    }
  };
  const file = await explained(() => openRowsFile(path, of.rank));
  const { ids } = record;
  const idColumns = ids.map((_, i) => of.id(i));
  const cells = [of.row, of.score, of.flagged, of.part, of.labelled, of.reasons, ...idColumns];
  const orders = ordersOf(record);
  const countsOf = async (where: readonly Condition[]): Promise<RankedCounts> => {
    const [rows, anomalies] = await file.count(where, [of.labelled]);
    const [normals] = await file.count([...where, { column: of.labelled, is: false }]);
    return { rows: rows!, anomalies: anomalies!, normals: normals! };
  };
  return {
    ...{ ...record, sortable: [...orders.keys()] },
    page(options = {}) {
      checkOptions("page", pageOptions, options);
      const { from = 0, rows = 100, sort = "score" } = options;
      const names = [...orders.keys()];
      const { column, reversed } = orders.get(names[findColumn(names, sort, folder)]!)!;
      const { descending = reversed } = options;
      const where = conditionsOf(options);
      return explained(async () => {
        const [total] = await file.count(where);
        const order = [{ column, descending: descending !== reversed }];
        const page = await file.page({ columns: cells, where, order, skip: from, most: rows });
        return { total: total!, rows: page.map(rowOf) };
      });
    },
    scoreBins(options = {}) {
      checkOptions("scoreBins", binsOptions, options);
      const { bins = 60, logarithmic = false } = options;
      const level = options.threshold ?? usual ?? Number.MAX_VALUE;
      const where = conditionsOf(options);
      return explained(async () => {
        const found = await file.bins({
          ...{ column: of.score, where, bins, logarithmic, apart: [of.labelled] },
        });
        return {
          ...{ edges: found.edges, counts: found.counts, anomalies: found.apart[0]! },
          threshold: level,
          above: await countsOf([...where, { column: of.score, above: level }]),
          all: await countsOf(where),
        };
      });
    },
    dispose: () => file.dispose(),
  };
}

/** What each name sorts by, and whether its usual order is the reverse of the one that is meant by it. */
function ordersOf({
  ids,
  parts: dealt,
  labels,
}: RankingRecord): ReadonlyMap<string, { readonly column: string; readonly reversed: boolean }> {
  const plain = (column: string) => ({ column, reversed: false });
  const own = ids.flatMap(({ name, order }, i) =>
    order === null ? [] : [[name, plain(order === "value" ? of.value(i) : of.id(i))] as const],
  );
  // names of our own come last: they mean the same in every ranking
  return new Map([
    ...own,
    ...(dealt ? [["part", plain(of.part)] as const] : []),
    ...(labels ? [["label", plain(of.labelled)] as const] : []),
    ["row", plain(of.row)],
    // ranks rise as scores fall
    ["score", { column: of.rank, reversed: true }],
  ]);
}

function conditionsOf(filter: RankingFilter): readonly Condition[] {
  const { flagged, above, part, labelled, only } = filter;
  return [
    ...(flagged === undefined ? [] : [{ column: of.flagged, is: flagged }]),
    ...(above === undefined ? [] : [{ column: of.score, above }]),
    ...(part === undefined ? [] : [{ column: of.part, is: part }]),
    ...(labelled === undefined ? [] : [{ column: of.labelled, is: labelled }]),
    // the file counts from 1
    ...(only === undefined ? [] : [{ column: of.row, among: only.map((row) => row + 1) }]),
  ];
}

function rowOf([
  rank,
  row,
  score,
  flagged,
  part,
  labelled,
  reasons,
  ...ids
]: readonly Cell[]): RankingRow {
  return {
    ...{ rank: Number(rank), row: Number(row) - 1, ids: ids.map(String), score: Number(score) },
    isAnomaly: flagged as boolean | null,
    ...{ part: part as Part | null, labelled: labelled as boolean | null },
    reasons: reasons === null ? [] : (JSON.parse(String(reasons)) as RankedReason[]),
  };
}
