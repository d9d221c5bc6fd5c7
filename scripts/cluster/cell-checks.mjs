// Checks of single cells: what DuckDB makes of those of each layout, count, style and place of clocks.
import { daysSql, layoutNames as inOrder } from "../../dist/data/cells/dates.js";
import { layoutOf } from "../../dist/data/cells/layouts.js";
import { isWordMark } from "../../dist/data/cells/marks.js";
import { numberSql } from "../../dist/data/cells/numbers.js";
import { changingPlaces } from "../../dist/data/cells/offsets.js";
import { zoneOf } from "../../dist/data/cells/zones.js";
import { openDatabase } from "../../dist/data/native/database.js";
import { findColumn, missingColumn } from "../../dist/data/terms/find.js";
import { random } from "../../dist/random.js";
import {
  countCell,
  countNames,
  dateCell,
  draws,
  layoutNames,
  numberCell,
  numberStyles,
} from "./made-cells.mjs";

const cellsOfWay = 150;
const morePlaces = ["UTC", "Asia/Kolkata", "America/St_Johns", "Africa/Monrovia", "Europe/Dublin"];

/** Numbers as the bytes that they are, for JSON. */
export const packed = (numbers) =>
  Buffer.from(Float64Array.from(numbers).buffer).toString("base64");

/** Checks for each way to write one cell; Python is told the cells, and what DuckDB makes of them. */
export async function cellChecks(seed) {
  const database = await openDatabase({ threads: 2 });
  const inSql = async (cells, sql) => {
    const list = cells.map((cell) => `'${cell.replaceAll("'", "''")}'`).join(", ");
    const rows = await database.query(`SELECT ${sql("c")} FROM (SELECT unnest([${list}]) AS c)`);
    return packed(rows.map(([value]) => (value === null ? Number.NaN : Number(value))));
  };
  const checks = [];
  const places = [...changingPlaces, ...morePlaces];
  for (const place of places) {
    const { walls, offsets } = zoneOf(place);
    checks.push({ kind: "zone", name: place, walls: packed(walls), offsets: packed(offsets) });
  }
  const dates = async (name, ways, cells, place) => {
    const shape = { layouts: ways, order: null, timed: true };
    const reading = { order: "dmy", zone: place ? zoneOf(place) : null };
    const expected = await inSql(cells, (c) => daysSql(c, shape, reading));
    const written = inOrder(shape, reading);
    checks.push({ kind: "dates", name, ways: written, zone: place, cells, expected });
  };
  for (const [k, name] of layoutNames.entries()) {
    const draw = draws(random(seed, 1, k));
    const layout = layoutOf(name);
    checks.push({ kind: "layout", name, pattern: layout.pattern, fields: layout.fields });
    const cells = Array.from({ length: cellsOfWay }, (_, i) => dateCell(name, draw, i % 5 === 0));
    const place = layout.clocked && k % 2 === 1 ? places[k % places.length] : null;
    await dates(name, [name], cells, place);
  }
  for (const [k, name] of countNames.entries()) {
    const draw = draws(random(seed, 2, k));
    const cells = Array.from({ length: 400 }, () => countCell(name, draw));
    await dates(name, [name], cells, null);
  }
  const draw = draws(random(seed, 3));
  const several = ["dd/mm/yyyy", "yyyy-mm-ddZ", "mon dd yyyy", "seconds"];
  const cells = Array.from({ length: 600 }, () => {
    const name = draw.pick(several);
    return name === "seconds" ? countCell(name, draw) : dateCell(name, draw);
  });
  await dates("several ways", several, cells, "Europe/Madrid");
  for (const name of [
    "foo",
    "dd/dd/yyyy",
    "mm/dd",
    "yyyy-mm-dd hh",
    "QqZ",
    "yyyy-mmZ",
    "",
    "yyyy/dd",
    "yy",
    "yyyy-yy",
    "Www-yy",
    "yy/nn",
  ])
    checks.push({ kind: "layout", name, pattern: null, fields: null });
  checks.push(...findChecks());
  for (const [k, style] of numberStyles.entries()) {
    const one = draws(random(seed, 4, k));
    const cells = Array.from({ length: 2 * cellsOfWay }, () => numberCell(style, one));
    const expected = await inSql(cells, (c) => numberSql(c, style));
    checks.push({ kind: "numbers", name: JSON.stringify(style), style, cells, expected });
    // columns that are read at once: nothing but numbers, and marks of missing ones
    const tidy = cells.filter((cell) => /^[+-]?\d[\d.,]*$/.test(cell) || isWordMark(cell));
    if (tidy.length > 0)
      checks.push({
        ...{ kind: "numbers", name: `${JSON.stringify(style)}, tidy`, style, cells: tidy },
        expected: await inSql(tidy, (c) => numberSql(c, style)),
      });
  }
  database.dispose();
  return checks;
}

/** How columns are found by name, and what is said of those that are not there. */
function findChecks() {
  const names = ["Amount", "fecha", "Fecha_alta", "precio ñ", "PRECIO", "7", "x"];
  const asked = [
    "Amount",
    "amount",
    "FECHA",
    "fehca",
    "Precio",
    "precio n",
    "3",
    "7",
    "9",
    "0",
    "",
    "amuont",
  ];
  const told = (find) => {
    try {
      return { place: find() };
    } catch ({ code, parameters }) {
      return { code, parameters };
    }
  };
  return asked.flatMap((column) => [
    ...["column_unknown", "label_missing"].map((code) => {
      const expected = told(() => findColumn(names, column, "DATA", code));
      return { kind: "find", name: `${column}, ${code}`, names, column, code, expected };
    }),
    ...[[], names.slice(0, 4), names].map((used) => {
      const { code, parameters } = missingColumn("DATA", column, names, used);
      const expected = { code, parameters };
      return { kind: "find", name: `${column} is missing`, names, column, used, expected };
    }),
  ]);
}
