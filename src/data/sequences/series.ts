import { columnDates } from "../cells/written-dates.ts";
import { type Zone, zoneOf } from "../cells/zones.ts";
import { type Note, note } from "../terms/notes.ts";
import type { DatesRead, Table } from "../terms/table.ts";
import { clockSteps, unfold } from "./local-clocks.ts";
import { periodOf } from "./period.ts";
import type { SequencePlan } from "./sequence-plan.ts";
import { type Steps, stepsOf, type TimedSeries } from "./steps.ts";

/** Consecutive places of rows that are put in order: the steps of one series. */
export interface Series {
  readonly name: string;
  readonly start: number;
  readonly length: number;
}

/** The rows of a table as series: a few bytes of each row, never their values. */
export interface SeriesIndex {
  readonly series: readonly Series[];
  /** The source row at each place; null where rows are in order already. */
  readonly order: Uint32Array | null;
  /** The place of each source row. */
  readonly places: Uint32Array | null;
  /** Place by place: the number of its label among `classes`. */
  readonly labels: Uint16Array | null;
  readonly classes: readonly string[];
  /** Place by place, the time of the step, NaN where it has none; null where no column tells time. */
  readonly times: Float64Array | null;
  /** How times follow each other; null where no column tells time, or hardly any step. */
  readonly steps: Steps | null;
  /** Steps of a usual window, as `periodOf`. */
  readonly period: number | null;
}

/** Reads time, group and label of every row, and puts rows in order: by series as they appear, then by time. */
export async function indexSeries(
  table: Table,
  { time, group, label }: SequencePlan,
  notes: Note[],
): Promise<SeriesIndex> {
  const { rows } = table;
  const times = time === null ? null : new Float64Array(rows);
  const groups = group === null ? null : new Uint32Array(rows);
  const labels = label === null ? null : new Uint16Array(rows);
  const names = new Map<string, number>();
  const classes = new Map<string, number>([["", 0]]);
  const text = [...(group === null ? [] : [group]), ...(label === null ? [] : [label])];
  const numeric = time === null ? [] : [time];
  for await (const batch of table.batches({ numeric, categories: [], text })) {
    times?.set(batch.numeric, batch.start);
    for (let i = 0; i < batch.rows; i++) {
      if (groups) groups[batch.start + i] = numbered(names, batch.text[0]![i]!);
      if (labels) labels[batch.start + i] = numbered(classes, batch.text.at(-1)![i]!);
    }
  }
  const series = seriesOf(groups, [...names.keys()], rows);
  const column = table.columns.find(({ name }) => name === time);
  const dated = column?.type === "date";
  const clocks = dated && times ? clocksOf(table.detected, time!) : null;
  const unfolded = clocks && unfold(times!, groups, clocks.zone);
  const moments = unfolded?.times ?? times;
  const order = orderOf(groups, moments, rows);
  const places = order && inverse(order);
  const inOrder = moments && order ? moments.map((_, place) => moments[order[place]!]!) : moments;
  const timed = inOrder && timedSeries(series, inOrder);
  const steps = timed && stepsOf(timed, dated);
  if (times && moments) {
    const shown = (row: number): string | number =>
      dated ? columnDates(table.detected, time!)(times[row]!) : times[row]!;
    const clock = { name: time!, dated, shown };
    if (unfolded) {
      const { first: row, zone } = unfolded;
      const said = { column: time!, row: row + 1, value: shown(row), zone: zone.name };
      notes.push(note("sequence_fold", said));
    }
    if (order) sayOrder(groups, moments, clock, notes);
    sayGaps(timed!, steps, order, moments, clock, notes);
  }
  const byPlace = labels && order ? labels.map((_, place) => labels[order[place]!]!) : labels;
  return {
    ...{ series, order, places, labels: byPlace, classes: [...classes.keys()], steps },
    times: inOrder,
    period: steps && timed && periodAmong(timed, steps, dated),
  };
}

/** The steps of each series that have a time; those without one come last. */
const timedSeries = (series: readonly Series[], times: Float64Array): readonly TimedSeries[] =>
  series.map(({ start, length }) => {
    const known = times.subarray(start, start + length);
    const end = known.findIndex(Number.isNaN);
    return { from: start, times: end < 0 ? known : known.subarray(0, end) };
  });

/** Steps of a usual window, of the first series for all. */
function periodAmong(
  [first]: readonly TimedSeries[],
  { usual }: Steps,
  dated: boolean,
): number | null {
  const { times } = first!;
  const ends = { first: times[0] ?? Number.NaN, last: times.at(-1) ?? Number.NaN };
  return periodOf({ step: usual, dated, ...ends, times: times.length });
}

