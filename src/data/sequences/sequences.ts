import { EspejoError, phrases } from "../../errors.ts";
import type { Workspace } from "../files/workspace.ts";
import { rowsAtOnce } from "../stored/stored-arrays.ts";
import type { Arrays, ArraysDetected, ArraysOptions } from "../terms/arrays.ts";
import { idleOption } from "../terms/idle-options.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Column, ColumnPlan, Table } from "../terms/table.ts";
import { spoolNumbers } from "./number-spool.ts";
import { windowWithin } from "./period.ts";
import { planSequences, type SequencePlan } from "./sequence-plan.ts";
import { indexSeries, type SeriesIndex } from "./series.ts";
import { windowBatches } from "./series-arrays.ts";
import { textSpool } from "./text-spool.ts";
import { clockColumn, withTimeOfDay } from "./time-of-day.ts";
import { cutWindows, type Windows, windowLabels, windowSpans } from "./windows.ts";

const usualWindow = 50;

/**
 * The rows of a table as steps of one or many series, cut into windows: [rows, window, features], values as
 * they are, missing and padded ones NaN. The values lie in a temporary file; in memory are a few bytes a row.
 */
export async function sequencesOfTable(
  table: Table,
  options: ArraysOptions,
  workspace: Workspace,
): Promise<Arrays> {
  const { path } = table;
  const notes: Note[] = [];
  const plan = planSequences(table, options, notes);
  const { like } = options;
  const clock = like ? (like.clock ?? null) : await clockColumn(table, plan, notes);
  const others = plan.others.filter((name) => name !== clock).join(", ");
  if (others !== "") notes.push(note("sequence_columns", { columns: others }));
  const timed = clock === null ? table : withTimeOfDay(table, plan.time!, clock);
  const used = [plan.time, plan.group, clock];
  const leftOut = ({ code, parameters }: Note) =>
    code === "left_out" && used.includes(parameters.column as string);
  notes.unshift(...table.notes.filter((said) => !leftOut(said)));
  const index = await indexSeries(timed, plan, notes);
  const { windows, stride } = windowsOf(path, table.rows, index, options, notes);
  const starts = windows.starts.map((place) => index.order?.[place] ?? place);
  const firsts = new Array<string>(starts.length).fill("");
  // Windows in the order in which their first rows pass by.
  const passing = Uint32Array.from(starts, (_, i) => i).sort((a, b) => starts[a]! - starts[b]!);
  let next = 0;
  const text = plan.time === null ? [] : [plan.time];
  if (options.stamps && plan.group !== null) text.push(plan.group);
  const stampTexts = text.map(() => [] as string[]);
  const written = plan.time === null ? null : await textSpool(table.rows, workspace);
  const spool = await spoolNumbers(
    timed,
    plan.features,
    index.places,
    workspace,
    text,
    (start, texts) => {
      if (options.stamps)
        stampTexts.forEach((kept, i) => {
          for (const cell of texts[i]!) kept.push(cell);
        });
      const times = plan.time !== null ? texts[0]! : [];
      written?.add(times);
      for (; next < passing.length && starts[passing[next]!]! < start + times.length; next++)
        firsts[passing[next]!] = times[starts[passing[next]!]! - start]!;
    },
  ).finally(() => written?.close());
  const { labels, normal } = windowLabels(windows, index);
  if (labels) notes.push(note("sequence_label", { column: plan.label!, normal }));
  const series = [...windows.series].map((i) => index.series[i]!.name);
  return {
    path,
    rows: windows.count,
    detected: {
      ...detectedOf(table, plan, { length: windows.length, stride }, like),
      ...(clock !== null && { clock }),
    },
    notes,
    names: plan.time || plan.group ? series.map((name, i) => nameOf(name, firsts[i])) : null,
    labels,
    ...(labels && { labelColumn: plan.label! }),
    starts,
    spans: windowSpans(windows, index, plan.time),
    ...(written && { timeOf: written.at }),
    steps: (row) => stepsOf(row, windows, index),
    ...(options.stamps && {
      stamps: {
        rows: table.rows,
        times: plan.time !== null ? stampTexts[0]! : null,
        series: plan.group === null ? null : stampTexts.at(-1)!,
      },
    }),
    series: plan.group === null ? null : series,
    dispose: () => workspace.dispose(),
    batches: ({ size = rowsAtOnce(windows.length * plan.features.length) } = {}) =>
      windowBatches(spool, windows, size),
  };
}

