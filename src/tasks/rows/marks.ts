import { EspejoError } from "../../errors.ts";
import { z } from "../../schema.ts";
import type { Labels } from "./labels.ts";

/** What a person who looked at a row says of it. */
export type Mark = (typeof markNames)[number];
export const markNames = ["confirmed", "false_alarm"] as const;

/** A row that a person looked at, by its number from 0. */
export interface RowMark {
  readonly row: number;
  readonly mark: Mark;
}

/** Marks as a caller gives them: a file of them, or rows one by one. */
export type GivenMarks = string | readonly RowMark[];

/** `GivenMarks`, as it comes from a caller. */
export const marksPart: z.ZodMiniType = z.union([
  z.string().check(z.minLength(1)),
  z.array(z.object({ row: z.int().check(z.minimum(0)), mark: z.enum(markNames) })),
]);

/** Marked rows by their marks, each in order: what a model file keeps of marks. */
export interface MarkedRows {
  readonly confirmed: readonly number[];
  readonly falseAlarms: readonly number[];
}

/** Fewer confirmed anomalies judge nothing: they only do not train. */
const fewestConfirmed = 2;

/** Rows by their marks. Throws `marks_absent` for none, `argument_value` for a row that is not there or has two marks. */
export function markedRows(marks: readonly RowMark[], rows: number, path: string): MarkedRows {
  if (marks.length === 0) throw new EspejoError("marks_absent", { path });
  const known = new Map<number, Mark>();
  for (const { row, mark } of marks) {
    if (row >= rows) throw wrong(`a row below ${rows}`, String(row));
    const before = known.get(row) ?? mark;
    if (before !== mark) throw wrong("one mark a row", `${before} and ${mark} of row ${row}`);
    known.set(row, mark);
  }
  const of = (wanted: Mark) =>
    [...known].flatMap(([row, mark]) => (mark === wanted ? [row] : [])).sort((a, b) => a - b);
  return { confirmed: of("confirmed"), falseAlarms: of("false_alarm") };
}

const wrong = (wanted: string, got: string): EspejoError =>
  new EspejoError("argument_value", { argument: "marks", wanted, got });

/** Classes of rows of which marks alone speak: 0 false alarm, 1 confirmed, 2 nobody looked. */
export function classesOfMarks({ confirmed, falseAlarms }: MarkedRows, rows: number): Uint8Array {
  const classes = new Uint8Array(rows).fill(2);
  for (const row of falseAlarms) classes[row] = 0;
  for (const row of confirmed) classes[row] = 1;
  return classes;
}

/** How many marks say another thing than the labels of their rows. */
export const overruled = ({ classes }: Labels, { confirmed, falseAlarms }: MarkedRows): number =>
  confirmed.filter((row) => classes[row] === 0).length +
  falseAlarms.filter((row) => classes[row] === 1).length;

/**
 * Classes with those of marks in their place; without any, unmarked rows are normal. Null where too few anomalies
 * are confirmed to judge by.
 */
export function classesWith(
  classes: Uint8Array | null,
  { confirmed, falseAlarms }: MarkedRows,
  rows: number,
): Uint8Array | null {
  if (!classes && confirmed.length < fewestConfirmed) return null;
  const told = classes ? classes.slice() : new Uint8Array(rows);
  for (const row of falseAlarms) told[row] = 0;
  for (const row of confirmed) told[row] = 1;
  return told;
}

/**
 * Labels with the marks laid over them. Without a label column a row that nobody looked at is presumed normal, and the
 * labels are by marks; null where too few anomalies are confirmed to choose and judge by.
 */
export function markedLabels(
  labels: Labels | null,
  marks: MarkedRows,
  rows: number,
): Labels | null {
  const classes = classesWith(labels?.classes ?? null, marks, rows);
  if (!classes) return null;
  const counts = [0, 0, 0];
  for (const kind of classes) counts[kind]!++;
  const [normals = 0, anomalies = 0, missing = 0] = counts;
  const told = labels ?? {
    ...{
      column: "mark",
      normal: "false_alarm",
      normalValues: ["false_alarm"],
      byMarks: true as const,
    },
    values: [],
  };
  return { ...told, classes, normals, anomalies, missing };
}
