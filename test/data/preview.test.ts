import { rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { DuckDBConnection } from "@duckdb/node-api";
import { describe, expect, onTestFinished, test } from "vitest";
import { withChoice } from "../../src/data/columns/doubts.ts";
import { tableFromRows } from "../../src/data/memory/memory.ts";
import { openPreview } from "../../src/data/preview/preview.ts";
import type {
  PreviewData,
  PreviewOptions,
  TablePreview,
} from "../../src/data/preview/table-preview.ts";
import type { OpenOptions } from "../../src/data/terms/table.ts";
import { doorData } from "./doors.ts";
import { file, open } from "./helpers.ts";

/** Counts what a database is asked from here on. */
function asked(): string[] {
  const queries: string[] = [];
  const { runAndReadAll } = DuckDBConnection.prototype;
  DuckDBConnection.prototype.runAndReadAll = function (sql, ...more) {
    queries.push(sql);
    return runAndReadAll.call(this, sql, ...more);
  };
  onTestFinished(() => {
    DuckDBConnection.prototype.runAndReadAll = runAndReadAll;
  });
  return queries;
}

/** Counts what rows are streamed from here on, to see what a table is. */
function streamed(): string[] {
  const queries: string[] = [];
  const { stream } = DuckDBConnection.prototype;
  DuckDBConnection.prototype.stream = function (sql, ...more) {
    queries.push(sql);
    return stream.call(this, sql, ...more);
  };
  onTestFinished(() => {
    DuckDBConnection.prototype.stream = stream;
  });
  return queries;
}

async function previewed(data: PreviewData, options: PreviewOptions = {}): Promise<TablePreview> {
  const preview = await openPreview(data, options);
  onTestFinished(() => preview.dispose());
  return preview;
}

const shop = {
  tienda: Array.from({ length: 60 }, (_, i) => ["Norte", "Sur", "Este"][i % 3]!),
  fecha: Array.from({ length: 60 }, (_, i) => `0${1 + (i % 9)}/0${1 + ((i * 5) % 8)}/2025`),
  ventas: Array.from({ length: 60 }, (_, i) =>
    i === 2 ? "<=5" : i === 40 ? "NV" : `${1 + (i % 9)}.${100 + ((i * 37) % 900)},5`,
  ),
  edad: Array.from({ length: 60 }, (_, i) => (i % 7 === 3 ? "" : String(20 + ((i * 11) % 50)))),
};

test("how values are distributed is the same of a file and of rows in memory", async () => {
  const rows = Array.from({ length: 400 }, (_, i) => ({
    amount: i % 10 === 0 ? null : (i * i) % 977,
    grade: i % 5,
    same: 7,
    when: `2025-0${1 + (i % 9)}-15`,
    shop: ["Norte", "Sur", "Este"][i % 3]!,
    note: `row ${i}`,
  }));
  const path = file(JSON.stringify(rows), "shares.json");
  const [held, memory] = [await previewed(path), await previewed(rows)];
  const shares = await held.shares();
  expect(await memory.shares()).toEqual(shares);
  const of = (name: string) => shares.find((each) => each.name === name)!;
  const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
  expect(sum(of("amount").counts)).toBe(360);
  expect(of("amount").edges).toHaveLength(of("amount").counts.length + 1);
  expect(of("grade").edges).toEqual([-0.5, 0.5, 1.5, 2.5, 3.5, 4.5]);
  expect(of("grade").counts).toEqual([80, 80, 80, 80, 80]);
  expect(of("same")).toMatchObject({ edges: null, counts: [400], values: ["7"] });
  expect(sum(of("when").counts)).toBe(400);
  expect(of("shop")).toMatchObject({ counts: [134, 133, 133], others: 0 });
  expect(of("note").others + sum(of("note").counts)).toBe(400);
  // of what the last look took them for
  await held.reread({ types: { grade: "category" } });
  const again = (await held.shares()).find(({ name }) => name === "grade")!;
  expect(again.edges).toBeNull();
  expect(again.values).toHaveLength(5);
});

describe.each(Object.entries(doorData))("a table by the door %s", (door, dataOf) => {
  test("shows its first rows as they stand, and the cells that cannot be taken", async () => {
    const { seen } = await previewed(await dataOf(shop), { rowsShown: 5, language: "es" });
    expect(seen.rows).toBe(60);
    expect(seen.columns.map(({ name }) => name)).toEqual(Object.keys(shop));
    const rows = [0, 1, 2, 3, 4];
    expect(seen.head.map(({ cells }) => cells)).toEqual(
      rows.map((i) => Object.values(shop).map((cells) => cells[i]!)),
    );
    expect(seen.head.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5]);
    const first = /CSV|TSV|workbook/.test(door) ? 2 : 1;
    expect(seen.head.map(({ line }) => line)).toEqual(rows.map((i) => i + first));
    expect(seen.unread).toEqual([
      { row: 3, column: "ventas", text: "<=5", why: '"<=5" no es un número' },
    ]);
    expect(seen.unreadCounts).toEqual({ ventas: 2 });
  });

  test("is seen again with other options as if it were opened with them", async () => {
    const data = await dataOf(shop);
    const preview = await previewed(data);
    for (const options of [
      { types: { edad: "category" } },
      { numbers: { ventas: "1.234,5" }, missing: ["NV"] },
      { dates: "mdy", ignore: ["tienda"] },
      { label: "tienda", types: { ventas: "text" } },
    ] satisfies OpenOptions[]) {
      const fresh = await previewed(data, options);
      expect(await preview.reread(options)).toEqual(fresh.seen);
    }
    expect(await preview.reread({})).toEqual(preview.seen);
  });
});

