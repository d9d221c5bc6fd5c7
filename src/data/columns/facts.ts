import { daysSql } from "../cells/dates.ts";
import { isMarkSql, type Marks, observedSql } from "../cells/marks.ts";
import { greatestNumber } from "../cells/numbers.ts";
import type { Database } from "../native/database.ts";
import type { Source } from "../terms/source.ts";
import { literal } from "../terms/sql.ts";
import { recalled } from "./recall.ts";
import { runsOf } from "./relation.ts";
import type { Candidate, Reading } from "./typed.ts";

/** What one pass over the whole file tells of a column. */
export interface Facts {
  /** Cells that are not missing. */
  readonly cells: number;
  /** Of them, those that are not of the candidate's kind. */
  readonly bad: number;
  /** Of them, those that are infinite, or so great that their squares have no number. */
  readonly infinite: number;
  /** An estimate, some percent off. */
  readonly distinct: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  readonly deviation: number;
  /** Cells that are whole numbers. */
  readonly whole: number;
  /** Mean length of the texts. */
  readonly length: number;
  /** Dates that cannot be read as dd/mm, as mm/dd. */
  readonly notDayFirst: number;
  readonly notMonthFirst: number;
  /** Marks of missing cells that occur. */
  readonly marks: readonly string[];
}

/** A column with the way to its values. */
export interface Described {
  /** Among the columns of the source, from 0. */
  readonly place: number;
  readonly candidate: Candidate;
  readonly reading: Reading;
}

/** The facts of columns, and how many lines are no rows; `light` leaves out all but counts. */
export async function gatherFacts(
  database: Database,
  source: Source,
  columns: readonly Described[],
  marks: Marks,
  light = false,
): Promise<{ rows: number; odd: number; facts: Facts[] }> {
  const { recall } = source;
  let counts = recall?.get(countsKey) as RowCounts | undefined;
  const ask = async (fresh: readonly Described[]): Promise<readonly Facts[]> => {
    const byPlace = new Map(fresh.map((column) => [column.place, column]));
    const facts: Facts[] = [];
    const runs = runsOf(source, [...byPlace.keys()]);
    for (const run of runs.length > 0 ? runs : [[]]) {
      const odd = counts ? undefined : source.lenient?.odd;
      const asked = run.map((place) => byPlace.get(place)!);
      const found = await queryFacts(database, source.relation(run), asked, marks, light, odd);
      facts.push(...found.facts);
      counts ??= { rows: found.rows, odd: found.odd };
    }
    return facts;
  };
  const facts = await recalled(source, `facts ${light} ${JSON.stringify(marks)}`, columns, ask);
  if (!counts) await ask([]);
  recall?.set(countsKey, counts);
  return { ...counts!, facts };
}

/** How many rows a source has, and how many of them are none. */
interface RowCounts {
  readonly rows: number;
  readonly odd: number;
}
const countsKey = "rows";

async function queryFacts(
  database: Database,
  relation: string,
  columns: readonly Described[],
  marks: Marks,
  light: boolean,
  odd: string | undefined,
): Promise<{ rows: number; odd: number; facts: Facts[] }> {
  // In layers, so that no cell is parsed or trimmed twice; what parses is not trimmed at all.
  const cells: string[] = [];
  const observed: string[] = [];
  const outer: string[] = [];
  columns.forEach(({ candidate, reading }, i) => {
    if (candidate.kind === "nested") {
      cells.push(`${reading.text} AS t${i}`);
      observed.push(`t${i}`);
      outer.push(`{'cells': count(t${i})}`);
    } else if (reading.parsed === null) {
      cells.push(`${reading.written} AS w${i}`);
      observed.push(
        `w${i}`,
        `CASE WHEN ${isMarkSql(`w${i}`, marks)} THEN NULL ELSE w${i} END AS t${i}`,
      );
      outer.push(textFacts(i, marks, light));
    } else {
      const typed = (candidate.kind === "number" || candidate.kind === "date") && candidate.native;
      const open = candidate.kind === "date" && candidate.shape?.order === "open";
      const { parsed, written } = reading;
      cells.push(`${parsed} AS p${i}`);
      if (!typed)
        cells.push(
          `${open ? written : `CASE WHEN ${parsed} IS NULL THEN ${written} END`} AS w${i}`,
        );
      observed.push(typed ? `p${i}` : `p${i}, w${i}`, `${observedSql(`p${i}`, marks)} AS v${i}`);
      outer.push(numberFacts(candidate, i, marks, light, !typed));
    }
  });
  if (odd) {
    cells.push(`${odd} AS odd`);
    observed.push("odd");
  }
  // A relation without columns is none.
  if (cells.length === 0) {
    cells.push("1 AS one");
    observed.push("one");
  }
  const rows = await database.query(
    `SELECT count(*), ${odd ? "count_if(odd)" : "0"}, [${outer.map((o) => `to_json(${o})::VARCHAR`).join(", ")}] ` +
      `FROM (SELECT ${observed.join(", ")} FROM (SELECT ${cells.join(", ")} FROM (${relation})))`,
  );
  const [count, strays, list] = rows[0]!;
  const items = (list as { items: readonly string[] }).items;
  return {
    rows: Number(count),
    odd: Number(strays),
    facts: items.map((item) => {
      const found = withoutNulls(JSON.parse(item));
      const bits = Number(found.marks ?? 0);
      const { cells, distinct } = { ...noFacts, ...found };
      return {
        ...noFacts,
        ...found,
        distinct: Math.min(distinct, cells),
        marks: markNames(marks).filter((_, k) => (bits / 2 ** k) & 1),
      };
    }),
  };
}

