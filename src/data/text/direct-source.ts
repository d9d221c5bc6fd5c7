import { createReadStream } from "node:fs";
import type { Workspace } from "../files/workspace.ts";
import type { Source } from "../terms/source.ts";
import { literal } from "../terms/sql.ts";
import { explainCsv } from "./csv-errors.ts";
import { longestLine } from "./encoding.ts";
import { common, type Found, type Part, placesIn } from "./found-text.ts";
import type { Layout } from "./layout.ts";
import { lineOfRow, linesOfRows } from "./lines.ts";

/** Files whose every line is a row, as they are. */
export async function directSource(found: Found, workspace: Workspace): Promise<Source> {
  const { dialect, layout, parts } = found;
  const { delimiter, quote, escaper } = dialect;
  const read: { part: Part; path: string }[] = [];
  for (const part of parts) {
    const { path, end } = part.body;
    const cut = Number.isFinite(end);
    const upTo = { end: end - 1 };
    read.push({
      part,
      path: cut ? await workspace.receive(".csv", createReadStream(path, upTo)) : path,
    });
  }
  const columns = layout.names.map((_, i) => `'c${i}': 'VARCHAR'`).join(", ");
  const reads = sameSkip(read).map(
    (group) =>
      `SELECT * FROM read_csv([${group.map(({ path }) => literal(path)).join(", ")}], ` +
      `auto_detect = false, header = false, skip = ${group[0]!.part.skip}, delim = ${literal(delimiter)}, ` +
      `quote = ${literal(quote)}, escape = ${literal(escaper)}, ` +
      `max_line_size = ${longestLine}, buffer_size = ${longestLine}, strict_mode = true, filename = true, columns = {${columns}})` +
      // A lone column cannot tell a blank line from a missing cell.
      (layout.names.length === 1 ? " WHERE c0 IS NOT NULL" : ""),
  );
  const readOf = (filename: string) => read.find(({ path }) => path === filename) ?? read[0]!;
  return {
    ...common(found),
    relation: () => reads.join(" UNION ALL "),
    together: layout.names.length,
    notes: found.notes,
    place: async (filename, row) => {
      const { part, path } = readOf(filename);
      return { path: part.text.shown, line: await lineOfRow(path, quote, part.skip, row) };
    },
    lines: async () => {
      const lists = new Map<Part, readonly number[]>();
      for (const { part, path } of read) lists.set(part, await linesOfRows(path, quote, part.skip));
      return placesIn(lists, (filename) => readOf(filename).part);
    },
    explain: (error) => explainCsv(error, delimiter, (name) => readOf(name).part.text.shown),
  };
}

/** SQL of what only lines fulfil that are no rows: empty ones, and the header once more. */
export function oddLine({ names, rule }: Layout): string {
  const odd: string[] = [];
  const rest = names.slice(1).map((_, i) => `c${i + 1} IS NULL`);
  if (rest.length > 0) odd.push(`(CASE WHEN c0 IS NULL THEN ${rest.join(" AND ")} ELSE false END)`);
  const told = (rule.header[0] ?? []).flatMap((name, i) =>
    name === "" ? [] : [`c${i} = ${literal(name)}`],
  );
  if (told.length > 0) odd.push(`(${told.slice(0, 3).join(" AND ")})`);
  return odd.length > 0 ? odd.join(" OR ") : "false";
}

/** Runs of files that DuckDB can read in one call. */
function sameSkip<T extends { readonly part: Part }>(parts: readonly T[]): T[][] {
  const groups: T[][] = [];
  for (const each of parts) {
    const last = groups.at(-1);
    if (last?.[0]?.part.skip === each.part.skip) last.push(each);
    else groups.push([each]);
  }
  return groups;
}
