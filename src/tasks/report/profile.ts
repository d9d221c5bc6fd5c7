import type { Cell } from "../../charts/page.ts";
import { spark } from "../../charts/spark.ts";
import { plainText, type Words } from "../../charts/words.ts";
import { columnDates } from "../../data/cells/written-dates.ts";
import type { Note } from "../../data/terms/notes.ts";
import type { Column, Table } from "../../data/terms/table.ts";
import { histogram } from "../../metrics/histogram.ts";
import { quantiles } from "../../metrics/statistics.ts";
import { logOf } from "../../preparation/plan.ts";
import type { KnownLabels, Profile } from "./findings.ts";
import type { Tally } from "./tallies.ts";

/** Columns that are listed; wider tables say how many more there are. */
export const mostColumns = 150;
const bins = 20;

/** What is known of the columns of a table beside their plan. */
export interface ColumnFacts {
  /** Over all rows, of the features. */
  readonly tallies: ReadonlyMap<string, Tally>;
  /** Values of numeric features in the rows drawn at random. */
  readonly values: ReadonlyMap<string, Float64Array>;
  readonly drawn: number;
  readonly labels: KnownLabels | null;
  readonly drift: readonly Note[];
}

/** The columns of a table. */
export function profileOfTable(table: Table, facts: ColumnFacts, words: Words): Profile {
  const { text, count, percent } = words;
  const shown = table.columns.slice(0, mostColumns);
  const missingOf = ({ name, profile }: Column): number =>
    facts.tallies.get(name)?.missing ?? profile.missing;
  const missing = table.columns.reduce((n, column) => n + missingOf(column), 0);
  const columns = count(table.columns.length);
  const share = percent(missing / Math.max(1, table.rows * table.columns.length));
  return {
    lines: [
      text(missing === 0 ? "data.factsWhole" : "data.facts", {
        rows: count(table.rows),
        columns,
        missing: share,
      }),
      ...(shown.length < table.columns.length
        ? [text("data.cut", { shown: count(shown.length), columns })]
        : []),
    ],
    caption: text("data.columns"),
    head: [
      ...(["column", "type", "role", "missing"] as const).map((key) => text(`data.${key}`)),
      "",
      text("data.values"),
    ],
    numbers: [3],
    rows: shown.map((column): readonly Cell[] => [
      plainText(column.name),
      text(`type.${column.type}`),
      text(`role.${column.role}`),
      percent(missingOf(column) / table.rows),
      ...drawingOf(column, facts, table, words),
    ]),
    remark:
      facts.drawn < table.rows
        ? text("data.sampled", { sample: count(facts.drawn) })
        : text("data.all"),
    classes: [],
    drift: facts.drift,
  };
}

/** A small histogram of a column, and its values in words. */
function drawingOf(
  { name, type, profile, unit }: Column,
  { tallies, values, labels }: ColumnFacts,
  { rows, detected }: Table,
  words: Words,
): readonly [Cell, Cell] {
  const { text, short } = words;
  const { minimum, maximum } = profile;
  const tally = tallies.get(name);
  if (name === labels?.column) return valuesOf(labels.values, false, rows, words);
  if (tally && tally.values.length > 0) return valuesOf(tally.values, tally.more, rows, words);
  if ((type === "number" || type === "date") && minimum !== undefined) {
    const shown = type === "date" ? columnDates(detected, name) : short;
    const range = { from: shown(minimum), to: shown(maximum!) };
    const mean = tally?.mean ?? profile.mean;
    const told =
      type === "number" && Number.isFinite(mean)
        ? text("data.range", { ...range, mean: short(mean!) })
        : text("data.dates", range);
    const own = values.get(name);
    const bent = own && isHeavy(Array.from(own).filter(Number.isFinite));
    return [
      own ? numberSpark(own, shown, words) : "",
      [
        unit ? `${told} (${plainText(unit, 20)})` : told,
        ...(bent ? [text("data.logScale")] : []),
      ].join(" · "),
    ];
  }
  const examples = profile.examples.slice(0, 2).map((each) => plainText(each, 24));
  return ["", examples.join(", ")];
}

/** Whether nearly all of so many numbers would lie in one bar, were the scale not bent. */
function isHeavy(values: readonly number[]): boolean {
  const [low, middle, far] = quantiles(values, [0, 0.5, 0.99]) as [number, number, number];
  return low >= 0 && far >= 20 && far >= 10 * middle;
}

const mostBars = 12;

/** The commonest values, as bars and in words. */
function valuesOf(
  values: Tally["values"],
  more: boolean,
  rows: number,
  words: Words,
): readonly [Cell, Cell] {
  const { text, percent, count } = words;
  const told = values
    .slice(0, 3)
    .map(([value, n]) => `${plainText(value, 24)} (${percent(n / rows)})`);
  const left = values.length - told.length;
  if (left > 0) told.push(text("data.more", { n: more ? `${count(left)}+` : count(left) }));
  // a single bar shows nothing
  if (values.length < 2) return ["", told.join(", ")];
  const bars = spark(
    values.slice(0, mostBars).map(([, n]) => n),
    text("data.sparkValues", { values: told.join(", ") }),
  );
  return [bars, told.join(", ")];
}

/** The middle of the values, so that a single far one does not hide all others. */
export function numberSpark(
  values: ArrayLike<number>,
  shown: (value: number) => string,
  words: Words,
): Cell {
  const known = Array.from(values).filter((value) => Number.isFinite(value));
  // a single bar shows nothing
  if (known.every((value) => value === known[0])) return "";
  const curved = isHeavy(known);
  const bent = (value: number): number => (curved ? logOf(value) : value);
  const [low, high] = quantiles(known, [0.01, 0.99]) as [number, number];
  const { edges: bentEdges, counts } = histogram(known.map(bent), {
    bins,
    range: [bent(low), bent(high)],
  });
  const edges = Array.from(bentEdges, (edge) => (curved ? Math.expm1(edge) : edge));
  const most = counts.indexOf(Math.max(...counts));
  return spark(
    counts,
    words.text(curved ? "data.sparkLog" : "data.spark", {
      bars: bins,
      from: shown(low),
      to: shown(high),
      most: words.count(counts[most]!),
      place: shown(edges[most]!),
    }),
  );
}
