import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Call, espejo, fileIn, folder, namesIn, smallTable } from "./helpers.ts";

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
    expect(head).toBe("row,column,before,after,why,way");
    expect(changes[0]).toMatch(/^4,a,,[\d.]+,missing,\w+$/);
    expect(call.err).toContain(`a: gaps filled: ${changes.length}`);
    expect(call.err).toMatch(/hidden cells of these data were filled, column by column .* RMSE/);
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
    expect(answer.trial.columns[0]).toMatchObject({ column: "a", ways: [{ from: 0 }] });
    const stated = await espejo(
      ["denoise", "t.csv", "-m", "m.onnx", "-o", "x.csv", "--fill", "median", "--lang", "es"],
      { in: place },
    );
    expect(stated.err).toContain(`a: huecos rellenados: ${changes.length} (mediana)`);
    expect(answer).toMatchObject({ schemaVersion: 1, output: "x.csv", count: 180, rounds: 2 });
    expect(answer.changes).toMatchObject([{ column: "a", filled: changes.length, replaced: 0 }]);

    const check = await espejo(["denoise", "t.csv", "-m", "m.onnx", "--check"], { in: place });
    expect(check.out).toMatch(/autoencoder +10 +\d\.\d{3}/);
    expect(check.out).toMatch(/median +\d\.\d{3}/);

    const refusals: [readonly string[], RegExp, number][] = [
      [["--changes", "c.txt"], /--changes: a file that ends in/, 2],
      [["--fill", "interpolation"], /t.csv has no rows in time/, 2],
      [["--fill", "lines"], /--fill: one of autoencoder, pca, nearest/, 2],
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

  test("tells how near filled gaps of a series come to the clean steps, beside medians", async () => {
    const place = folder();
    const steps = Array.from({ length: 200 }, (_, i) => [Math.sin(i / 3), Math.cos(i / 3)]);
    const written = (hole: (i: number) => boolean): string => {
      const lines = steps.map(
        ([a, b], i) => `${i},${hole(i) ? "" : a!.toFixed(4)},${b!.toFixed(4)}`,
      );
      return `time,a,b\n${lines.join("\n")}\n`;
    };
    fileIn(
      place,
      "clean.csv",
      written(() => false),
    );
    fileIn(
      place,
      "holes.csv",
      written((i) => i % 10 === 4),
    );
    const words = ["train", "clean.csv", "--kind", "convolutional", "--window", "12"];
    // gaps of all the series are filled: no newest part is kept apart
    const whole = [...words, "--split", "random", "--epochs", "3", "-o", "m.onnx"];
    const trained = await espejo(whole, { in: place });
    expect(trained.code, trained.err).toBe(0);
    const call = ["denoise", "holes.csv", "-m", "m.onnx", "--clean", "clean.csv", "-o", "f.csv"];
    const gaps = await espejo([...call, "--gaps-only"], { in: place });
    expect(gaps.err).toMatch(
      /^20 filled numbers: 0\.\d{3} deviations from the clean data \(RMSE\), medians [01]\.\d{3}$/m,
    );
    expect(gaps.err).not.toContain("replaced");
    const all = await espejo([...call, "--json"], { in: place });
    const { rmse } = JSON.parse(all.out);
    expect(rmse.filled).toMatchObject({ cells: 20 });
    expect(rmse.replaced.cells).toBeGreaterThan(360);
    expect(rmse.replaced.before).toBe(0);
    const spanish = await espejo([...call, "--lang", "es"], { in: place });
    expect(spanish.err).toMatch(/^20 números rellenados: a .* \(RMSE\), las medianas a /m);
    expect(spanish.err).toMatch(/^3\d\d números sustituidos: a 0\.000 desviaciones .* antes/m);
  });

  test("tells how near replaced outliers of a table come to the clean cells", async () => {
    const place = folder();
    const clean = smallTable(180);
    fileIn(place, "clean.csv", clean);
    const spoilt = clean
      .split("\n")
      .map((line, i) => (i === 50 ? line.replace(/^[^,]*/, "500") : line));
    fileIn(place, "t.csv", spoilt.join("\n"));
    await espejo(["train", "clean.csv", "--epochs", "20", "-o", "m.onnx"], { in: place });
    const words = ["denoise", "t.csv", "-m", "m.onnx", "-o", "d.csv", "--clean", "clean.csv"];
    const { err } = await espejo([...words, "--outliers", "20"], { in: place });
    expect(err).toMatch(
      /^\d+ replaced numbers?: \d\d\.\d{3} deviations .* before \(RMSE\), \d\.\d{3} after$/m,
    );
    const none = await espejo(words, { in: place });
    expect(none.err).toContain("no number was changed that has a clean one to compare with");
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
    expect(call.err).toContain("1 of them is not of the size of the model, 12 x 12");
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
    expect(other.err).toMatch(/small: no image of the name of mixed\/a.png/);
    expect(namesIn(place)).toEqual(names);
  });

  describe("of grey images, noisy ones and their clean ones in folders and files", () => {
    const [rows, side] = [12, 12];
    const place = mkdtempSync(join(tmpdir(), "espejo-denoise-"));
    afterAll(() => rmSync(place, { recursive: true }));
    const run = (...words: readonly string[]) => espejo(words, { in: place });
    const grey = (i: number, noise: number): Uint8Array =>
      Uint8Array.from({ length: side * side }, (_, k) => 20 * i + ((k * k * (i + 3)) % noise));
    const idx = (name: string, noise: number) => {
      const head = [0, 0, 8, 3, 0, 0, 0, rows, 0, 0, 0, side, 0, 0, 0, side];
      const images = Array.from({ length: rows }, (_, i) => grey(i, noise));
      fileIn(place, name, Buffer.concat([Buffer.from(head), ...images]));
    };
    const folderOf = async (name: string, noise: number, nameOf: (i: number) => string) => {
      mkdirSync(join(place, name));
      for (let i = 0; i < rows; i++)
        await sharp(grey(i, noise), { raw: { height: side, width: side, channels: 1 } }).toFile(
          join(place, name, nameOf(i)),
        );
    };
    const psnr = ({ out }: Call) => Number(/^PSNR ([\d.]+) dB before/.exec(out)?.[1]);
    beforeAll(async () => {
      idx("clean.idx3", 1);
      idx("noisy.idx3", 35);
      // sharp writes these with three equal channels
      await folderOf("noisy", 35, (i) => `${i}.png`);
      await folderOf("clean", 1, (i) => `${i}.gif`);
      const { code, err } = await run("train", "noisy.idx3", "--epochs", "1", "-o", "m.onnx");
      expect(code, err).toBe(0);
    });
    const denoise = (data: string, clean: string, ...more: readonly string[]) => {
      rmSync(join(place, "out"), { recursive: true, force: true });
      return run("denoise", data, "-m", "m.onnx", "--clean", clean, "-o", "out", ...more);
    };

    test("an array becomes grey PNGs, whose names are in the order of its rows", async () => {
      const array = await denoise("noisy.idx3", "clean.idx3");
      expect(array.code, array.err).toBe(0);
      const names = namesIn(join(place, "out"));
      expect(names.slice(0, 2)).toEqual(["01.png", "02.png"]);
      expect(names.slice(-2)).toEqual(["11.png", "12.png"]);
      const read = await run("inspect", "out");
      expect(read.err).toContain("12 images of 12 x 12 x 1");
    });

    // elsewhere the system does not tell in a file
    test.skipIf(process.platform !== "linux")("no file that was read stays open", async () => {
      await denoise("noisy.idx3", "clean.idx3");
      const open = readdirSync("/proc/self/fd").map((each) => {
        const link = join("/proc/self/fd", each);
        return existsSync(link) ? readlinkSync(link) : "";
      });
      expect(open.filter((path) => path.startsWith(realpathSync(place)))).toEqual([]);
    });

    test("--channels brings both sides to the same channels", async () => {
      const array = await denoise("noisy.idx3", "clean.idx3");
      for (const clean of ["clean.idx3", "clean"]) {
        const call = await denoise("noisy", clean, "--channels", "1");
        expect(call.code, call.err).toBe(0);
        expect(psnr(call)).toBeCloseTo(psnr(array), 1);
        expect((await run("inspect", "out")).err).toContain("12 x 12 x 1");
      }
      const colour = await denoise("noisy.idx3", "clean", "--channels", "3");
      expect(psnr(colour), colour.err).toBeCloseTo(psnr(array), 1);
      expect((await run("inspect", "out")).err).toContain("12 x 12 x 3");
    });

    test("without it those of the model are compared, and images keep their own", async () => {
      const array = await denoise("noisy.idx3", "clean.idx3");
      const call = await denoise("noisy", "clean.idx3");
      expect(psnr(call), call.err).toBeCloseTo(psnr(array), 1);
      expect((await run("inspect", "out")).err).toContain("12 x 12 x 3");
    });

    test("two folders are paired by names, and a partner that is missing is named", async () => {
      const array = await denoise("noisy.idx3", "clean.idx3");
      // one more clean image, before all others
      cpSync(join(place, "clean"), join(place, "more"), { recursive: true });
      cpSync(join(place, "clean", "11.gif"), join(place, "more", "-1.gif"));
      expect(psnr(await denoise("noisy", "more"))).toBeCloseTo(psnr(array), 1);
      const trained = await run(
        "train",
        "noisy",
        "--clean",
        "more",
        "--epochs",
        "1",
        "-o",
        "n.onnx",
      );
      expect(trained.code, trained.err).toBe(0);
      rmSync(join(place, "more", "7.gif"));
      for (const words of [
        ["denoise", "-m", "m.onnx", "-o", "x"],
        ["train", "-o", "x.onnx"],
      ]) {
        const [command, ...rest] = words;
        const refused = await run(command!, "noisy", "--clean", "more", ...rest);
        expect(refused.err).toContain("more: no image of the name of noisy/7.png");
        expect(refused.code).toBe(3);
      }
      expect(namesIn(place)).not.toContain("x");
    });
  });
});
