import { stat } from "node:fs/promises";
import { openDatabase } from "../native/database.ts";
import { identifier, literal } from "../terms/sql.ts";
import { type Condition, conditionSql } from "./conditions.ts";

export type Cell = string | number | boolean | null;

/** In which order rows come: those without a value last. */
export interface Order {
  readonly column: string;
  readonly descending?: boolean;
}

/** Some rows of a file. */
export interface PageRequest {
  /** Columns of the page, behind that of the key. */
  readonly columns: readonly string[];
  /** All of them must hold. */
  readonly where: readonly Condition[];
  /** The first counts most. */
  readonly order: readonly Order[];
  /** How many of the rows that pass come before the page, and how many it has at most. */
  readonly skip: number;
  readonly most: number;
}

/** Bins of equal width between the least and the greatest number of a column, or of the logarithm of those above 0. */
export interface BinsRequest {
  readonly column: string;
  readonly where: readonly Condition[];
  readonly bins: number;
  readonly logarithmic: boolean;
  /** Columns of booleans, whose true ones are counted apart. */
  readonly apart: readonly string[];
}

export interface Bins {
  /** One more than there are bins; each holds what is at least its lower end and below its upper one, the last all. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Of each column that is counted apart. */
  readonly apart: readonly (readonly number[])[];
}

/** Rows of a Parquet file that we wrote, of which only those that are asked for come into memory. */
export interface RowsFile {
  page(request: PageRequest): Promise<readonly (readonly Cell[])[]>;
  /** How many rows pass, and for how many of them each column of booleans is true. */
  count(where: readonly Condition[], apart?: readonly string[]): Promise<readonly number[]>;
  /** Bins without edges and counts where no row passes. */
  bins(request: BinsRequest): Promise<Bins>;
  dispose(): void;
}

/** Memory that looking into a file may take, beyond what its pages hold. */
const memoryLimit = "400MB";

/**
 * Opens a Parquet file of which `key` is a column of numbers that rise row by row: what is looked for is found by few
 * columns first, and the page then read where its keys are. Throws an Error of the system where there is no such file.
 */
export async function openRowsFile(path: string, key: string): Promise<RowsFile> {
  await stat(path);
  const database = await openDatabase({ memoryLimit });
  // a path is none that stands for several
  const place = literal(path.replace(/[[*?]/g, "[$&]"));
  const from = `read_parquet(${place}, hive_partitioning = false)`;
  const numbers = async (sql: string): Promise<readonly number[]> =>
    ((await database.query(sql))[0] ?? []).map(Number);
  const trueOnes = (columns: readonly string[]): string =>
    columns.map((name) => `, count(*) FILTER (${identifier(name)})`).join("");
  return {
    async page({ columns, where, order, skip, most }) {
      const found = await database.query(
        `SELECT ${identifier(key)} FROM ${from}${conditionSql(where)}${orderSql([...order, { column: key }])} LIMIT ${most} OFFSET ${skip}`,
      );
      if (found.length === 0) return [];
      const keys = found.map(([value]) => Number(value));
      const selected = [key, ...columns].map(identifier).join(", ");
      const rows = await database.query(
        `SELECT ${selected} FROM ${from} WHERE ${identifier(key)} IN (${keys.join(", ")})`,
      );
      const byKey = new Map(rows.map((cells) => [Number(cells[0]), cells.map(cellOf)]));
      return keys.map((each) => byKey.get(each)!);
    },
    count: (where, apart = []) =>
      numbers(`SELECT count(*)${trueOnes(apart)} FROM ${from}${conditionSql(where)}`),
    async bins({ column, where, bins, logarithmic: asked, apart }) {
      const value = `CAST(${identifier(column)} AS DOUBLE)`;
      const [rows, least, greatest, positive] = await numbers(
        `SELECT count(${value}), min(${value}), max(${value}), min(${value}) FILTER (${value} > 0) FROM ${from}${conditionSql(where)}`,
      );
      if (!rows) return { edges: [], counts: [], apart: apart.map(() => []) };
      const logarithmic = asked && greatest! > 0;
      const edges = edgesOf(logarithmic ? positive! : least!, greatest!, bins, logarithmic);
      const bin = binSql(value, edges, logarithmic);
      const found = await database.query(
        `SELECT ${bin} AS bin, count(${value})${trueOnes(apart)} FROM ${from}${conditionSql(where)} GROUP BY bin`,
      );
      const counted = Array.from({ length: 1 + apart.length }, () => edges.slice(1).map(() => 0));
      for (const [at, ...counts] of found)
        counts.forEach((count, j) => {
          counted[j]![Number(at)] = Number(count);
        });
      const [counts, ...others] = counted;
      return { edges, counts: counts!, apart: others };
    },
    dispose: () => database.dispose(),
  };
}

function edgesOf(
  least: number,
  greatest: number,
  bins: number,
  logarithmic: boolean,
): readonly number[] {
  if (!(greatest > least)) return [least, greatest];
  const [low, high] = logarithmic ? [Math.log(least), Math.log(greatest)] : [least, greatest];
  return Array.from({ length: bins + 1 }, (_, i) => {
    if (i === 0) return least;
    if (i === bins) return greatest;
    const edge = low + ((high - low) * i) / bins;
    return logarithmic ? Math.exp(edge) : edge;
  });
}

/**
 * The number of the bin of a value: that of its distance from the first edge, or the one beside it where rounding says
 * so. What lies below the first edge has no logarithm, and is counted with the least.
 */
function binSql(value: string, edges: readonly number[], logarithmic: boolean): string {
  const bins = edges.length - 1;
  if (bins === 1) return "0";
  const list = `[${edges.map((edge) => `${edge}::DOUBLE`).join(", ")}]`;
  const of = (number: string): string =>
    logarithmic ? `ln(greatest(${number}, ${edges[0]}::DOUBLE))` : number;
  const [low, high] = [edges[0]!, edges[bins]!].map((edge) => of(`${edge}::DOUBLE`));
  const near = `CAST(least(${bins - 1}, greatest(0, floor((${of(value)} - ${low}) * ${bins} / (${high} - ${low})))) AS INTEGER)`;
  return `least(${bins - 1}, greatest(0, CASE WHEN ${value} >= list_extract(${list}, ${near} + 2) THEN ${near} + 1 WHEN ${value} < list_extract(${list}, ${near} + 1) THEN ${near} - 1 ELSE ${near} END))`;
}

const orderSql = (order: readonly Order[]): string =>
  ` ORDER BY ${order
    .map(
      ({ column, descending }) => `${identifier(column)} ${descending ? "DESC" : "ASC"} NULLS LAST`,
    )
    .join(", ")}`;

const cellOf = (value: unknown): Cell =>
  typeof value === "bigint" ? Number(value) : (value as Cell);