/** The source rows of the steps of a window. */
function stepsOf(row: number, { starts, filled }: Windows, { order }: SeriesIndex): Uint32Array {
  return Uint32Array.from({ length: filled[row]! }, (_, i) => {
    const place = starts[row]! + i;
    return order?.[place] ?? place;
  });
}

const nameOf = (series: string, first = ""): string =>
  [series, first].filter((part) => part !== "").join(" ");

function windowsOf(
  path: string,
  rows: number,
  { series, steps, period }: SeriesIndex,
  options: ArraysOptions,
  notes: Note[],
): { windows: Windows; stride: number | null } {
  const { like } = options;
  const wanted = like?.shape[0] ?? options.window;
  if (options.window !== undefined && options.window !== wanted)
    throw new EspejoError("arrays_differ", {
      ...{ path, actual: String(options.window), expected: String(wanted), items: "windows" },
    });
  const longest = Math.max(...series.map(({ length }) => length));
  const whole = like ? like.stride === null : options.window === undefined && series.length > 1;
  if (whole) {
    if (options.stride !== undefined) throw idleOption(path, phrases.sequences, "stride");
    const length = like ? like.shape[0]! : longest;
    if (longest > length) {
      const one = series.find((each) => each.length > length)!;
      const actual = one.length;
      throw new EspejoError("sequence_long", { path, series: one.name, actual, expected: length });
    }
    const windows = cutWindows(series, length, length);
    notes.push(note("sequence_whole", { count: series.length, length }));
    if (windows.padded > 0) notes.push(note("sequence_padded", { count: windows.padded, length }));
    return { windows, stride: null };
  }
  const shown = period === null ? null : windowWithin(period, rows / 10);
  const guess = shown ?? Math.max(1, Math.min(usualWindow, Math.floor(rows / 4)));
  const length = like?.shape[0] ?? options.window ?? guess;
  const stride = options.stride ?? like?.stride ?? 1;
  const cover = options.stamps ?? false;
  const windows = cutWindows(series, length, cover ? Math.min(stride, length) : stride, cover);
  const cut = { count: windows.count, length, stride };
  if (like || options.window !== undefined) notes.push(note("sequence_windows", cut));
  else if (shown === null) notes.push(note("sequence_windows_guessed", cut));
  else notes.push(note("sequence_windows_period", { ...cut, step: steps!.step }));
  if (windows.padded > 0) notes.push(note("sequence_padded", { count: windows.padded, length }));
  return { windows, stride };
}

function detectedOf(
  { detected, columns }: Table,
  plan: SequencePlan,
  { length, stride }: { readonly length: number; readonly stride: number | null },
  like: ArraysDetected | undefined,
): ArraysDetected {
  const { features, time, group } = plan;
  return {
    content: "sequences",
    format: detected.format,
    shape: [length, features.length],
    fit: null,
    features,
    time,
    group,
    stride,
    read: detected,
    columns: like?.columns ?? columnsUsed(columns, plan),
    ...(detected.missing.length > 0 && { missing: detected.missing }),
  };
}

/** The columns as they are used; of those that are not, whatever they hold may change in new data. */
function columnsUsed(
  columns: readonly Column[],
  { features, time, group }: SequencePlan,
): readonly ColumnPlan[] {
  return columns.map(({ name, type, unit }): ColumnPlan => {
    if (features.includes(name)) return { name, type, unit, role: "feature", input: "numeric" };
    const role = name === time ? "time" : name === group ? "id" : "ignore";
    return { name, type: role === "ignore" ? "text" : type, role, unit, input: null };
  });
}
