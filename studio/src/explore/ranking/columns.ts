import type { RunResult } from "../../../../src/studio/api/runs.ts";
import { say } from "../../say.ts";

/** A column of the table of ranks. */
export interface Column {
  readonly key: string;
  readonly kind: "select" | "rank" | "id" | "row" | "score" | "label" | "reasons" | "mark";
  readonly name: string;
  /** By what it sorts; null where it cannot. */
  readonly sort: string | null;
  /** Of ids: which. */
  readonly index: number;
  /** As the track of a grid. */
  readonly width: string;
}

/** Columns that have room: beside an opened row, and in a narrow window, the fewest. */
export function columnsOf(result: RunResult, room: number): readonly Column[] {
  const narrow = room < 560;
  const sortable = (name: string): string | null => (result.sortable.includes(name) ? name : null);
  const column = (
    kind: Column["kind"],
    name: string,
    width: string,
    sort: string | null = null,
    index = 0,
  ): Column => ({
    key: kind === "id" ? `id-${index}` : kind,
    ...{ kind, name, sort, index, width },
  });
  const ids = result.ids.slice(0, room < 900 ? 1 : room < 1150 ? 2 : 3);
  return [
    column("select", say("explore.column.select"), narrow ? "32px" : "36px"),
    column("rank", say("explore.column.rank"), narrow ? "58px" : "66px", sortable("score")),
    ...ids.map((name, i) =>
      column("id", name, narrow ? "minmax(64px, 1fr)" : "112px", sortable(name), i),
    ),
    ...(ids.length === 0
      ? [
          column(
            "row",
            say("explore.column.row"),
            narrow ? "minmax(64px, 1fr)" : "96px",
            sortable("row"),
          ),
        ]
      : []),
    column("score", say("explore.column.score"), narrow ? "108px" : "138px", sortable("score")),
    ...(result.labelled && room >= 700
      ? [column("label", say("explore.column.label"), "96px", sortable("label"))]
      : []),
    ...(narrow ? [] : [column("reasons", say("explore.column.reasons"), "minmax(160px, 1fr)")]),
    column("mark", say("explore.column.mark"), "74px"),
  ];
}
