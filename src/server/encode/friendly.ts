import type { ScoreContext } from "../decode/friendly.ts";
import type { RowReasons } from "../rows.ts";
import type { Answer, Found } from "./found.ts";
import { shortNumber } from "./numbers.ts";

/** Score, is_anomaly and reasons of each row, behind the cells that tell which it is: JSON, CSV or a JSON object a line. */
export function encodeFriendly(found: Found): Answer {
  const { scored, served, accept } = found;
  const rows = rowsOf(found);
  const wanted = wantedType(accept);
  if (wanted === "text/csv")
    return { body: csvOf(found), headers: { "content-type": "text/csv; charset=utf-8" } };
  if (wanted === "application/x-ndjson")
    return {
      body: rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
      headers: { "content-type": "application/x-ndjson; charset=utf-8" },
    };
  const { name, version, facts } = served;
  const { value, rule } = facts.metadata.threshold;
  const anomalies = scored.isAnomaly.reduce((sum, flag) => sum + flag, 0);
  return {
    body: JSON.stringify({ model: name, version, threshold: { value, rule }, anomalies, rows }),
    headers: { "content-type": "application/json; charset=utf-8" },
  };
}

const types = ["application/json", "text/csv", "application/x-ndjson"] as const;

/** The first type of a header `Accept` that can be written, JSON where none is. */
function wantedType(accept: string): (typeof types)[number] {
  const asked = accept.split(",").map((part) => part.split(";")[0]!.trim().toLowerCase());
  return (
    types.find((type) => type === asked.find((each) => types.includes(each as "text/csv"))) ??
    types[0]
  );
}

function rowsOf({ decoded, scored }: Found): readonly Record<string, unknown>[] {
  const { ids } = decoded.context as unknown as ScoreContext;
  return Array.from(scored.score, (score, i) => ({
    ...Object.fromEntries(ids.map(({ name, cells }) => [name, cells[i]])),
    score: shortNumber(score),
    is_anomaly: scored.isAnomaly[i] === 1,
    ...(scored.reasons && { reasons: scored.reasons[i] }),
  }));
}

/** Reasons that have a column of their own in CSV. */
const mostReasons = 3;

function csvOf({ decoded, scored }: Found): string {
  const { ids } = decoded.context as unknown as ScoreContext;
  const { reasons } = scored;
  const told = reasons ? Array.from({ length: mostReasons }, (_, k) => `reason_${k + 1}`) : [];
  const lines = [[...ids.map(({ name }) => name), "score", "is_anomaly", ...told]];
  scored.score.forEach((score, i) => {
    lines.push([
      ...ids.map(({ cells }) => String(cells[i] ?? "")),
      String(shortNumber(score)),
      scored.isAnomaly[i] === 1 ? "true" : "false",
      ...told.map((_, k) => reasonText(reasons![i]!, k)),
    ]);
  });
  return lines.map((cells) => `${cells.map(quoted).join(",")}\n`).join("");
}

/** A reason as `espejo score` writes it: what was there, and what was expected. */
function reasonText(reasons: RowReasons, k: number): string {
  const reason = reasons?.[k];
  if (!reason || !("column" in reason)) return reason ? JSON.stringify(reason) : "";
  return `${reason.column} = ${reason.actual} (expected ${reason.expected})`;
}

const quoted = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
