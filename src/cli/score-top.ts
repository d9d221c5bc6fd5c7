import type { OutputBatches, OutputColumn } from "../data/terms/output.ts";
import type { Context } from "./context.ts";
import { shownRows } from "./detect-ranked.ts";
import type { Options } from "./options.ts";
import { tableLines } from "./text-table.ts";

/** What a terminal shows of scored rows: the highest of all that pass, as lines of a table, and how many passed. */
export async function topLines(
  columns: readonly OutputColumn[],
  batches: OutputBatches,
  context: Context,
): Promise<{ readonly rows: number; readonly lines: readonly string[] }> {
  const at = columns.findIndex(({ name }) => name === "score");
  const named = at > 0;
  let best: { readonly score: number; readonly cells: readonly string[] }[] = [];
  let rows = 0;
  for await (const batch of batches) {
    const scores = batch.columns[at] as ArrayLike<number>;
    const least = best.length < shownRows ? Number.NEGATIVE_INFINITY : best.at(-1)!.score;
    for (let i = 0; i < batch.rows; i++)
      if (scores[i]! > least)
        best.push({
          score: scores[i]!,
          cells: [
            ...(named ? [] : [context.count(rows + i + 1)]),
            ...columns.map(({ type }, j) => shown(batch.columns[j]![i], type, context)),
          ],
        });
    best = best.sort((a, b) => b.score - a.score).slice(0, shownRows);
    rows += batch.rows;
  }
  const head = [...(named ? [] : ["row"]), ...columns.map(({ name }) => name)];
  const texts = head.flatMap((_, j) => (columns[j - (named ? 0 : 1)]?.type === "text" ? [j] : []));
  return {
    rows,
    lines:
      best.length > 0
        ? tableLines(
            head,
            best.map(({ cells }) => cells),
            texts,
          )
        : [],
  };
}

function shown(cell: unknown, type: OutputColumn["type"], { text }: Context): string {
  if (cell === null || cell === undefined) return "";
  if (type === "boolean") return cell ? text("score.yes") : "";
  return type === "float" ? Number(cell).toPrecision(4) : String(cell);
}

/** Whether a person looks at the rows: at a terminal, with no word of where else they go. */
export const isLookedAt = ({ output, format }: Options, { stdout, json }: Context): boolean =>
  !json && output === undefined && format === undefined && stdout.isTTY === true;
