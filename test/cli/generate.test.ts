import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { wordsIn } from "../invocation/shells.ts";
import { espejo, fileIn, folder, namesIn, smallTable } from "./helpers.ts";

test("generate writes new rows of a table, and judges them", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable(200));
  const fit = (...words: readonly string[]) =>
    espejo(["train", "t.csv", "--epochs", "10", ...words], { in: place });
  await fit("-o", "plain.onnx");
  await fit("-o", "dreamer.onnx", "--kind", "variational");
  const run = (...words: readonly string[]) => espejo(["generate", ...words], { in: place });

  const dreamt = await run("-m", "dreamer.onnx", "--rows", "5", "-o", "new.csv", "--seed", "42");
  expect(dreamt.code, dreamt.err).toBe(0);
  expect(dreamt.err).toContain("saved new.csv: 5 rows");
  expect(dreamt.err).toContain(
    "new: 5 rows, from the prior of the variational model, with the noise of its",
  );
  const [head, ...rows] = readFileSync(join(place, "new.csv"), "utf8").trimEnd().split("\n");
  expect(head).toBe("a,b,c,place,odd");
  expect(rows).toHaveLength(5);
  for (const row of rows) expect(row).toMatch(/^-?[\d.]+,-?[\d.]+,-?[\d.]+,(north|south),[01]$/);

  const told = await run(
    "-m",
    "plain.onnx",
    "--data",
    "t.csv",
    "--quality",
    "--rows",
    "100",
    "--json",
  );
  const answer = JSON.parse(told.out);
  expect(answer).toMatchObject({
    schemaVersion: 1,
    count: 100,
    from: "mixture",
    noise: "residual",
  });
  expect(answer.quality.columns).toHaveLength(5);
  expect(told.err).toBe("");
});

describe("what generate cannot make is refused with a line that says why", () => {
  const place = mkdtempSync(join(tmpdir(), "espejo-generate-"));
  afterAll(() => rmSync(place, { recursive: true }));
  beforeAll(async () => {
    fileIn(place, "t.csv", smallTable(200));
    fileIn(place, "one.csv", smallTable(1));
    const train = ["train", "t.csv", "--epochs", "1"];
    await espejo([...train, "-o", "plain.onnx"], { in: place });
    await espejo([...train, "-o", "dreamer.onnx", "--kind", "variational"], { in: place });
  });

  test.each<[readonly string[], RegExp, number]>([
    [
      ["-m", "plain.onnx", "--data", "one.csv"],
      /^error: one\.csv: 1 row is too few to make new ones like: at least 2 rows are needed; give more rows with --data\n$/,
      3,
    ],
    [["-m", "dreamer.onnx", "--data", "one.csv", "--from-data"], /1 row is too few/, 3],
    [["-m", "dreamer.onnx", "--data", "one.csv", "--quality"], /1 row is too few/, 3],
    [["-m", "plain.onnx"], /kind basic does not know how its codes are distributed/, 2],
    [["-m", "dreamer.onnx", "--quality"], /--quality, .* need data/, 2],
    [["-m", "dreamer.onnx", "--report", "p.html"], /--report, .* need data/, 2],
    [["-m", "plain.onnx", "--data", "t.csv", "--between", "3"], /two rows or images/, 2],
    [["-m", "plain.onnx", "--data", "t.csv", "--between", "3,900"], /no row or image "900"/, 3],
    [["-m", "dreamer.onnx", "--rows", "0"], /--rows: a whole number >= 1/, 2],
    [["-m", "dreamer.onnx", "--noise", "loud"], /--noise: one of none, likelihood, residual/, 2],
    [[], /generate needs a model/, 2],
  ])("%j", async (words, text, code) => {
    const names = namesIn(place);
    const call = await espejo(["generate", "-o", "x.csv", ...words], { in: place });
    expect(call.err).toMatch(text);
    expect(call.code).toBe(code);
    expect(namesIn(place)).toEqual(names);
  });
});

