import { isUnfair } from "../../data/terms/judgements.ts";
import { type Note, note } from "../../data/terms/notes.ts";
import type { Table } from "../../data/terms/table.ts";

/** A table without what says of its rows whether they are odd: a detector that learns from it finds nothing else. */
export function fairTable(table: Table, onNote: (note: Note) => void = () => {}): Table {
  if (!table.columns.some(isUnfair)) return table;
  const columns = table.columns.map((column) => {
    if (!isUnfair(column)) return column;
    onNote(note("judgement_left_out", { column: column.name }));
    return { ...column, role: "ignore" as const, input: null, why: note("why_judgement") };
  });
  return { ...table, columns };
}