function textFacts(i: number, marks: Marks, light: boolean): string {
  const counts = light
    ? ""
    : `'distinct': approx_count_distinct(t${i}), 'length': avg(length(t${i})), `;
  return `{'cells': count(t${i}), ${counts}'marks': ${marksSeen(`t${i}`, `w${i}`, marks)}}`;
}

function numberFacts(
  candidate: Candidate,
  i: number,
  marks: Marks,
  light: boolean,
  written: boolean,
): string {
  // An aggregate's FILTER clause is slow to set up, and there would be hundreds.
  const finite = `CASE WHEN isinf(v${i}) THEN NULL ELSE v${i} END`;
  // The squares of greater ones have no number, and DuckDB would end with an error.
  const summed = `CASE WHEN abs(v${i}) < ${greatestNumber} THEN v${i} END`;
  const bad = written
    ? `count_if(CASE WHEN p${i} IS NULL THEN w${i} IS NOT NULL AND NOT ${isMarkSql(`w${i}`, marks)} ELSE false END)`
    : "0";
  const moments = light
    ? ""
    : `, 'distinct': approx_count_distinct(v${i}), 'mean': avg(${summed}), ` +
      `'deviation': stddev_pop(${summed}), 'whole': count_if(v${i} = trunc(v${i}))`;
  return (
    `{'cells': count(v${i}) + ${bad}, 'bad': ${bad}, 'infinite': count_if(abs(v${i}) >= ${greatestNumber}), ` +
    `'minimum': min(${finite}), 'maximum': max(${finite})${moments}` +
    (written ? `, 'marks': ${marksSeen(`p${i}`, `w${i}`, marks)}` : "") +
    `${openDates(candidate, i, marks)}}`
  );
}

function openDates(candidate: Candidate, i: number, marks: Marks): string {
  if (candidate.kind !== "date" || candidate.shape?.order !== "open") return "";
  const { shape } = candidate;
  const fails = (order: "dmy" | "mdy") =>
    `count_if(w${i} IS NOT NULL AND NOT ${isMarkSql(`w${i}`, marks)} AND ${daysSql(`w${i}`, shape, { order, zone: null })} IS NULL)`;
  return `, 'notDayFirst': ${fails("dmy")}, 'notMonthFirst': ${fails("mdy")}`;
}

/** Which marks occur, a bit for each: sets of texts, one for each column, would be far slower. */
function marksSeen(observed: string, written: string, marks: Marks): string {
  const list = markNames(marks).map(literal).join(", ");
  return `bit_or(CASE WHEN ${observed} IS NULL THEN (1::BIGINT << (list_position([${list}], coalesce(${written}, '')) - 1)::BIGINT) END)`;
}

function markNames({ texts }: Marks): readonly string[] {
  return texts.slice(0, 50);
}

/** The facts of a column without values. */
export const noFacts: Facts = {
  cells: 0,
  bad: 0,
  infinite: 0,
  distinct: 0,
  minimum: Number.NaN,
  maximum: Number.NaN,
  mean: Number.NaN,
  deviation: Number.NaN,
  whole: 0,
  length: 0,
  notDayFirst: 0,
  notMonthFirst: 0,
  marks: [],
};

function withoutNulls(value: Record<string, unknown>): Partial<Facts> & { marks?: unknown } {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== null));
}