test("generate writes images as a grid, a folder or an array", async () => {
  const place = folder();
  const head = Buffer.from([0, 0, 8, 3, 0, 0, 0, 60, 0, 0, 0, 6, 0, 0, 0, 5]);
  const pixels = Buffer.from(Uint8Array.from({ length: 60 * 30 }, (_, k) => (k * k * 7) % 256));
  fileIn(place, "i-idx3-ubyte", Buffer.concat([head, pixels]));
  const words = ["train", "i-idx3-ubyte", "--kind", "variational", "--epochs", "2", "-o", "m.onnx"];
  expect((await espejo(words, { in: place })).code).toBe(0);
  const run = (...more: readonly string[]) =>
    espejo(["generate", "-m", "m.onnx", ...more], { in: place });
  expect((await run("--rows", "7", "-o", "grid.png")).code).toBe(0);
  // three across and three down, a line around each
  const { height, width } = await sharp(join(place, "grid.png")).metadata();
  expect([height, width]).toEqual([3 * 7 + 1, 3 * 6 + 1]);
  await run("--rows", "3", "-o", "pictures");
  expect(namesIn(join(place, "pictures"))).toEqual(["1.png", "2.png", "3.png"]);
  const { err } = await espejo(["inspect", "pictures"], { in: place });
  expect(err).toContain("3 images of 6 x 5 x 1");
  const line = ["--data", "i-idx3-ubyte", "--between", "2,9", "--steps", "4", "-o", "line.npy"];
  expect((await run(...line)).err).toContain(
    "new: 4 images, on the straight line between the codes of 2 and 9",
  );
  expect(readFileSync(join(place, "line.npy")).toString("latin1")).toContain("(4, 6, 5, 1)");
});

test.each([
  ["a table", "t.csv", smallTable(300), []],
  [
    "windows",
    "w.csv",
    smallTable(300),
    ["--features", "a,b", "--window", "6", "--kind", "recurrent"],
  ],
])(
  "generate writes a page about rows of %s, whose commands make the same again",
  async (_, name, content, words) => {
    const place = folder();
    fileIn(place, name, content);
    const train = ["train", name, ...words, "--epochs", "3", "-o", "m.onnx"];
    expect((await espejo(train, { in: place })).code).toBe(0);
    const call = ["generate", "-m", "m.onnx", "--data", name, "--rows", "60", "--report", "p.html"];
    const made = await espejo(call, { in: place });
    expect(made.code, made.err).toBe(0);
    expect([made.out, namesIn(place)]).toEqual(["", ["m.onnx", "p.html", "runs", name].sort()]);
    expect(made.err).toContain("saved p.html");
    const page = readFileSync(join(place, "p.html"), "utf8");
    const commands = [...page.matchAll(/<pre><code>(espejo [\s\S]*?)<\/code>/g)].map(([, code]) =>
      code!.replace(/<\/?span[^>]*>/g, ""),
    );
    expect(commands.at(-1)).toBe(
      `espejo generate --rows 60 --data ${name} -m m.onnx --report p.html`,
    );
    expect(commands.some((line) => / -o generated\.(csv|npy)$/.test(line))).toBe(true);
    for (const line of commands) {
      const done = await espejo(wordsIn(line).slice(1), { in: place });
      expect(done.code, `${line}: ${done.err}`).toBe(0);
    }
    expect(readFileSync(join(place, "p.html"), "utf8")).toBe(page);
    const told = await espejo([...call, "--json", "--lang", "es"], { in: place });
    const answer = JSON.parse(told.out);
    expect(answer).toMatchObject({ count: 60, report: "p.html", quality: expect.any(Object) });
    expect(answer.summary).toHaveLength(3);
    expect(answer.next.map((each: { command: string }) => each.command)).toHaveLength(
      commands.length - 1,
    );
    expect(answer).not.toHaveProperty("rows");
  },
);

test("decode says of codes that cannot be read that they are taken as missing", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable(60));
  await espejo(["train", "t.csv", "--epochs", "1", "--latent", "1", "-o", "m.onnx"], { in: place });
  const numbers = Array.from({ length: 30 }, (_, i) => `${i},${i / 10}`);
  fileIn(place, "codes.csv", `n,latent_1\n${numbers.join("\n")}\n30,abc\n`);
  const call = await espejo(["decode", "codes.csv", "-m", "m.onnx", "-o", "d.csv"], { in: place });
  expect(call.err).toBe(
    'note: column "latent_1": 1 of 31 cells is no number, such as "abc" in line 32: taken as missing; --strict refuses that\nsaved d.csv: 31 rows\n',
  );
});
