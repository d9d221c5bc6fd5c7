import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { openTable } from "../../src/data/tables/open.ts";
import { noteText } from "../../src/data/terms/notes.ts";
import type { Table } from "../../src/data/terms/table.ts";
import { writeParquet } from "../../src/data/write/write-parquet.ts";
import { espejo } from "../cli/helpers.ts";
import { file, folder, kinds, open, refused, rowsOf } from "./helpers.ts";

const namesOf = (source: Table) => source.columns.map(({ name }) => name);

/** A Parquet file whose names, all of one length, are put into its bytes in the place of others. */
async function parquet(names: readonly string[]): Promise<string> {
  const path = join(folder(), "t.parquet");
  const held = names.map((name, i) => String.fromCharCode(97 + i).repeat(name.length));
  const columns = held.map((name) => ({ name, type: "double" as const }));
  const values = names.map((_, j) => Float64Array.from({ length: 9 }, (_, i) => i * (j + 1)));
  await writeParquet(path, columns, [{ rows: 9, columns: values }]);
  let bytes = readFileSync(path).toString("latin1");
  held.forEach((name, i) => {
    bytes = bytes.replaceAll(name, names[i]!);
  });
  writeFileSync(path, Buffer.from(bytes, "latin1"));
  return path;
}

describe("names of columns stay as they are written", () => {
  const sets: readonly (readonly string[])[] = [
    ["filename", "espejo__"],
    ["filename", "FILENAME", "Filename"],
    ["importe", "Importe", "IMPORTE", "valores"],
    ["a name", "b.name", 'c"name'],
    ["espejo_filename", "espejo_FILENAME"],
  ];
  test.each(sets.map((names) => [names]))("%j", async (names) => {
    const rows = Array.from({ length: 9 }, (_, i) =>
      Object.fromEntries(names.map((name, j) => [name, i * (j + 1)])),
    );
    const lines = rows.map((row) => JSON.stringify(row));
    for (const path of [
      await parquet(names),
      file(JSON.stringify(rows), "t.json"),
      file(lines.join("\n"), "t.ndjson"),
    ]) {
      const source = await open(path, {
        types: Object.fromEntries(names.map((name) => [name, "number"])),
      });
      expect(namesOf(source)).toEqual(names);
      const { numeric } = await rowsOf(source, { numeric: names });
      expect(numeric.slice(2 * names.length, 3 * names.length)).toEqual(
        names.map((_, j) => 2 * (j + 1)),
      );
    }
  });

  test("the very same name twice gets a number, no name one of its own", async () => {
    expect(namesOf(await open(await parquet(["price", "price"])))).toEqual(["price", "price_1"]);
    const source = await open(file('[{"": 1, "b": 2}, {"b": 5, "": 4}]', "t.json"));
    expect(namesOf(source)).toEqual(["column_1", "b"]);
  });

  test("a number at the end of a name is part of it", async () => {
    const names = ["x", "x_1", "C2"];
    expect(
      namesOf(
        await open(
          file(
            JSON.stringify([
              { x: 1, x_1: 2, C2: 3 },
              { x: 2, x_1: 4, C2: 8 },
            ]),
            "t.json",
          ),
        ),
      ),
    ).toEqual(names);
  });
});

