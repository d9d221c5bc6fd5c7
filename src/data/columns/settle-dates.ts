import { widerShape } from "../cells/date-shapes.ts";
import { daysSql } from "../cells/dates.ts";
import { isWordMark, type Marks } from "../cells/marks.ts";
import type { Database } from "../native/database.ts";
import type { Note } from "../terms/notes.ts";
import type { Source } from "../terms/source.ts";
import type { DateOrder, OpenOptions } from "../terms/table.ts";
import { findOdd } from "./check.ts";
import {
  type ChosenOrder,
  centuryNotes,
  datedColumns,
  findOrder,
  guessOrder,
  refuseDoubts,
} from "./date-order.ts";
import type { Described, Facts } from "./facts.ts";
import type { Candidate } from "./typed.ts";
import { unevenness } from "./values.ts";

/** Columns that were read with an order of day and month, and what came of it. */
export interface Gathered {
  readonly columns: readonly Described[];
  readonly facts: readonly (Facts | undefined)[];
}

/**
 * Settles the dates of a source: whether day or month stands first, said aloud, and in which ways they are written;
 * `candidates` are changed where cells beyond the head tell more. `gather` reads all rows with an order, which is
 * `chosen` or still open. Throws `dates_order`.
 */
export async function settleDates<G extends Gathered>(
  database: Database,
  source: Source,
  { names, candidates, marks }: DatedParts,
  assumed: DateOrder,
  options: OpenOptions,
  gather: (order: DateOrder, chosen: boolean) => Promise<G>,
): Promise<{ readonly order: DateOrder; readonly gathered: G; readonly notes: readonly Note[] }> {
  refuseDoubts(source.path, names, candidates, options.dates);
  let gathered = await gather(assumed, false);
  for (;;) {
    const dated = datedColumns(names, candidates, gathered.facts, source.head);
    const { order, notes } = await chooseOrder(database, source, dated, assumed, options);
    const open = dated.some(({ shape }) => shape.order === "open");
    if (open && order !== assumed) gathered = await gather(order, true);
    if (!(await widen(database, source, gathered, { names, candidates, marks })))
      return { order, gathered, notes: [...centuryNotes(dated), ...notes] };
    gathered = await gather(assumed, false);
  }
}

interface DatedParts {
  readonly names: readonly string[];
  readonly candidates: Candidate[];
  readonly marks: Marks;
}

async function chooseOrder(
  database: Database,
  source: Source,
  dated: ReturnType<typeof datedColumns>,
  assumed: DateOrder,
  options: OpenOptions,
): Promise<ChosenOrder> {
  const known = findOrder(source.path, dated, assumed, options);
  if (!("open" in known)) return known;
  const { i, shape } = known.open;
  const uneven = (order: DateOrder) =>
    unevenness(database, source.relation([i]), daysSql(`c${i}`, shape, { order, zone: null }));
  return guessOrder(known.open, assumed, { dmy: await uneven("dmy"), mdy: await uneven("mdy") });
}

/**
 * Looks at cells that are no dates of their column's shape: where they are dates of another one, both are read.
 * Whether a candidate changed.
 */
async function widen(
  database: Database,
  source: Source,
  { columns, facts: all }: Gathered,
  { names, candidates, marks }: DatedParts,
): Promise<boolean> {
  const unread = candidates.flatMap((candidate, i) => {
    const facts = all[i];
    if (candidate.kind !== "date" || !candidate.shape || !facts || facts.bad === 0) return [];
    const { shape, otherwise } = candidate;
    const instead = otherwise && facts.bad > otherwise.most * facts.cells ? otherwise : undefined;
    return [{ i, candidate, shape, facts, instead: instead?.candidate }];
  });
  const asked = unread.filter(({ instead }) => !instead);
  const bad = asked.map(({ i, facts }) => {
    return { column: names[i]!, facts, described: columns[i]! };
  });
  const odd = await findOdd(database, source, bad, marks);
  let changed = false;
  for (const { i, candidate, shape, instead } of unread) {
    const texts = (odd.get(i)?.values ?? []).map(({ value }) => value);
    const wider = widerShape(
      shape,
      texts.filter((value) => !isWordMark(value)),
    );
    if (!instead && !wider) continue;
    candidates[i] = instead ?? { ...candidate, shape: wider! };
    changed = true;
  }
  return changed;
}
