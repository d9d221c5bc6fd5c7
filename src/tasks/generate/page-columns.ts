import type { Figure } from "../../charts/figure.ts";
import {
  numberOverlay,
  otherValues,
  type Shares,
  valueOverlay,
} from "../../charts/overlay-figures.ts";
import type { Section } from "../../charts/page.ts";
import { plainText, type Words } from "../../charts/words.ts";
import { columnDates } from "../../data/cells/written-dates.ts";
import { momentsOf } from "../../metrics/statistics.ts";
import { otherCategory } from "../../preparation/plan.ts";
import type { Block } from "../compress/block.ts";
import type { TableModel } from "../model/table-model.ts";
import type { GenerationQuality } from "./quality.ts";

/** Columns that are drawn; the table has all of them. */
const mostDrawn = 24;
/** Numbers of so few values are shown value by value, and so many values of categories. */
const mostValues = 8;
/** Values that the table names. */
const mostNamed = 2;

/** Rows of a table that were generated, with real ones to compare them with. */
export interface ComparedRows {
  readonly generated: Block;
  readonly real: Block;
}

/** A column of both, with how far they are apart. */
type ComparedColumn = {
  readonly name: string;
  readonly distance: number;
} & (
  | {
      readonly numbers: readonly [generated: Float64Array, real: Float64Array];
      readonly shown: (value: number) => string;
    }
  | { readonly cells: readonly [generated: readonly string[], real: readonly string[]] }
);

/** Each column, generated beside real, those that differ most first. */
export async function columnsSection(
  model: TableModel,
  rows: ComparedRows,
  { columns }: GenerationQuality,
  words: Words,
): Promise<Section> {
  const { text, count } = words;
  const ordered = columnsOf(model, rows, columns, words).sort((a, b) => b.distance - a.distance);
  const figures: Figure[] = [];
  for (const column of ordered.slice(0, mostDrawn))
    figures.push(await figureOfColumn(column, figures.length + 1, words));
  return {
    id: "columns",
    title: text("generation.columns"),
    blocks: [
      {
        block: "lines",
        lines: [
          text("generation.columnsReading"),
          ...(figures.length < ordered.length
            ? [
                text("generation.columnsShown", {
                  shown: count(figures.length),
                  columns: count(ordered.length),
                }),
              ]
            : []),
        ],
      },
      { block: "figures", figures },
      {
        block: "table",
        caption: text("generation.table"),
        head: (["column", "distance", "realValues", "generatedValues"] as const).map((key) =>
          text(`generation.${key}`),
        ),
        rows: ordered.map((column) => [
          plainText(column.name),
          column.distance.toFixed(3),
          summaryOf(column, 1, words),
          summaryOf(column, 0, words),
        ]),
        numbers: [1],
      },
      { block: "lines", lines: [text("generation.tableReading")] },
    ],
  };
}

function columnsOf(
  { metadata, numericColumns }: TableModel,
  { generated, real }: ComparedRows,
  columns: GenerationQuality["columns"],
  { short }: Words,
): ComparedColumn[] {
  const p = numericColumns.length;
  return columns.map(({ name, distance }, j): ComparedColumn => {
    if (j >= p)
      return { name, distance, cells: [generated.categories[j - p]!, real.categories[j - p]!] };
    const date = numericColumns[j]!.type === "date";
    return {
      ...{ name, distance, numbers: [generated.numbers[j]!, real.numbers[j]!] },
      shown: date ? columnDates(metadata.source, name) : short,
    };
  });
}

function figureOfColumn(column: ComparedColumn, i: number, words: Words): Promise<Figure> {
  const told = {
    name: `column-${i}`,
    title: plainText(column.name, 40),
    reading: words.text("overlay.distance", { distance: column.distance.toFixed(3) }),
  };
  if ("cells" in column) return valueOverlay({ ...told, ...overlayOf(column.cells) }, words);
  const { numbers, shown } = column;
  const [generated, real] = numbers;
  const different = new Set(real.filter((value) => !Number.isNaN(value)));
  if (different.size > mostValues || different.size < 2)
    return numberOverlay({ ...told, generated, real }, words, shown);
  const asText = (values: Float64Array): string[] =>
    Array.from(values, (value) => (Number.isNaN(value) ? "" : shown(value)));
  const order = [...different].sort((a, b) => a - b).map(shown);
  const shares = overlayOf([asText(generated), asText(real)], order);
  return valueOverlay({ ...told, ...shares }, words);
}

/** Shares of the commonest real values, or of the given ones, and of all others together. */
function overlayOf(
  [generated, real]: readonly [readonly string[], readonly string[]],
  order?: readonly string[],
): { readonly real: Shares; readonly generated: Shares } {
  const [all, own] = [sharesOf(generated), sharesOf(real)];
  const shown = order ?? ranked(own).slice(0, mostValues);
  const listed = (shares: ReadonlyMap<string, number>): Shares => {
    const kept = shown.map((value) => [value, shares.get(value) ?? 0] as const);
    const rest = 1 - kept.reduce((sum, [, share]) => sum + share, 0);
    return [...kept, [otherValues, Math.max(0, rest)]];
  };
  const [one, other] = [listed(own), listed(all)];
  const whole = one.at(-1)![1] < 1e-9 && other.at(-1)![1] < 1e-9;
  return whole
    ? { real: one.slice(0, -1), generated: other.slice(0, -1) }
    : { real: one, generated: other };
}

function sharesOf(cells: readonly string[]): ReadonlyMap<string, number> {
  const there = cells.filter((cell) => cell !== "");
  const counts = new Map<string, number>();
  for (const cell of there) counts.set(cell, (counts.get(cell) ?? 0) + 1 / there.length);
  return counts;
}

const ranked = (shares: ReadonlyMap<string, number>): string[] =>
  [...shares.keys()]
    .filter((value) => value !== otherCategory)
    .sort((a, b) => shares.get(b)! - shares.get(a)! || (a < b ? -1 : 1));

/** What a column holds, in a few words: `side` 0 of the generated rows, 1 of the real ones. */
function summaryOf(column: ComparedColumn, side: 0 | 1, words: Words): string {
  const { text, percent } = words;
  const missing = (share: number): string[] =>
    share > 0 ? [text("generation.missingShare", { percent: percent(share) })] : [];
  if ("cells" in column) {
    const cells = column.cells[side];
    const shares = sharesOf(cells);
    const gone = cells.filter((cell) => cell === "").length / cells.length;
    const told = ranked(shares)
      .slice(0, mostNamed)
      .map((value) => `${plainText(value, 24)} (${percent(shares.get(value)!)})`);
    return [...told, ...missing(gone)].join(", ");
  }
  const values = column.numbers[side];
  const known = values.filter((value) => !Number.isNaN(value));
  const { mean, deviation } = momentsOf(known);
  const told = column.shown === words.short ? words.short(deviation) : null;
  const gone = 1 - known.length / Math.max(1, values.length);
  return [
    told === null
      ? column.shown(mean)
      : text("generation.numbers", { mean: column.shown(mean), deviation: told }),
    ...missing(gone),
  ].join(", ");
}