describe("JSON", () => {
  const rows = [
    { when: "2024-01-05", k: "ñ", x: 1.5 },
    { when: "2024-01-06", k: null, x: 2 },
    { when: "2024-01-07", k: "b", x: null },
  ];
  const list = JSON.stringify(rows);
  const lines = `${rows.map((row) => JSON.stringify(row)).join("\r\n")}\r\n`;
  const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
  test.each<[string, string, Uint8Array | string]>([
    ["a list", "t.json", list],
    ["a list with a mark", "t.json", `\ufeff${list}`],
    ["lines", "t.ndjson", lines],
    ["lines with a mark", "t.jsonl", `\ufeff${lines}`],
    ["a list in UTF-16", "t.json", utf16(list)],
    ["lines in UTF-16", "t.json", utf16(lines)],
    ["a list in Latin-1", "t.json", Buffer.from(list, "latin1")],
    [
      "objects over several lines",
      "t.json",
      rows.map((row) => JSON.stringify(row, null, 2)).join("\n"),
    ],
    ["a list under another name", "t.csv", list],
    ["lines under another name", "t.txt", lines],
  ])("%s", async (_, name, content) => {
    const path = file(content, name);
    const source = await open(path);
    expect(kinds(source)).toMatchObject({
      when: expect.stringMatching(/^date/),
      k: expect.stringMatching(/^category/),
      x: "number feature",
    });
    expect(source.detected.format).toBe("json");
    const { numeric, text } = await rowsOf(source, { numeric: ["x"], text: ["k"] });
    expect([numeric, text]).toEqual([[1.5, 2, Number.NaN], [["ñ", "", "b"]]]);
    const bytes = await openTable(readFileSync(path));
    expect(bytes.rows).toBe(3);
    await bytes.dispose();
  });

  test("what is no JSON is none, whatever it is called", async () => {
    const source = await open(file("a,b\n1,2\n3,4\n5,7\n", "t.json"));
    expect([source.rows, source.detected.format]).toEqual([3, "csv"]);
  });

  test("numbers and texts in one column are texts without quotes", async () => {
    const cells = [1.5, "n/a", 2, "x", null, true, 'say "so"'];
    const source = await open(file(JSON.stringify(cells.map((a, i) => ({ a, b: i }))), "t.json"));
    const { text } = await rowsOf(source, { text: ["a"] });
    expect(text[0]).toEqual(["1.5", "n/a", "2", "x", "", "true", 'say "so"']);
  });

  test("of a nested column only the beginning of its type is told", async () => {
    const wide = Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`field_${i}`, i]));
    const source = await open(
      file(
        JSON.stringify([
          { a: wide, b: 1 },
          { a: wide, b: 2 },
        ]),
        "t.json",
      ),
    );
    const [column] = source.columns;
    expect(column).toMatchObject({ role: "ignore", why: { code: "why_nested" } });
    expect(noteText(column!.why).length).toBeLessThan(100);
  });

  describe("in another shape than rows", () => {
    const names = ["10", "2", "x"];
    const cells = [
      ["1.50", '"a"', "123456789012345678"],
      ["2.25", '"b, {\\"c\\": 1}"', "223456789012345678"],
      ["null", '"d"', "323456789012345679"],
    ];
    const object = (keys: readonly string[], values: readonly string[]) =>
      `{${keys.map((key, i) => `"${key}": ${values[i]}`).join(", ")}}`;
    const columnOf = (j: number) => cells.map((row) => row[j]!);
    const objects = cells.map((row) => object(names, row));
    const quoted = names.map((name) => `"${name}"`);
    const listed = `[${cells.map((row) => `[${row.join(",")}]`).join(",\n")}]`;
    const places = ["7", "3", "5"];
    test.each<[string, string, string | null]>([
      [
        "pandas, columns",
        object(
          names,
          names.map((_, j) => object(places, columnOf(j))),
        ),
        "json_columns",
      ],
      [
        "pandas, index",
        object(
          ["0", "1", "2"],
          objects.map((each) => each.replace('"10"', '"ten"').replace('"2"', '"two"')),
        ),
        "json_rows",
      ],
      ["pandas, split", `{"columns": [${quoted}], "index": [0, 1, 2], "data": ${listed}}`, null],
      ["pandas, table", `{"schema": {"fields": []}, "data": [${objects}]}`, "json_list"],
      ["pandas, values", listed, null],
      ["lists with names above", `[[${quoted}], ${listed.slice(1)}`, null],
      [
        "a list for each column",
        object(
          names,
          names.map((_, j) => `[${columnOf(j)}]`),
        ),
        null,
      ],
      [
        "rows beside other things",
        `{"total": 3, "items": [${objects}], "next": null}`,
        "json_list",
      ],
      [
        "GeoJSON",
        `{"type": "FeatureCollection", "features": [${objects.map((each) => `{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": ${each}}`)}]}`,
        "json_list",
      ],
      ["objects by name", object(["ES", "PT", "FR"], objects), "json_rows"],
    ])("%s", async (title, text, code) => {
      const source = await open(file(text, "t.json"));
      const found = namesOf(source).filter((name) => name !== "index");
      const [first, second, third] = found as [string, string, string];
      expect([source.rows, found.length]).toEqual([3, 3]);
      if (!title.endsWith("index"))
        expect(found).toEqual(
          title.endsWith("values") ? ["column_1", "column_2", "column_3"] : names,
        );
      expect((await rowsOf(source, { numeric: [first] })).numeric).toEqual([1.5, 2.25, Number.NaN]);
      expect((await rowsOf(source, { text: [second, third] })).text).toEqual([
        ["a", 'b, {"c": 1}', "d"],
        ["123456789012345678", "223456789012345678", "323456789012345679"],
      ]);
      const said = source.notes.map((note) => note.code).filter((each) => each.startsWith("json_"));
      expect(said).toEqual(code === null ? [] : [code]);
    });

    test("one object of values is a row", async () => {
      expect((await open(file('{"a": 1, "b": "x"}', "t.json"))).rows).toBe(1);
    });

    test.each<[string, string, string]>([
      ["several lists of rows", '{"a": [{"x": 1}], "b": [{"y": 1}]}', "json_several"],
      ["lists of several lengths", "[[1, 2], [3]]", "json_ragged"],
      ["an empty object", "{}", "file_no_rows"],
      ["an empty list", "[]", "file_no_rows"],
      ["a text that ends early", '[{"a": 1}, {"a": ', "file_unreadable"],
      ["the same name twice", '[{"a": 1, "a": 2}]', "file_unreadable"],
    ])("%s is refused", async (_, text, code) => {
      const path = file(text, "t.json");
      await expect(openTable(path)).rejects.toMatchObject({ code });
      const { err } = await espejo(["inspect", path]);
      expect(err).not.toMatch(/Error:|\/espejo-\w+\//);
    });
  });
});

test("a damaged Parquet file is named without DuckDB's own words for errors", async () => {
  const error = await refused(Buffer.from("PAR1 nothing of the kind PAR1"));
  expect(error.code).toBe("file_unreadable");
  expect(error.message).not.toContain("Error:");
});

test("more columns of Parquet than one query streams are read as few are", async () => {
  const wide = 1100;
  const path = join(folder(), "wide.parquet");
  const cells = Array.from({ length: wide }, (_, j) => `(i * ${j + 1} / 8)::DOUBLE AS n${j}`);
  const database = await DuckDBInstance.create();
  const connection = await database.connect();
  await connection.run(
    `COPY (SELECT ${cells.join(", ")}, 'k' || i % 3 AS k FROM range(70) t(i)) TO '${path}' (FORMAT parquet)`,
  );
  connection.closeSync();
  database.closeSync();
  const source = await open(path);
  const numeric = Array.from({ length: wide }, (_, j) => `n${wide - 1 - j}`);
  const found = await rowsOf(source, { numeric, categories: ["k"] }, 32);
  expect(found.rows).toBe(70);
  expect(found.numeric).toEqual(
    Array.from({ length: 70 }, (_, i) => numeric.map((_, j) => (i * (wide - j)) / 8)).flat(),
  );
  expect(found.categories).toEqual(Array.from({ length: 70 }, (_, i) => `k${i % 3}`));
});