const csv = (columns: Readonly<Record<string, readonly string[]>>): string =>
  [Object.keys(columns), ...shop.tienda.map((_, i) => Object.values(columns).map((c) => c[i]!))]
    .map((row) => `${row.join(";")}\n`)
    .join("");

describe.each([
  ["as it is", csv(shop)],
  ["line by line", csv(shop).replace("Sur", "\n# remark\nSur")],
])("a text that is read %s", (_, text) => {
  test("is looked at once, whatever is asked of its columns, and may be gone then", async () => {
    const path = file(text);
    const kept = file(text);
    const preview = await previewed(path);
    rmSync(path);
    const queries = asked();
    const options = { types: { edad: "category", ventas: "number" }, dates: "mdy" } as const;
    const seen = await preview.reread(options);
    expect(queries.length).toBeGreaterThan(0);
    for (const sql of queries) expect(sql).not.toContain("read_csv");
    const fresh = await previewed(kept, options);
    expect(JSON.stringify(seen).replaceAll(path, kept)).toBe(JSON.stringify(fresh.seen));
  });

  test("is asked only of the columns whose reading changed", async () => {
    const preview = await previewed(file(text));
    const queries = asked();
    await preview.reread({ label: "tienda", ignore: ["fecha"] });
    expect(queries).toEqual([]);
    await preview.reread({ types: { edad: "category" } });
    expect(queries.length).toBeGreaterThan(0);
    for (const sql of queries) expect(sql).not.toMatch(/\bc[012]\b|read_csv/);
    queries.length = 0;
    await preview.reread({ types: { edad: "category" } });
    expect(queries).toEqual([]);
  });
});

test("lines that are no rows are told, and each row and cell has its line", async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `${i},${i === 4 ? "?5" : (i * 7) % 13}\n`);
  rows.splice(3, 0, ",\n", "# said\n", "1,2,3\n");
  const { seen } = await previewed(file(`Sales\n\nx,y\n${rows.join("")}Total,190\n`), {
    rowsShown: 6,
  });
  expect(seen.head.map(({ line }) => line)).toEqual([4, 5, 6, 10, 11, 12]);
  expect(seen.unread).toEqual([{ row: 5, column: "y", text: "?5", why: '"?5" is no number' }]);
  expect(seen.skipped.map(({ line, text, why }) => [line, text, why])).toEqual([
    [1, "Sales", "a line before the table"],
    [37, "Total,190", "a line below the table"],
  ]);
  expect(seen.left.map(({ code, count, line }) => [code, count, line])).toEqual([
    ["lines_blank", 1, 7],
    ["lines_comment", 1, 8],
    ["rows_odd", 1, 9],
  ]);
});

test("an option that says what rows are reads them anew, from what was unpacked or sent", async () => {
  const bytes = gzipSync(`2023;2022;2021\n${"1;2,5;3\n4;5,5;7\n".repeat(10)}`);
  const preview = await previewed(new Uint8Array(bytes));
  expect(preview.seen.rows).toBe(20);
  const doubt = preview.seen.doubts.find(({ code }) => code === "header_numbers");
  expect(doubt).toMatchObject({ settled: false });
  const seen = await preview.reread(withChoice({}, doubt!.options[0]!));
  expect(seen.rows).toBe(21);
  expect(seen.head[0]!.cells).toEqual(["2023", "2022", "2021"]);
});

