import { columnDates } from "../../data/cells/written-dates.ts";
import type { ArrayScale } from "../../tasks/model/metadata.ts";
import { roundedText, roundingOf, roundingOfSpread } from "../../tasks/score/rounding.ts";
import { type Served, thresholdOf } from "../models/served.ts";

/** What a person must know of a model to ask it. */
export interface ModelDescription {
  readonly model: string;
  readonly version: string;
  readonly content: "table" | "images" | "sequences";
  readonly kind: string;
  /** Null where nothing was chosen, as in a network that was imported without data. */
  readonly threshold: number | null;
  /** Of a table: its columns, each with a usual value. */
  readonly columns?: readonly ColumnDescription[];
  /** Of images and sequences: the sizes of a row. */
  readonly shape?: readonly number[];
  /** Of sequences: what their features are called, where that is known, and a usual value of each. */
  readonly features?: readonly string[];
  readonly usual?: readonly number[];
}

interface ColumnDescription {
  readonly name: string;
  readonly type: string;
  /** The median, or the commonest value. */
  readonly usual: string | number;
  /** Of categories: the commonest values. */
  readonly values?: readonly string[];
}

/** Values of a category that are worth a choice. */
const mostValues = 50;

/** The means of features, rounded by how much they vary. */
const usualOf = ({ mean, deviation }: ArrayScale): readonly number[] =>
  mean.map((value, i) => Number(roundedText(value, roundingOfSpread(deviation[i]!))));

/** A model as its page needs it: nothing of its rows but medians and commonest values. */
export function describeModel({ name, version, facts }: Served): ModelDescription {
  const { kind } = facts.metadata;
  const common = { model: name, version, kind, threshold: thresholdOf(facts).value };
  if (facts.content !== "table") {
    const { content, shape, metadata } = facts;
    if (content === "images") return { ...common, content, shape };
    const { features } = metadata.source;
    return {
      ...common,
      content,
      shape,
      ...(features && { features }),
      usual: usualOf(metadata.scale),
    };
  }
  const { profile, source } = facts.metadata;
  const numbers = facts.numeric.map((column, j): ColumnDescription => {
    const facts = profile.numeric[j]!;
    const [, median = 0] = facts.deciles;
    const { name, type } = column;
    const usual =
      type === "date"
        ? columnDates(source, name)(Math.round(median))
        : Number(roundedText(median, roundingOf(facts)));
    return { name, type, usual };
  });
  const texts = facts.categories.map(({ name, type }, j): ColumnDescription => {
    const { values } = profile.categories[j]!;
    const shown = values.filter((value) => value !== "").slice(0, mostValues);
    return { name, type, usual: shown[0] ?? "", values: shown };
  });
  const order = new Map(facts.metadata.columns.map((column, i) => [column.name, i]));
  const columns = [...numbers, ...texts].sort((a, b) => order.get(a.name)! - order.get(b.name)!);
  return { ...common, content: "table", columns };
}
