import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { openTable } from "../../src/data/tables/open.ts";
import { espejo } from "../cli/helpers.ts";
import { zip } from "./arrays.ts";
import { file, open, rowsOf } from "./helpers.ts";
import { rawFrame, swellingFrame } from "./zstd.ts";

describe("a table that is packed is unpacked", () => {
  const csv = `a,b\n${Array.from({ length: 30 }, (_, i) => `${i * 1.5},k${i % 3}`).join("\n")}\n`;
  /** As zstd 1.5 writes it at level 19. */
  const zst = Buffer.from(
    "KLUv/QRo/QIAIoUNDtDnEQOju7u3TEm2ASNQ9FEAN1tZ+RC3v6+T4WC260Iq+rpV1lGhB3skWEYfnT0KoKyj4iET" +
      "GKgQULzT3gGgXhAPEEjoA1BQyIMmD1h+b87A2HOV2xdKWdjOYwogzbid",
    "base64",
  );
  const json = JSON.stringify([
    { a: 1.5, b: "x" },
    { a: 2.5, b: "y" },
    { a: 4, b: "x" },
  ]);
  const workbook = (): Buffer =>
    zip({ "[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>" });

  test.each<[string, Uint8Array | string]>([
    ["t.csv.gz", gzipSync(csv)],
    ["t.csv.zst", zst],
    [
      "t.zst",
      Buffer.concat([
        Buffer.from("502a4d18020000007a7a", "hex"),
        rawFrame(csv.slice(0, 40)),
        rawFrame(csv.slice(40)),
      ]),
    ],
    ["t.zip", zip({ "t.csv": csv })],
    [
      "t.csv.zip",
      zip({
        "folder/t.csv": csv,
        "__MACOSX/folder/._t.csv": "x",
        "folder/.DS_Store": "y",
        "folder/": "",
      }),
    ],
    ["t.any", zip({ "t.csv.gz": gzipSync(csv) })],
  ])("%s", async (name, content) => {
    const source = await open(file(content, name));
    expect([source.rows, source.detected.format]).toEqual([30, "csv"]);
    expect((await rowsOf(source, { numeric: ["a"] })).numeric[29]).toBe(43.5);
    expect(source.notes.map(({ code }) => code)).not.toContain("archive_chosen");
    const bytes = await openTable(Buffer.from(content as Uint8Array));
    expect(bytes.rows).toBe(30);
    await bytes.dispose();
  });

  test("the file inside says by its name what it is", async () => {
    const source = await open(file(zip({ "t.json": json }), "data.zip"));
    expect([source.rows, source.detected.format]).toEqual([3, "json"]);
  });

  test("beside other files, the only table is read, and said", async () => {
    const path = file(zip({ "README.txt": "about", "t.csv": csv, LICENSE: "free" }), "kaggle.zip");
    const source = await open(path);
    expect(source.rows).toBe(30);
    expect(source.notes[0]).toEqual({
      code: "archive_chosen",
      parameters: { name: "t.csv", others: "README.txt, LICENSE" },
    });
  });

  test("of several tables one is named, by its path in the archive", async () => {
    const path = file(zip({ "d/one.csv": csv, "d/two.csv": "x,y\n1,2\n3,4\n" }), "all.zip");
    await expect(open(path)).rejects.toMatchObject({
      code: "archive_several",
      parameters: { count: 2, names: "d/one.csv, d/two.csv", example: `${path}/d/one.csv` },
    });
    for (const inside of ["d/two.csv", "two.csv"])
      expect((await open(`${path}/${inside}`)).columns.map(({ name }) => name)).toEqual(["x", "y"]);
    await expect(open(`${path}/d/tow.csv`)).rejects.toMatchObject({
      code: "archive_entry",
      parameters: { nearest: "d/two.csv" },
    });
    expect((await espejo([`${path}/two.csv`])).out).toContain("x       number");
    const { code, err } = await espejo(["inspect", "-"], {
      input: zip({ "1.csv": csv, "2.csv": csv }),
    });
    expect([code, err]).toEqual([3, expect.stringContaining("archive.zip/1.csv")]);
  });

  let layers: Uint8Array = gzipSync(csv);
  for (let i = 0; i < 5; i++) layers = gzipSync(layers);
  test.each<[string, string, Uint8Array]>([
    ["without a table", "archive_no_table", zip({ "a.md": "x", "b.md": "y" })],
    ["without a file", "archive_no_table", zip({ "a/": "" })],
    ["with a password", "archive_closed", zip({ "t.csv": csv }, { flags: 1 })],
    ["packed in a rare way", "archive_closed", zip({ "t.csv": csv }, { method: 9 })],
    ["damaged zip", "archive_damaged", zip({ "t.csv": csv }).subarray(0, 90)],
    ["damaged gzip", "archive_damaged", gzipSync(csv).subarray(0, 60)],
    ["damaged zstd", "archive_damaged", Buffer.from(rawFrame(csv)).fill("#", 40, 41)],
    ["zstd that is cut short", "archive_damaged", zst.subarray(0, 60)],
    ["zip that would swell", "archive_swollen", zip({ "t.csv": csv }, { lie: 4_000_000_000 })],
    ["zstd that would swell", "archive_swollen", swellingFrame(3000)],
    ["packed over and over", "archive_layers", layers],
  ])("%s: %s", async (_, code, content) => {
    await expect(openTable(file(content, "t.zip"))).rejects.toMatchObject({ code });
  });

  test("a workbook, arrays and documents stay what they are, though they are zip archives", async () => {
    await expect(open(file(workbook(), "t.zip"))).rejects.toMatchObject({ code: "sheet_empty" });
  });
});
