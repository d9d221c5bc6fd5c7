import { EspejoError } from "../../errors.ts";
import { longestLine } from "./encoding.ts";

/** DuckDB's words about a delimited file, as an error that names the line and says what to do. */
export function explainCsv(
  error: unknown,
  delimiter: string,
  shown: (path: string) => string,
): Error {
  if (error instanceof EspejoError || !(error instanceof Error)) return error as Error;
  const { message } = error;
  const path = shown(/file = (.*)/.exec(message)?.[1]?.trim() ?? "");
  const line = Number(/CSV Error on Line: (\d+)/.exec(message)?.[1] ?? 0);
  const fields = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message);
  const cause = { cause: error };
  if (/maximum line size/i.test(message))
    return new EspejoError("row_long", { path, line, most: longestLine / 1e6 }, cause);
  if (fields) {
    const expected = Number(fields[1]);
    const actual = Number(fields[2]);
    return new EspejoError("row_ragged", { path, line, expected, actual, delimiter }, cause);
  }
  if (/unterminated quote/i.test(message))
    return new EspejoError("row_quote", { path, line }, cause);
  if (/unicode|utf-?8/i.test(message))
    return new EspejoError("row_encoding", { path, line }, cause);
  if (/^(Invalid Input|Conversion|CSV)/.test(message) || line > 0) {
    const reason = message.split("\n").slice(0, 3).join(" ").replace(/\s+/g, " ").slice(0, 200);
    return new EspejoError("file_unreadable", { path, reason }, cause);
  }
  return error;
}
