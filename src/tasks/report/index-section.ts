import { type IndexCourse, indexFigure } from "../../charts/index-figure.ts";
import type { Section } from "../../charts/page.ts";
import type { Words } from "../../charts/words.ts";
import { columnDates } from "../../data/cells/written-dates.ts";
import { timesOf } from "../rows/times.ts";
import { timeOfCodes } from "../verdicts/time-of-codes.ts";
import { sentenceIn, type Verdict } from "../verdicts/verdict.ts";
import type { Reported } from "./gather.ts";

/** An index over time, and whether it is mostly time. */
export interface FoundIndex {
  readonly course: IndexCourse;
  readonly verdict: Verdict | null;
}

/** Share of its numbers that a row must have for its index to say something. */
const leastKnown = 0.5;

/** The index of each row of a table at its time; null for codes of more numbers, and where rows have no time. */
export async function indexOf(source: Reported): Promise<FoundIndex | null> {
  if (!("table" in source) || source.model.latentDim !== 1) return null;
  const { table, model } = source;
  const timed = await timesOf(table);
  if (!timed) return null;
  const values = new Float32Array(table.rows);
  const p = model.numericColumns.length;
  let leftOut = 0;
  for await (const batch of model.batches(table)) {
    values.set((await model.run(["latent"], batch)).latent!.data as Float32Array, batch.start);
    for (let i = 0; i < batch.rows; i++) {
      // gaps are filled before they get a code: one of gaps mostly says nothing of its row
      const cells = batch.numeric.subarray(i * p, (i + 1) * p);
      if (cells.filter((cell) => !Number.isNaN(cell)).length >= p * leastKnown) continue;
      values[batch.start + i] = Number.NaN;
      leftOut++;
    }
  }
  const { column, times, keys } = timed;
  const dates = table.columns.find(({ name }) => name === column)?.type === "date";
  const shown = dates ? columnDates(table.detected, column) : String;
  const verdict = timeOfCodes(values, 1, timed);
  if (new Set(times.filter((time) => !Number.isNaN(time))).size < 2) return null;
  return { course: { column, times, dates, shown, values, keys, leftOut }, verdict };
}

/** The index over time, beside what it comes to. */
export async function indexSection(
  found: FoundIndex | null,
  words: Words,
): Promise<Section | null> {
  if (!found) return null;
  const { course, verdict } = found;
  return {
    id: "index",
    title: words.text("index.title"),
    blocks: [
      ...(verdict
        ? [{ block: "warnings", lines: [sentenceIn(verdict, words.language)] } as const]
        : []),
      { block: "figures", figures: [await indexFigure(course, words)] },
    ],
  };
}
