import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { espejo, fileIn, folder, namesIn, smallTable } from "./helpers.ts";

const linesOf = (place: string, name: string): readonly string[] =>
  readFileSync(join(place, name), "utf8").trimEnd().split("\n");

/** A table with gaps: every ninth row lacks its first cell. */
const gappy = (): string =>
  smallTable(180)
    .split("\n")
    .map((line, i) => (i % 9 === 4 ? line.replace(/^[^,]*/, "") : line))
    .join("\n");

describe("denoise", () => {
  test("fills the gaps of a table, lists them, and tells how well", async () => {
    const place = folder();
    fileIn(place, "t.csv", gappy());
    await espejo(["train", "t.csv", "--epochs", "20", "-o", "m.onnx"], { in: place });
    const call = await espejo(
      ["denoise", "t.csv", "-m", "m.onnx", "-o", "full.csv", "--changes", "changes.csv"],
      { in: place },
    );
    expect(call.code, call.err).toBe(0);
    const [head, ...changes] = linesOf(place, "changes.csv");
    expect(head).toBe("row,column,before,after,why");
    expect(changes[0]).toMatch(/^4,a,,[\d.]+,missing$/);
    expect(call.err).toContain(`a: gaps filled: ${changes.length}`);
    expect(call.err).toMatch(/hidden cells of these data were filled with RMSE/);
    const [before, after] = [gappy().trimEnd().split("\n"), linesOf(place, "full.csv")];
    expect(after).toHaveLength(before.length);
    const cells = (line: string) =>
      line.split(",").map((cell) => (Number.isNaN(Number(cell)) ? cell : Number(cell)));
    after.forEach((line, i) => {
      if (i > 0) expect(cells(line).slice(1)).toEqual(cells(before[i]!).slice(1));
      expect(line).not.toMatch(/^,/);
    });

    const told = await espejo(
      ["denoise", "t.csv", "-m", "m.onnx", "-o", "x.csv", "--rounds", "2", "--json"],
      { in: place },
    );
    const answer = JSON.parse(told.out);
    expect(answer).toMatchObject({ schemaVersion: 1, output: "x.csv", count: 180, rounds: 2 });
    expect(answer.changes).toMatchObject([{ column: "a", filled: changes.length, replaced: 0 }]);

    const check = await espejo(["denoise", "t.csv", "-m", "m.onnx", "--check"], { in: place });
    expect(check.out).toMatch(/autoencoder +10 +\d\.\d{3}/);
    expect(check.out).toMatch(/median +\d\.\d{3}/);

    const refusals: [readonly string[], RegExp, number][] = [
      [["--changes", "c.txt"], /--changes: a file that ends in/, 2],
      [["--outliers", "-3"], /--outliers: a number > 0/, 2],
      [["--clean", "none.csv"], /none.csv: no such file/, 3],
    ];
    const names = namesIn(place);
    for (const [words, text, code] of refusals) {
      const call = await espejo(["denoise", "t.csv", "-m", "m.onnx", "-o", "y.csv", ...words], {
        in: place,
      });
      expect(call.err).toMatch(text);
      expect(call.code).toBe(code);
      expect(namesIn(place)).toEqual(names);
    }
  });

  test("keeps the sizes and names of the images of a folder", async () => {
    const place = folder();
    const picture = (name: string, height: number, width: number, channels: 1 | 3 = 1) => {
      const pixels = Uint8Array.from(
        { length: height * width * channels },
        (_, k) => (k * 37) % 256,
      );
      return sharp(pixels, { raw: { height, width, channels } }).png().toFile(join(place, name));
    };
    for (const name of ["small", "mixed", "mixed/sub"]) mkdirSync(join(place, name));
    for (let i = 0; i < 30; i++) await picture(`small/${i}.png`, 12, 12);
    await picture("mixed/a.png", 12, 12);
    await picture("mixed/sub/b.png", 30, 17, 3);
    const trained = await espejo(["train", "small", "--epochs", "2", "-o", "m.onnx"], {
      in: place,
    });
    expect(trained.code, trained.err).toBe(0);
    const words = ["denoise", "mixed", "-m", "m.onnx", "--clean", "mixed"];
    const call = await espejo([...words, "-o", "done"], { in: place });
    expect(call.code, call.err).toBe(0);
    expect(call.out).toMatch(/^PSNR Infinity dB before, [\d.]+ dB after; SSIM 1.0000 before/);
    expect(call.err).toContain("1 of them are not of the size of the model, 12 x 12");
    const sizes = await sharp(join(place, "done/sub/b.png")).metadata();
    expect([sizes.height, sizes.width, sizes.channels]).toEqual([30, 17, 3]);
    expect(namesIn(join(place, "done"))).toEqual(["a.png", "sub"]);

    const names = namesIn(place);
    for (const [output, text] of [
      ["all.npz", /images of a folder keep their own sizes/],
      ["all.txt", /a folder, or a file that ends in .npy/],
    ] as const) {
      const refused = await espejo([...words, "-o", output], { in: place });
      expect(refused.err).toMatch(text);
      expect(refused.code).toBe(2);
    }
    const other = await espejo([...words.slice(0, -1), "small", "-o", "x"], { in: place });
    expect(other.err).toMatch(/small: 30 rows, but 2 noisy ones/);
    expect(namesIn(place)).toEqual(names);
  });
});