function numbered(numbers: Map<string, number>, text: string): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, numbers.size);
  return numbers.size - 1;
}

function seriesOf(groups: Uint32Array | null, names: readonly string[], rows: number): Series[] {
  if (!groups) return [{ name: "", start: 0, length: rows }];
  const lengths = new Array<number>(names.length).fill(0);
  for (const group of groups) lengths[group]!++;
  let start = 0;
  return names.map((name, i) => {
    const length = lengths[i]!;
    start += length;
    return { name, start: start - length, length };
  });
}

/** Source rows in order of series and time, rows without a time after those that have one; null where they are. */
function orderOf(
  groups: Uint32Array | null,
  times: Float64Array | null,
  rows: number,
): Uint32Array | null {
  const before = (a: number, b: number): number => {
    const apart = groups ? groups[a]! - groups[b]! : 0;
    if (apart !== 0 || !times) return apart || a - b;
    const [one, other] = [times[a]!, times[b]!];
    if (Number.isNaN(one) || Number.isNaN(other))
      return Number(Number.isNaN(one)) - Number(Number.isNaN(other)) || a - b;
    return one - other || a - b;
  };
  let sorted = true;
  for (let i = 1; i < rows && sorted; i++) sorted = before(i - 1, i) < 0;
  if (sorted) return null;
  return Uint32Array.from({ length: rows }, (_, i) => i).sort(before);
}

function inverse(order: Uint32Array): Uint32Array {
  const places = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place++) places[order[place]!] = place;
  return places;
}

/** Whether times may be of clocks that are set forward and back; and whose they are where that was stated. */
function clocksOf(source: DatesRead, time: string): { readonly zone: Zone | null } | null {
  if (source.layouts?.[time]?.some((layout) => layout.endsWith("Z"))) return null;
  return { zone: source.zone === undefined ? null : zoneOf(source.zone) };
}

/** The column that tells time. */
interface Clock {
  readonly name: string;
  readonly dated: boolean;
  /** The time of a row, as it is told. */
  readonly shown: (row: number) => string | number;
}

/** Rows that are earlier than the row of their series before them. */
function sayOrder(
  groups: Uint32Array | null,
  times: Float64Array,
  { name: column, shown }: Clock,
  notes: Note[],
): void {
  const latest = new Map<number, number>();
  let count = 0;
  let first = -1;
  for (let row = 0; row < times.length; row++) {
    const group = groups?.[row] ?? 0;
    const time = times[row]!;
    if (time < latest.get(group)! && count++ === 0) first = row;
    if (!Number.isNaN(time)) latest.set(group, time);
  }
  if (count === 0) return;
  notes.push(note("sequence_sorted", { column, count, row: first + 1, value: shown(first) }));
}

/** Rows without a time or with that of another, and steps of time that are not as the most are. */
function sayGaps(
  timed: readonly TimedSeries[],
  plain: Steps | null,
  order: Uint32Array | null,
  times: Float64Array,
  { name: column, dated, shown }: Clock,
  notes: Note[],
): void {
  const rowAt = (place: number): number => order?.[place] ?? place;
  const untimed = times.reduce((n, time) => (Number.isNaN(time) ? n + 1 : n), 0);
  if (untimed > 0) notes.push(note("sequence_untimed", { column, count: untimed }));
  sayRepeats(timed, rowAt, { column, shown }, notes);
  if (!plain || plain.odd === 0) return;
  const clocks = dated ? clockSteps(timed, plain) : null;
  if (clocks) notes.push(note("sequence_clock", { column, zone: clocks.zone.name }));
  const { odd, count, step, missing, first } = clocks?.steps ?? plain;
  if (odd === 0) return;
  const row = rowAt(first);
  const said = { column, odd, steps: count, step, row: row + 1, value: shown(row) };
  notes.push(
    missing > 0 ? note("sequence_gaps", { ...said, missing }) : note("sequence_uneven", said),
  );
}

/** Rows that have the time of the row before them in their series. */
function sayRepeats(
  series: readonly TimedSeries[],
  rowAt: (place: number) => number,
  { column, shown }: { readonly column: string; readonly shown: Clock["shown"] },
  notes: Note[],
): void {
  let count = 0;
  let first = -1;
  for (const { from, times } of series)
    for (let i = 1; i < times.length; i++)
      if (times[i] === times[i - 1] && count++ === 0) first = rowAt(from + i);
  if (count > 0)
    notes.push(note("sequence_repeats", { column, count, row: first + 1, value: shown(first) }));
}
