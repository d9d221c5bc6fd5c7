import { dayShare } from "../cells/day-share.ts";
import { type Note, note } from "../terms/notes.ts";
import type { BatchRequest, Table } from "../terms/table.ts";
import type { SequencePlan } from "./sequence-plan.ts";

/** Steps of a day that have a time of their own, and that rise with it: the least shares. */
const [leastRepeated, leastRising] = [0.1, 0.95];

/**
 * The column with the times of the day to the days of another, which tells time: all of its cells are such times, days
 * come again and again, and together they rise, or fall, row by row. A person who ignores it has it left out.
 */
export async function clockColumn(
  table: Table,
  { time, group, label }: SequencePlan,
  notes: Note[],
): Promise<string | null> {
  const { columns } = table;
  if (time === null || columns.find(({ name }) => name === time)?.type !== "date") return null;
  const found = columns.filter(
    ({ name, type, why, profile: { examples } }) =>
      (type === "category" || type === "text") &&
      ![group, label].includes(name) &&
      why.code !== "why_ignored" &&
      examples.length > 0 &&
      !examples.some((cell) => Number.isNaN(dayShare(cell))),
  );
  const [clock] = found;
  if (found.length !== 1 || !clock) return null;
  const text = [time, clock.name, ...(group === null ? [] : [group])];
  const latest = new Map<string, { readonly day: number; readonly moment: number }>();
  const seen = { steps: 0, repeated: 0, rising: 0, falling: 0, cells: 0, odd: 0 };
  let value = "";
  for await (const batch of table.batches({ numeric: [time], categories: [], text }))
    for (let i = 0; i < batch.rows; i++) {
      const day = batch.numeric[i]!;
      if (Number.isNaN(day)) continue;
      if (!Number.isInteger(day)) return null;
      const moment = day + dayShare(batch.text[1]![i]!);
      seen.cells++;
      if (Number.isNaN(moment)) {
        seen.odd++;
        continue;
      }
      value ||= `${batch.text[0]![i]} ${batch.text[1]![i]}`;
      const series = group === null ? "" : batch.text[2]![i]!;
      const before = latest.get(series);
      latest.set(series, { day, moment });
      if (!before) continue;
      seen.steps++;
      if (day === before.day) seen.repeated++;
      if (moment > before.moment) seen.rising++;
      if (moment < before.moment) seen.falling++;
    }
  const { steps, repeated, rising, falling, cells, odd } = seen;
  if (odd > (1 - leastRising) * cells || repeated < leastRepeated * steps) return null;
  if (steps === 0 || Math.max(rising, falling) < leastRising * steps) return null;
  notes.push(note("sequence_time_of_day", { column: time, clock: clock.name, value }));
  return clock.name;
}

/** A table whose days in one column are moments, with the times of the day in another. */
export function withTimeOfDay(table: Table, time: string, clock: string): Table {
  const { [time]: _, ...layouts } = table.detected.layouts ?? {};
  return {
    ...table,
    detected: { ...table.detected, layouts },
    async *batches(request: BatchRequest, options) {
      const { numeric, text = [] } = request;
      const places = numeric.flatMap((name, j) => (name === time ? [j] : []));
      const texts = text.flatMap((name, j) => (name === time ? [j] : []));
      const more = places.length + texts.length > 0 ? [clock] : [];
      const asked = { ...request, text: [...text, ...more] };
      for await (const batch of table.batches(asked, options)) {
        const clocks = more.length > 0 ? batch.text[text.length]! : [];
        for (const j of places)
          for (let i = 0; i < batch.rows; i++)
            batch.numeric[i * numeric.length + j]! += dayShare(clocks[i]!);
        const joined = batch.text
          .slice(0, text.length)
          .map((cells, j) =>
            texts.includes(j) ? cells.map((cell, i) => `${cell} ${clocks[i]}`.trim()) : cells,
          );
        yield { ...batch, text: joined };
      }
    },
  };
}
