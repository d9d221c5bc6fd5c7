import { enColumns, esColumns } from "../../charts/texts/columns.ts";
import { rowFormatter } from "../../data/write/write-text.ts";
import { EspejoError, fillText, phrase } from "../../errors.ts";
import type { Language } from "../../language.ts";
import { arrayReasonText } from "../../tasks/score/array-reason-text.ts";
import type { ArrayReason } from "../../tasks/score/array-reasons.ts";
import { reasonText } from "../../tasks/score/reason-text.ts";
import type { Reason } from "../../tasks/score/reasons.ts";
import type { ScoreContext } from "../decode/friendly.ts";
import { type ServedFacts, thresholdOf } from "../models/served.ts";
import type { Answer, Found } from "./found.ts";
import { shortNumber } from "./numbers.ts";
import { rebuiltRows } from "./rebuilt.ts";

/** Score, is_anomaly and reasons of each row, behind the cells that tell which it is: JSON, CSV or a JSON object a line. */
export function encodeFriendly(found: Found): Answer {
  const { scored, served, accept, decoded } = found;
  const { format } = decoded.context as unknown as ScoreContext;
  const wanted = format ? types[format] : wantedType(accept);
  if (wanted === "text/csv" && decoded.wanted.reconstruction)
    throw new EspejoError("request_invalid", {
      place: "reconstruction",
      wanted: phrase("answers_of", { types: `${types.json}, ${types.ndjson}` }),
      got: wanted,
    });
  if (wanted === "text/csv")
    return { body: csvOf(found), headers: { "content-type": "text/csv; charset=utf-8" } };
  const rows = rowsOf(found);
  if (wanted === "application/x-ndjson")
    return {
      body: rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
      headers: { "content-type": "application/x-ndjson; charset=utf-8" },
    };
  const { name, version, facts } = served;
  const anomalies = scored.isAnomaly.reduce((sum, flag) => sum + flag, 0);
  return {
    body: JSON.stringify({ model: name, version, threshold: thresholdOf(facts), anomalies, rows }),
    headers: { "content-type": "application/json; charset=utf-8" },
  };
}

const types = {
  json: "application/json",
  csv: "text/csv",
  ndjson: "application/x-ndjson",
} as const;
type Type = (typeof types)[keyof typeof types];

/** The first type of a header `Accept` that can be written, JSON where none is. */
function wantedType(accept: string): Type {
  const asked = accept.split(",").map((part) => part.split(";")[0]!.trim().toLowerCase());
  const known = asked.find((each): each is Type => Object.values<string>(types).includes(each));
  return known ?? types.json;
}

function rowsOf({ decoded, scored, served }: Found): readonly Record<string, unknown>[] {
  const { ids, input } = decoded.context as unknown as ScoreContext;
  const rebuilt = decoded.wanted.reconstruction ? rebuiltRows(served.facts, scored, input) : null;
  return Array.from(scored.score, (score, i) => ({
    ...Object.fromEntries(ids.map(({ name, cells }) => [name, cells[i]])),
    score: shortNumber(score),
    is_anomaly: scored.isAnomaly[i] === 1,
    ...(scored.reasons && { reasons: scored.reasons[i] }),
    ...rebuilt?.[i],
  }));
}

/** Reasons that have a column of their own in CSV. */
const mostReasons = 3;

function csvOf({ decoded, scored, served, language }: Found): string {
  const { ids } = decoded.context as unknown as ScoreContext;
  const { reasons, score, isAnomaly, rows } = scored;
  const told = reasons ? Array.from({ length: mostReasons }, (_, k) => k) : [];
  const text = (name: string) => ({ name, type: "text" }) as const;
  const { head, row } = rowFormatter("csv", [
    ...ids.map(({ name }) => text(name)),
    { name: "score", type: "float" },
    { name: "is_anomaly", type: "boolean" },
    ...told.map((k) => text(`reason_${k + 1}`)),
  ]);
  const columns = [
    ...ids.map(({ cells }) => cells as readonly string[]),
    ...[score, isAnomaly],
    ...told.map((k) => reasons!.map((each) => reasonIn(each?.[k], served.facts, language))),
  ];
  return head + Array.from({ length: rows }, (_, i) => row({ rows, columns }, i)).join("");
}

/** A reason as `espejo score` writes it: what was there, and what was expected. */
function reasonIn(
  reason: Reason | ArrayReason | undefined,
  facts: ServedFacts,
  language: Language,
): string | null {
  if (!reason) return null;
  const texts = language === "es" ? esColumns : enColumns;
  const words = {
    language,
    text: (key: keyof typeof texts, parameters = {}) => fillText(texts[key], parameters),
  };
  if ("column" in reason) return reasonText(reason, words, "plain");
  return facts.content === "table" ? null : arrayReasonText(reason, facts.metadata, {}, 0, words);
}