test("a failure leaves the preview as it was", async () => {
  const preview = await previewed(file("a,b\n1,x\n2,y\n3,x\n"));
  await expect(preview.reread({ label: "c" })).rejects.toMatchObject({ code: "label_missing" });
  await expect(preview.reread({ sheet: "2" })).rejects.toMatchObject({ code: "option_idle" });
  await expect(preview.reread({ header: false, types: { b: "date" } })).rejects.toThrow();
  expect(await preview.reread({})).toEqual(preview.seen);
});

describe.each(Object.entries(doorData))("a panel by the door %s", (_, dataOf) => {
  const panel = {
    land: Array.from({ length: 90 }, (_, i) => `L${i % 6}`),
    jahr: Array.from({ length: 90 }, (_, i) => String(2000 + Math.floor(i / 6))),
    wert: Array.from({ length: 90 }, (_, i) => String((i * 37) % 91)),
  };
  test("is what it is when it is opened, and no row is looked at again for it", async () => {
    const preview = await previewed(await dataOf(panel));
    expect(preview.seen.columns.map(({ role }) => role)).toEqual(["id", "time", "feature"]);
    expect(preview.seen.shape).toMatchObject({ kind: "panel", key: ["land"], time: "jahr" });
    expect(preview.seen.doubts.map(({ code }) => code)).toContain("shape_panel");
    const queries = streamed();
    expect(await preview.reread({})).toEqual(preview.seen);
    await preview.reread({ ignore: ["wert"] });
    expect(queries).toEqual([]);
    const other = await preview.reread({ types: { land: "category" } });
    expect(other.columns[0]!.role).toBe("feature");
    for (const sql of queries) expect(sql).not.toContain("read_csv");
  });
});

test("looks come one after the other, and none after the end", async () => {
  const preview = await openPreview(file("a,b\n1,x\n2,y\n3,x\n"));
  const both = await Promise.all([preview.reread({ header: false }), preview.reread({})]);
  expect(both.map(({ rows }) => rows)).toEqual([4, 3]);
  await preview.dispose();
  await preview.dispose();
  await expect(preview.reread({})).rejects.toMatchObject({ code: "argument_wrong" });
});

test("options are checked, and those of the database stay", async () => {
  const path = file("a,b\n1,x\n2,y\n");
  await expect(openPreview(path, { rowsShown: -1 })).rejects.toMatchObject({
    code: "argument_value",
  });
  await expect(openPreview(path, { rows: 5 } as never)).rejects.toMatchObject({
    code: "argument_unknown",
  });
  const preview = await previewed(path, { threads: 1 });
  await expect(preview.reread({ threads: 2 })).rejects.toMatchObject({ code: "argument_value" });
  await expect(preview.reread({ language: "fr", threads: 1 } as never)).rejects.toMatchObject({
    code: "argument_value",
  });
  await expect(openPreview([{ a: 1 }], { sheet: "2" })).rejects.toMatchObject({
    code: "argument_unknown",
  });
  expect((await preview.reread({ threads: 1 })).rows).toBe(2);
});

test("rows in memory are seen as objects, a list, too", async () => {
  const rows = [{ a: 1, b: new Date("2025-01-02") }, { a: null, b: undefined }, { a: 3 }];
  const { seen } = await previewed(rows);
  expect(seen.head.map(({ cells }) => cells)).toEqual([
    ["1", "2025-01-02T00:00:00.000Z"],
    ["", ""],
    ["3", ""],
  ]);
  expect(seen.columns).toEqual(tableFromRows(rows).columns);
});

test("a wide table is not held, and its file is read again", async () => {
  const names = Array.from({ length: 600 }, (_, i) => `x${i}`).join(",");
  const line = (k: number) => `${Array.from({ length: 600 }, (_, i) => (i * k) % 7).join(",")}\n`;
  const path = file(`${names}\n${[1, 2, 3, 4, 5].map(line).join("")}`);
  const preview = await previewed(path, { rowsShown: 2 });
  expect(preview.seen.head[1]!.cells[599]).toBe(String((599 * 2) % 7));
  const seen = await preview.reread({ rowsShown: 2, types: { x3: "category" } });
  expect(seen.columns[3]!.type).toBe("category");
});

test("a table of several files has the path and the line of each row", async () => {
  const path = file("a,b\n1,x\n2,y\n", "part-1.csv");
  writeFileSync(path.replace("part-1", "part-2"), "a,b\n3,x\n4,y\n");
  const { seen } = await previewed(path.replace("part-1", "part-*"));
  expect(seen.head.map(({ path, line }) => `${path.slice(-10)}:${line}`)).toEqual([
    ...["part-1.csv:2", "part-1.csv:3", "part-2.csv:2", "part-2.csv:3"],
  ]);
  expect((await open(path)).rows).toBe(2);
});
