import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openArrays } from "../../src/data/arrays/open-arrays.ts";
import { openTable } from "../../src/data/tables/open.ts";
import { espejo, fileIn, folder, namesIn, smallTable } from "./helpers.ts";

describe("compress and decompress", () => {
  test("pack a table and give it back, with what stood around it", async () => {
    const place = folder();
    const [head, ...rows] = smallTable(200).trimEnd().split("\n");
    const codes = "codes:,1,2,3,,1";
    fileIn(
      place,
      "t.csv",
      `day,${head}\n${codes}\n${rows.map((r, i) => `${(i % 28) + 1}/1/${1990 + Math.floor(i / 28)},${r}`).join("\n")}\n`,
    );
    const trained = await espejo(["train", "t.csv", "--epochs", "5", "-o", "m.onnx"], {
      in: place,
    });
    expect(trained.code, trained.err).toBe(0);
    const packed = await espejo(
      ["compress", "t.csv", "-m", "m.onnx", "-o", "t.espc", "--lossless"],
      {
        in: place,
      },
    );
    expect(packed.code, packed.err).toBe(0);
    expect(packed.out).toMatch(/^200 rows in [\d,]+ bytes/);
    expect(packed.out).toContain("every number comes back exactly");
    expect(packed.out).toMatch(
      /greatest error +autoencoder +PCA +no model\n +0 +[\d,]+ +[\d,]+ +[\d,]+/,
    );
    const back = await espejo(["decompress", "t.espc", "-m", "m.onnx", "-o", "back.csv"], {
      in: place,
    });
    expect(back.code, back.err).toBe(0);
    const cells = (path: string) =>
      readFileSync(`${place}/${path}`, "utf8")
        .trimEnd()
        .split("\n")
        .map((line) =>
          line
            .split(",")
            .map((cell) => (cell !== "" && Number.isFinite(Number(cell)) ? Number(cell) : cell)),
        );
    expect(cells("back.csv")).toEqual(cells("t.csv"));

    const told = await espejo(
      ["compress", "t.csv", "-m", "m.onnx", "-o", "u.espc", "--max-error", "0.1,a=2", "--json"],
      { in: place },
    );
    const answer = JSON.parse(told.out);
    expect(answer).toMatchObject({ schemaVersion: 1, output: "u.espc", rows: 200 });
    expect(answer.errors.find(({ name }: { name: string }) => name === "a").allowed).toBe(2);
    expect(answer.rates.rates).toHaveLength(1);
  });

  test.each(["csv", "npy", "npz", "parquet"])(
    "give windows of numbers far from 0 back exactly, as .%s",
    async (ending) => {
      const place = folder();
      const values = Array.from({ length: 60 }, (_, i) =>
        (1_600_000_000 + 9 * Math.sin(i)).toFixed(2),
      );
      fileIn(place, "t.csv", `meter\n${values.join("\n")}\n`);
      const call = (...args: string[]) => espejo(args, { in: place });
      const windows = ["--window", "6", "--stride", "6", "--kind", "basic"];
      await call("train", "t.csv", ...windows, "--epochs", "1", "-o", "m.onnx");
      const packed = await call("compress", "t.csv", "-m", "m.onnx", "-o", "t.espc", "--lossless");
      expect(packed.out, packed.err).toContain("every number comes back exactly");
      const back = await call("decompress", "t.espc", "-m", "m.onnx", "-o", `back.${ending}`);
      expect(back.code, back.err).toBe(0);
      const found: number[] = [];
      if (ending === "csv" || ending === "parquet") {
        const table = await openTable(`${place}/back.${ending}`);
        const numeric = Array.from({ length: 6 }, (_, i) => `cell_${i + 1}`);
        for await (const batch of table.batches({ numeric, categories: [] }))
          found.push(...batch.numeric);
        await table.dispose();
      } else {
        const arrays = await openArrays(`${place}/back.${ending}`);
        for await (const { x } of arrays.batches()) found.push(...x);
        await arrays.dispose();
      }
      expect(found).toEqual(values.map(Number));
    },
  );

  test("say what is wrong with an option or a file, and write nothing", async () => {
    const place = folder();
    fileIn(place, "t.csv", smallTable(60));
    await espejo(["train", "t.csv", "--epochs", "2", "-o", "m.onnx"], { in: place });
    const before = namesIn(place);
    const refused = async (words: readonly string[], code: number, text: RegExp) => {
      const call = await espejo(words, { in: place });
      expect(call.err).toMatch(text);
      expect(call.code).toBe(code);
      expect(namesIn(place)).toEqual(before);
    };
    const compress = ["compress", "t.csv", "-m", "m.onnx"];
    await refused(compress, 2, /-o needs a value, as in espejo compress data.csv/);
    await refused(
      [...compress, "-o", "t.espc", "--max-error", "-1"],
      2,
      /--max-error: a number of/,
    );
    await refused(
      [...compress, "-o", "t.espc", "--max-error", "a=b"],
      2,
      /--max-error: a number of/,
    );
    await refused([...compress, "-o", "t.espc", "--max-error", "q=1"], 3, /no column "q"; did you/);
    await refused([...compress, "-o", "t.espc", "--max-error", "place=1"], 2, /"place" has no gre/);
    await refused([...compress, "-o", "no/t.espc"], 1, /no\/t.espc could not be written/);
    await refused(["decompress", "t.csv", "-o", "x.csv"], 3, /t.csv: not a file that espejo comp/);
    await refused(["decompress", "none.espc", "-o", "x.csv"], 3, /none.espc: no such file/);
  });
});
