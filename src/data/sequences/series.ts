import { phrases } from "../../errors.ts";
import { isoDate } from "../cells/dates.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Table } from "../terms/table.ts";
import type { SequencePlan } from "./sequence-plan.ts";

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
}

/** Reads time, group and label of every row, and puts rows in order: by series as they appear, then by time. */
export async function indexSeries(
  table: Table,
  { time, group, label }: SequencePlan,
  notes: Note[],
): Promise<SeriesIndex> {
  const { rows } = table;
  const times = time?.numeric ? new Float64Array(rows) : null;
  const groups = group === null ? null : new Uint32Array(rows);
  const labels = label === null ? null : new Uint16Array(rows);
  const names = new Map<string, number>();
  const classes = new Map<string, number>([["", 0]]);
  const text = [...(group === null ? [] : [group]), ...(label === null ? [] : [label])];
  const numeric = times ? [time!.name] : [];
  for await (const batch of table.batches({ numeric, categories: [], text })) {
    times?.set(batch.numeric, batch.start);
    for (let i = 0; i < batch.rows; i++) {
      if (groups) groups[batch.start + i] = numbered(names, batch.text[0]![i]!);
      if (labels) labels[batch.start + i] = numbered(classes, batch.text.at(-1)![i]!);
    }
  }
  const series = seriesOf(groups, [...names.keys()], rows);
  const order = orderOf(groups, times, rows);
  const dated = table.columns.find(({ name }) => name === time?.name)?.type === "date";
  const clock = { name: time?.name ?? "", dated };
  if (order && times) sayOrder(groups, times, clock, notes);
  const places = order && inverse(order);
  if (times) sayGaps(series, order, times, clock, notes);
  const byPlace = labels && order ? labels.map((_, place) => labels[order[place]!]!) : labels;
  return { series, order, places, labels: byPlace, classes: [...classes.keys()] };
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

/** Rows that are earlier than the row of their series before them. */
function sayOrder(
  groups: Uint32Array | null,
  times: Float64Array,
  { name: column, dated }: { readonly name: string; readonly dated: boolean },
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
  const value = dated ? isoDate(times[first]!) : times[first]!;
  notes.push(note("sequence_sorted", { column, count, row: first + 1, value }));
}

/** Rows without a time, and steps of time that are not as the most are. */
function sayGaps(
  series: readonly Series[],
  order: Uint32Array | null,
  times: Float64Array,
  { name: column, dated }: { readonly name: string; readonly dated: boolean },
  notes: Note[],
): void {
  const rowAt = (place: number): number => order?.[place] ?? place;
  const untimed = times.reduce((n, time) => (Number.isNaN(time) ? n + 1 : n), 0);
  if (untimed > 0) notes.push(note("sequence_untimed", { column, count: untimed }));
  const steps = new Float64Array(times.length);
  let count = 0;
  for (const { start, length } of series)
    for (let place = start + 1; place < start + length; place++) {
      const step = times[rowAt(place)]! - times[rowAt(place - 1)]!;
      if (!Number.isNaN(step)) steps[count++] = step;
    }
  if (count < 2) return;
  const usual = steps.slice(0, count).sort()[count >> 1]!;
  const slack = dated ? slackOf(usual) : 0.01;
  let odd = 0;
  let first = -1;
  for (const { start, length } of series)
    for (let place = start + 1; place < start + length; place++) {
      const step = times[rowAt(place)]! - times[rowAt(place - 1)]!;
      if (!(Math.abs(step - usual) > slack * Math.abs(usual) + 1e-9)) continue;
      if (odd++ === 0) first = rowAt(place);
    }
  if (odd === 0) return;
  const value = dated ? isoDate(times[first]!) : String(times[first]!);
  const step = dated ? duration(usual) : String(usual);
  notes.push(note("sequence_gaps", { column, odd, steps: count, step, row: first + 1, value }));
}

/** Steps of the calendar, by the days that most of them have. */
const calendar = [
  { least: 28, most: 31, step: phrases.month },
  { least: 89, most: 92, step: phrases.quarter },
  { least: 364, most: 366, step: phrases.year },
];

const onCalendar = (days: number) =>
  calendar.find(({ least, most }) => days >= least && days <= most);

/**
 * How far even steps of dates may be apart: months, quarters and years differ in days, and from the last Friday
 * of a month to that of the next it is four weeks or five.
 */
function slackOf(days: number): number {
  if (onCalendar(days)?.step === phrases.month) return 0.25;
  return days >= 28 ? 0.12 : 0.01;
}

/** Days as a person says them. */
function duration(days: number): string {
  const step = onCalendar(days)?.step;
  if (step !== undefined) return step;
  const seconds = Number((days * 86_400).toPrecision(6));
  const units = [
    ["d", 86_400],
    ["h", 3600],
    ["min", 60],
    ["s", 0],
  ] as const;
  const [unit, size] = units.find(([, least]) => seconds >= least) ?? units[3];
  return `${Number((seconds / (size || 1)).toPrecision(4))} ${unit}`;
}
