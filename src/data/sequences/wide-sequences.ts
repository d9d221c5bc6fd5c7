import { EspejoError, phrases } from "../../errors.ts";
import type { Workspace } from "../files/workspace.ts";
import { sameShape } from "../stored/like.ts";
import { storedRows } from "../stored/stored-array.ts";
import { rowsAtOnce } from "../stored/stored-arrays.ts";
import type { Arrays, ArraysDetected, ArraysOptions } from "../terms/arrays.ts";
import { idleOption } from "../terms/idle-options.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Table } from "../terms/table.ts";
import { spooledSize, spoolNumbers } from "./number-spool.ts";

// A table with fewer columns is rather several series side by side.
const leastColumns = 20;
const mostClasses = 20;

/** Whether each row of a table is a sequence of its own: many columns of numbers, and nothing that tells time. */
export function isWide({ columns }: Table, options: ArraysOptions): boolean {
  const { window, stride, group, time, like } = options;
  if (like) return like.time === null && like.group === null && like.features === null;
  if ([window, stride, group, time].some((option) => option !== undefined)) return false;
  if (columns.some(({ role }) => role === "time")) return false;
  return columns.filter(({ type }) => type === "number").length >= leastColumns;
}

/** The rows of a table as sequences of one feature, [rows, columns, 1]; a first column of few whole numbers is the class. */
export async function wideSequences(
  table: Table,
  options: ArraysOptions,
  workspace: Workspace,
): Promise<Arrays> {
  const { path, rows, columns, detected: read } = table;
  // a model of such rows leaves nothing of this open
  const idle = (["window", "stride", "group", "time"] as const).find((name) => options[name]);
  if (idle) throw idleOption(path, phrases.sequences, idle);
  const notes: Note[] = table.notes.filter(({ code }) => code !== "left_out");
  const stated = columns.find(({ role }) => role === "label")?.name;
  // What a person leaves out stays out; a column of one value is a step like others.
  const left = ["why_ignored", "why_not_asked"];
  const usable = columns.filter(
    ({ type, role, why }) =>
      type === "number" && role !== "label" && role !== "weight" && !left.includes(why.code),
  );
  const names = usable.map(({ name }) => name);
  const label = stated ?? (await classColumn(table, names, options));
  const steps = names.filter((name) => name !== label);
  if (steps.length === 0) throw new EspejoError("no_features", { path });
  notes.push(note("sequence_wide", { count: rows, length: steps.length }));
  if (stated === undefined && label !== null) notes.push(note("sequence_class", { column: label }));
  const ids = columns.filter(({ role, type }) => role === "id" && type !== "number");
  const labels: string[] = [];
  const called: string[] = [];
  const text = [...(label === null ? [] : [label]), ...ids.slice(0, 1).map(({ name }) => name)];
  const detected: ArraysDetected = {
    content: "sequences",
    format: read.format,
    shape: [steps.length, 1],
    fit: null,
    features: null,
    time: null,
    group: null,
    stride: null,
    read,
    ...(read.missing.length > 0 && { missing: read.missing }),
  };
  sameShape(path, detected, options.like);
  const spool = await spoolNumbers(table, steps, null, workspace, text, (_, cells) => {
    if (label !== null) for (const cell of cells[0]!) labels.push(plain(cell));
    if (ids.length > 0) for (const cell of cells.at(-1)!) called.push(cell);
  });
  const type = { kind: "float", size: spooledSize, little: true } as const;
  const shape = [rows, steps.length];
  const stored = { path: spool.path, shown: path, offset: 0, type, shape, fortran: false };
  return {
    path,
    rows,
    detected,
    notes,
    names: ids.length > 0 ? called : null,
    labels: label === null ? null : labels,
    starts: null,
    series: null,
    dispose: () => workspace.dispose(),
    async *batches({ size = rowsAtOnce(steps.length) } = {}) {
      for await (const batch of storedRows(stored, size))
        yield { start: batch.start, rows: batch.rows, x: batch.values };
    },
  };
}

/** "1.0000000e+00" is class 1. */
const plain = (cell: string): string =>
  cell !== "" && Number.isFinite(Number(cell)) ? String(Number(cell)) : cell;

/** The first column, where it holds few whole numbers and most of the others hold fractions. */
async function classColumn(
  { batches, columns }: Table,
  names: readonly string[],
  { like }: ArraysOptions,
): Promise<string | null> {
  const first = names[0];
  if (first === undefined || columns[0]!.name !== first) return null;
  // A model knows how many steps there are: one column more is the class.
  if (like) return names.length === like.shape[0]! + 1 ? first : null;
  const others = names.slice(1, 20);
  const classes = new Set<number>();
  let fractions = 0;
  let cells = 0;
  for await (const { numeric, rows } of batches({ numeric: [first, ...others], categories: [] })) {
    const width = others.length + 1;
    for (let i = 0; i < rows * width; i++) {
      const value = numeric[i]!;
      if (i % width > 0) {
        cells++;
        if (!Number.isInteger(value)) fractions++;
      } else {
        if (!Number.isInteger(value)) return null;
        classes.add(value);
        if (classes.size > mostClasses) return null;
      }
    }
  }
  return fractions > cells / 2 ? first : null;
}
