import { numberOverlay } from "../../charts/overlay-figures.ts";
import type { Block as PageBlock, Section } from "../../charts/page.ts";
import { plainText, type Words } from "../../charts/words.ts";
import { columnDates } from "../../data/cells/written-dates.ts";
import type { TableModel } from "../model/table-model.ts";
import type { ComparedRows } from "./page-columns.ts";
import type { Nearness } from "./quality.ts";

/** Pairs that are shown: columns of the table, or pictures. */
export const mostPairs = { rows: 4, pictures: 6 };
const mostColumns = 40;

/** The places of the generated rows that are nearest to a real one, the nearest first. */
export const nearestPlaces = ({ generated }: Nearness, most: number): readonly number[] =>
  Array.from(generated.keys())
    .sort((a, b) => generated[a]! - generated[b]! || a - b)
    .slice(0, most);

/** How near generated rows come to real ones; `pairs` are the nearest of them, as the content shows them. */
export async function nearestSection(
  { generated, real }: Nearness,
  pairs: readonly PageBlock[],
  words: Words,
): Promise<Section> {
  const { text } = words;
  const figure = await numberOverlay(
    {
      ...{ name: "nearest", title: text("nearest.title"), reading: text("nearest.reading") },
      ...{ generated, real, usual: true },
    },
    words,
  );
  return {
    id: "nearest",
    title: text("generation.nearest"),
    blocks: [{ block: "figures", figures: [figure] }, ...pairs],
  };
}

/** The nearest pairs of a table: a row for each column, a column for each pair. */
export function pairsOfRows(
  { metadata, numericColumns, categoryColumns }: TableModel,
  { generated, real }: ComparedRows,
  nearness: Nearness,
  words: Words,
): readonly PageBlock[] {
  const { text, short } = words;
  const places = nearestPlaces(nearness, mostPairs.rows);
  const cell = (one: string, other: string): string =>
    one === other ? one : text("generation.pair.cell", { generated: one, real: other });
  const told = (value: string): string =>
    value === "" ? text("reason.missing") : plainText(value, 20);
  const numbers = numericColumns.map(({ name, type }, j) => {
    const written = type === "date" ? columnDates(metadata.source, name) : short;
    const shown = (value: number): string =>
      Number.isNaN(value) ? text("reason.missing") : written(value);
    return {
      name,
      cells: places.map((i) =>
        cell(shown(generated.numbers[j]![i]!), shown(real.numbers[j]![nearness.places[i]!]!)),
      ),
    };
  });
  const categories = categoryColumns.map(({ name }, j) => ({
    name,
    cells: places.map((i) =>
      cell(told(generated.categories[j]![i]!), told(real.categories[j]![nearness.places[i]!]!)),
    ),
  }));
  const listed = [...numbers, ...categories].slice(0, mostColumns);
  return [
    {
      block: "table",
      caption: text("generation.pairs"),
      head: [text("generation.column"), ...places.map((_, k) => String(k + 1))],
      rows: [
        [text("generation.pair.distance"), ...places.map((i) => short(nearness.generated[i]!))],
        ...listed.map(({ name, cells }) => [plainText(name), ...cells]),
      ],
    },
    { block: "lines", lines: [text("generation.pairsReading")] },
  ];
}
