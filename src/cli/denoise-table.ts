import type { Table } from "../data/terms/table.ts";
import { outputFormat, writeRows } from "../data/write/write.ts";
import type { Change, ColumnChanges } from "../tasks/denoise/changes.ts";
import { distanceFromClean } from "../tasks/denoise/distance.ts";
import type { Imputation } from "../tasks/denoise/fill-choice.ts";
import { type Way, ways } from "../tasks/denoise/filler.ts";
import type { FillingTrial } from "../tasks/denoise/filling.ts";
import { compareImputation } from "../tasks/denoise/imputation.ts";
import { type DenoisedTable, denoiseTable } from "../tasks/denoise/table.ts";
import type { TableModel } from "../tasks/model/table-model.ts";
import type { Context } from "./context.ts";
import { errorLines } from "./denoise-errors.ts";
import type { Options } from "./options.ts";
import { checkEnding, excelOf, writeOutput } from "./output.ts";

/** Writes a table cleaned, and tells what was changed. */
export async function denoiseTableTo(
  model: TableModel,
  table: Table,
  clean: Table | null,
  options: Options,
  context: Context,
): Promise<void> {
  const changes: Change[] = [];
  const listed = options.changes as string | undefined;
  checkEnding({ output: listed }, "--changes");
  const { outliers, all, rounds, fill } = options as {
    outliers?: number;
    all?: boolean;
    rounds?: number;
    fill?: Way;
  };
  const denoised = await denoiseTable(model, table, {
    ...(outliers !== undefined && { outliers }),
    ...(all !== undefined && { all }),
    ...(fill !== undefined && { fill }),
    ...(rounds !== undefined && { rounds }),
    ...(listed !== undefined && { onChange: (change) => changes.push(change) }),
  });
  const distance = clean && (await distanceFromClean(table, clean));
  const batches = distance ? distance.watch(denoised) : denoised.batches;
  await writeOutput(options, denoised.columns, batches, context, () => ({
    ...(denoised.rounds !== null && { rounds: denoised.rounds }),
    ...(denoised.trial && { trial: denoised.trial }),
    changes: denoised
      .changes()
      .filter(({ filled, replaced, left }) => filled + replaced + left > 0),
    ...(distance && { rmse: distance.result() }),
  }));
  if (listed !== undefined) await writeChanges(listed, changes, options);
  for (const line of changeLines(denoised, context)) context.say(line);
  if (distance) for (const line of errorLines(distance.result(), context)) context.say(line);
}

async function writeChanges(
  path: string,
  changes: readonly Change[],
  options: Options,
): Promise<void> {
  const column = <K extends keyof Change>(name: K): string[] =>
    changes.map((change) => String(change[name]));
  const columns = [
    changes.map(({ row }) => row),
    column("column"),
    column("before"),
    column("after"),
    column("why"),
    column("way"),
  ];
  await writeRows(
    path,
    outputFormat(path)!,
    [
      { name: "row", type: "integer" },
      ...["column", "before", "after", "why", "way"].map((name) => ({
        name,
        type: "text" as const,
      })),
    ],
    [{ rows: changes.length, columns }],
    { excel: excelOf(options) },
  );
}

function changeLines({ trial, changes }: DenoisedTable, context: Context): readonly string[] {
  const { text, count } = context;
  const counted = changes().flatMap((changed) => {
    const parts = (["filled", "replaced", "left"] as const)
      .filter((name) => changed[name] > 0)
      .map((name) => text(`denoise.${name}`, { n: count(changed[name]) }));
    if (parts.length === 0) return [];
    const words = { column: changed.column, changes: parts.join(", ") };
    const by = waysUsed(changed, context);
    return [by === "" ? text("denoise.column", words) : text("denoise.columnBy", { ...words, by })];
  });
  if (counted.length === 0) return [text("denoise.none")];
  if (!trial || changes().every(({ filled }) => filled === 0)) return counted;
  return [...counted, ...trialLines(trial, context)];
}

/** Which ways gave the new cells of a column, the most used first. */
function waysUsed({ ways: used }: ColumnChanges, { text, count }: Context): string {
  const given = ways.filter((way) => used[way]).sort((a, b) => used[b]! - used[a]!);
  const named = (way: Way): string => text(`denoise.${way}`);
  if (given.length < 2) return given.map(named).join();
  return given.map((way) => `${named(way)} ${count(used[way]!)}`).join(", ");
}

function trialLines({ ways: tried, chosen }: FillingTrial, context: Context): readonly string[] {
  const { text } = context;
  const each = tried.map(
    (found) =>
      `${text(`denoise.${found.way}`)}${found.rounds === null ? "" : ` (${text("denoise.rounds")}: ${found.rounds})`} ${figures(found, context)}`,
  );
  return chosen
    ? [
        text("denoise.chosen", { figures: figures(chosen, context) }),
        text("denoise.alone", { ways: each.join("; ") }),
      ]
    : [text("denoise.trial", { ways: each.join("; ") })];
}

const figures = ({ rmse, accuracy }: Pick<Imputation, "rmse" | "accuracy">, { text }: Context) =>
  [
    ...(rmse === null ? [] : [text("denoise.rmse", { value: rmse.toFixed(3) })]),
    ...(accuracy === null ? [] : [text("denoise.accuracy", { value: accuracy.toFixed(3) })]),
  ].join(", ");

/** Hides cells, fills them in several ways, and tells how near each came. */
export async function checkTable(
  model: TableModel,
  table: Table,
  _clean: Table | null,
  _options: Options,
  context: Context,
): Promise<void> {
  const found = await compareImputation(model, table);
  if (context.json) return context.answer(found);
  const { text, count, out } = context;
  out(text("denoise.check", { rows: count(found.rows), hidden: count(found.hidden) }));
  const heads = (["way", "rounds", "rmseHead", "accuracyHead"] as const).map((name) =>
    text(`denoise.${name}`),
  );
  const best = { way: "best", rounds: null, ...found.chosen } as const;
  const rows = [...found.ways, best].map(({ way, rounds, rmse, accuracy }) => [
    text(`denoise.${way}`),
    rounds === null ? "" : String(rounds),
    rmse === null ? "-" : rmse.toFixed(3),
    accuracy === null ? "-" : accuracy.toFixed(3),
  ]);
  const wide = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]!.length)));
  for (const row of [heads, ...rows])
    out(
      `  ${row.map((cell, i) => (i === 0 ? cell.padEnd(wide[i]!) : cell.padStart(wide[i]!))).join("  ")}`,
    );
}
