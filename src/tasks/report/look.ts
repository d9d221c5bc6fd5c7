import { plainText, type Words } from "../../charts/words.ts";
import type { Table } from "../../data/terms/table.ts";
import { groupedText } from "../../language.ts";
import { otherCategory } from "../../preparation/plan.ts";
import type { TableModel } from "../model/table-model.ts";
import { namingColumns, rowName } from "../rows/row-names.ts";
import type { Reason } from "../score/reasons.ts";
import { explainRows, someRows } from "../score/score.ts";
import type { Closeup, KnownLabels, SeenRow, Tint } from "./findings.ts";
import { mostWorst } from "./options.ts";

/** What shall be looked at: rows drawn at random, and the highest scores, the highest first. */
interface Wanted {
  readonly scores: Float32Array;
  readonly flags: Uint8Array;
  readonly drawn: Uint32Array;
  readonly top: readonly number[];
  readonly tint: Tint;
}

interface Look {
  readonly seen: readonly SeenRow[];
  /** Values of each numeric feature in the rows drawn at random. */
  readonly columns: ReadonlyMap<string, Float64Array>;
  readonly worst: Closeup;
}

/** The pass over a table that looks at single rows. */
export async function lookAtRows(
  table: Table,
  model: TableModel,
  { scores, flags, drawn, top, tint }: Wanted,
  labels: KnownLabels | null,
  words: Words,
): Promise<Look> {
  const isDrawn = new Set(drawn);
  const wanted = new Set([...drawn, ...top]);
  const worst = new Set(top.slice(0, mostWorst));
  const shownKeys = namingColumns(table.columns).slice(0, 4);
  const texts = [...shownKeys, ...(tint.column === "" ? [] : [tint.column])];
  const numericTint = model.numericColumns.findIndex(({ name }) => name === tint.column);
  const p = model.numericColumns.length;
  const columns = new Map(
    model.numericColumns.map(({ name }) => [name, new Float64Array(drawn.length)] as const),
  );
  const found = new Map<number, SeenRow>();
  const reasons = new Map<number, readonly Reason[]>();
  const keyCells = new Map<number, string>();
  let next = 0;
  for await (const batch of model.batches(table, texts)) {
    const places: number[] = [];
    for (let i = 0; i < batch.rows; i++) if (wanted.has(batch.start + i)) places.push(i);
    if (places.length === 0) continue;
    const rows = someRows(model, batch, places);
    const { latent } = await model.run(["latent"], rows);
    const codes = latent!.data as Float32Array;
    const dims = codes.length / places.length;
    places.forEach((place, k) => {
      const row = batch.start + place;
      const score = scores[row]!;
      const own = shownKeys.map((_, c) => plainText(batch.text[c]![place]!, 30));
      if (worst.has(row)) keyCells.set(row, own.join(", "));
      found.set(row, {
        row,
        score,
        flagged: flags[row] === 1,
        name: rowName(shownKeys, own) ?? "",
        code: codes.slice(k * dims, (k + 1) * dims),
        tint:
          tint.column === ""
            ? score
            : numericTint >= 0
              ? batch.numeric[place * p + numericTint]!
              : batch.text[shownKeys.length]![place]!,
      });
      if (!isDrawn.has(row)) return;
      model.numericColumns.forEach(({ name }, j) => {
        columns.get(name)![next] = rows.numeric[k * p + j]!;
      });
      next++;
    });
    const odd = places.filter((place) => worst.has(batch.start + place));
    const told = await explainRows(model, batch, odd);
    odd.forEach((place, k) => {
      reasons.set(batch.start + place, told[k]!);
    });
  }
  const rest = top.filter((row) => !isDrawn.has(row));
  const seenOf = (rows: Iterable<number>): SeenRow[] => Array.from(rows, (row) => found.get(row)!);
  return {
    seen: [...seenOf(drawn), ...seenOf(rest)],
    columns,
    worst: worstTable(seenOf(worst), { reasons, keyCells }, shownKeys, labels, words),
  };
}

/** What is told of the oddest rows: their largest errors, and the values that name them. */
interface Told {
  readonly reasons: ReadonlyMap<number, readonly Reason[]>;
  readonly keyCells: ReadonlyMap<number, string>;
}

function worstTable(
  rows: readonly SeenRow[],
  { reasons, keyCells }: Told,
  keys: readonly string[],
  labels: KnownLabels | null,
  words: Words,
): Closeup {
  const { text } = words;
  const labelText = (row: number): string => {
    const kind = labels!.classes[row];
    return kind === 2 ? "–" : text(kind === 1 ? "confusion.anomaly" : "confusion.normal");
  };
  return {
    kind: "table",
    head: [
      keys.length > 0 ? plainText(keys.join(", ")) : text("worst.row"),
      text("worst.score"),
      text("worst.flagged"),
      ...(labels ? [text("worst.label")] : []),
      text("worst.reasons"),
    ],
    rows: rows.map(({ row, score, flagged }) => [
      keyCells.get(row) || words.count(row + 1),
      words.short(score),
      text(flagged ? "worst.yes" : "worst.no"),
      ...(labels ? [labelText(row)] : []),
      (reasons.get(row) ?? []).map((reason) => reasonText(reason, words)),
    ]),
  };
}

/** Shares of the error that are worth telling. */
const leastShare = 0.02;

/** A reason in words, with its share of the error. */
function reasonText(
  { column, actual, expected, share, probability, numeric }: Reason,
  words: Words,
): string {
  const told = (value: string): string => {
    if (value === "") return words.text("reason.missing");
    if (value === otherCategory) return words.text("reason.other");
    return plainText(numeric ? groupedText(value, words.language) : value, 40);
  };
  const shown = {
    column: plainText(column, 40),
    ...{ actual: told(actual), expected: told(expected) },
    percent: words.percent(share),
  };
  // what is not there may be why the others do not fit, and has no error of its own
  if (actual === "" && share < leastShare) return words.text("worst.missing", shown);
  // what is the likeliest of many may still be unlikely
  if (probability !== undefined && expected === actual)
    return words.text("worst.unlikely", { ...shown, probability: words.percent(probability) });
  return words.text("worst.reason", shown);
}
