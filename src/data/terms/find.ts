import { EspejoError, type Phrase } from "../../errors.ts";
import { nearest } from "../../nearest.ts";

/** The place of a column that a person called by name, or by number from 1 where no name is that number. */
export function findColumn(
  names: readonly string[],
  column: string,
  path: string,
  code: "column_unknown" | "label_missing" = "column_unknown",
): number {
  const place = placeOfColumn(names, column);
  if (place >= 0) return place;
  const shown = names.slice(0, 20).join(", ") + (names.length > 20 ? ", ..." : "");
  throw new EspejoError(code, {
    path,
    column,
    nearest: nearest(column, names) ?? "",
    columns: shown,
  });
}

/** As `findColumn`, -1 where there is none. */
export function placeOfColumn(names: readonly string[], column: string): number {
  const exact = names.indexOf(column);
  if (exact >= 0) return exact;
  const loose = names.filter((name) => name.toLowerCase() === column.toLowerCase());
  if (loose.length === 1) return names.indexOf(loose[0]!);
  return /^[1-9]\d*$/.test(column) && Number(column) <= names.length ? Number(column) - 1 : -1;
}

/** What to say of a column that a model needs and data lack: none that the model has a use for can be the one. */
export function missingColumn(
  path: string | Phrase,
  column: string,
  names: readonly string[],
  used: readonly string[],
): EspejoError {
  const closest = nearest(
    column,
    names.filter((name) => !used.includes(name)),
  );
  return closest === undefined
    ? new EspejoError("column_absent", { path, column })
    : new EspejoError("column_missing", { path, column, nearest: closest });
}
