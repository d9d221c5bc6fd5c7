import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { espejo, fileIn, folder, namesIn, smallTable } from "./helpers.ts";
import { runContents } from "./run-contents.ts";

const lines = (text: string): readonly string[] => text.trimEnd().split("\n");

describe("espejo runs", () => {
  let place: string;
  const call = (...words: readonly string[]) => espejo(["runs", ...words], { in: place });
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), "espejo-runs-"));
    fileIn(place, "t.csv", smallTable());
    const common = ["t.csv", "--label", "odd"];
    for (const [words, run] of [
      [["train", ...common, "--epochs", "3"], "runs/a"],
      [["train", ...common, "--epochs", "5", "--hidden", "8", "-o", "m.onnx"], "runs/b"],
      [["detect", ...common, "--alone", "--epochs", "5", "-o", "ranked.csv"], "runs/c"],
      [["detect", ...common, "--alone", "--epochs", "2"], "runs/d"],
    ] as const) {
      const { code, err } = await espejo([...words, "--run", run], { in: place });
      if (code !== 0) throw new Error(err);
    }
    rmSync(join(place, "runs/d/summary.json"));
    mkdirSync(join(place, "runs/no run"));
    mkdirSync(join(place, "runs/damaged"));
    writeFileSync(join(place, "runs/damaged/config.json"), '{"data": 5}');
  }, 60_000);
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  test("lists them: which command made each, how far it is, and in what they differ", async () => {
    const { code, out, err } = await call();
    expect(code).toBe(0);
    const [head, ...rows] = lines(out).map((line) => line.trim().split(/ {2,}/));
    expect(head).toEqual([
      ...["run", "command", "data", "state", "kind", "epochs", "validation loss", "ROC AUC"],
      ...["average precision", "ROC AUC of PCA", "flagged", "what differs"],
    ]);
    const byName = new Map(rows.map((row) => [row[0], row]));
    expect([...byName.keys()].sort()).toEqual(["a", "b", "c", "d"].map((n) => join("runs", n)));
    const of = (name: string) => byName.get(join("runs", name))!;
    expect(of("a").slice(1, 6)).toEqual(["train", "t.csv", "done", "basic", "3"]);
    expect(of("a").at(-1)).toBe("--epochs 3");
    expect(of("b").at(-1)).toBe("--epochs 5 --hidden 8");
    expect(of("c").slice(1, 6)).toEqual(["detect", "t.csv", "done", "ensemble", "5"]);
    expect(of("c").at(-2)).toMatch(/^\d+$/);
    expect(of("d").slice(1, 6)).toEqual(["detect", "t.csv", "unfinished", "-", "2"]);
    expect(err).toContain(`${join("runs", "damaged", "config.json")}: no run can be read there`);
    expect((await call("runs", "--lang", "es")).err).toContain("no es la carpeta");
  });

  test("sets some side by side: what differs, the best of each figure, PCA, and their verdicts", async () => {
    const { code, out } = await call("--compare", "runs/a,runs/b,runs/c");
    expect(code).toBe(0);
    const rows = lines(out).map((line) => line.trim().split(/ {2,}/));
    expect(rows[0]).toEqual(["run", "runs/a", "runs/b", "runs/c"]);
    const of = (name: string) => rows.find(([first]) => first === name)?.slice(1);
    expect(of("data")).toBe(undefined);
    expect(of("command")).toEqual(["train", "train", "detect"]);
    expect(of("kind")).toEqual(["basic", "basic", "ensemble"]);
    expect(of("--hidden")).toEqual(["-", "8", "-"]);
    expect(of("--label")).toBe(undefined);
    expect(of("ROC AUC of PCA")).toHaveLength(3);
    expect(of("error of PCA")?.every((error) => Number(error) > 0)).toBe(true);
    const told = JSON.parse((await call("--compare", "runs/a,runs/b", "--json")).out);
    const losses = told.figures.find(({ name }: never) => name === "validationLoss");
    const least = Math.min(...losses.values);
    expect(losses.best).toEqual([losses.values.indexOf(least)]);
    expect(told.fair).toBe(true);
    expect((await call("--compare", "runs/a,runs/none")).err).toContain("runs/none");
  });

  test("shows one, with what it came to and how it goes on", async () => {
    const { out } = await call("runs/a");
    expect(out).toMatch(/^runs\/a: espejo train on t\.csv, begun \d{4}-\d\d-\d\d \d\d:\d\d UTC$/m);
    expect(out).toContain("with --label odd --epochs 3\n");
    expect(out).toContain("done: basic, 3 epochs, the best of them ");
    expect(out).toMatch(/^ROC AUC [01]\.\d{3} /m);
    expect(out).toContain(`model: ${join("runs/a", "model.onnx")}`);
    const early = await call("runs/d");
    expect(early.out).toContain("unfinished after 2 epochs");
    expect(early.out).toContain("to go on: espejo detect --resume runs/d");
    expect(early.out).not.toContain("ROC AUC");
  });

  test("shows the first rows of a ranking as detect does", async () => {
    const { out, err } = await call("runs/c");
    const ranked = lines(readFileSync(join(place, "ranked.csv"), "utf8")).slice(1);
    const shown = lines(out).filter((line) => /^\d+\. row /.test(line));
    expect(shown).toHaveLength(10);
    shown.slice(0, ranked.length).forEach((line, i) => {
      const [rank, row, score] = ranked[i]!.split(",");
      expect(line).toContain(`${rank}. row ${row}  score ${Number(score).toPrecision(4)}  `);
    });
    expect(err).toContain("... 230 more: --from goes on");
  });

  test("writes what detect wrote, and more of it", async () => {
    const { code, err } = await call("runs/c", "--flagged", "-o", "again.csv");
    expect(code, err).toBe(0);
    const ranked = readFileSync(join(place, "ranked.csv"), "utf8");
    expect(readFileSync(join(place, "again.csv"), "utf8")).toBe(ranked);
    await call("runs/c", "-o", "all.csv");
    const all = readFileSync(join(place, "all.csv"), "utf8");
    expect(lines(all)).toHaveLength(241);
    expect(all.startsWith(ranked)).toBe(true);
    const some = await call("runs/c", "--from", "3", "--top", "4", "--format", "csv");
    expect(lines(some.out)).toEqual([lines(all)[0], ...lines(all).slice(3, 7)]);
    const rows = await call("runs/c", "--by", "row", "--reverse", "--top", "2", "--format", "csv");
    expect(lines(rows.out).map((line) => line.split(",")[1])).toEqual(["row", "240", "239"]);
  });

  test("answers as JSON: a run with a page of its ranking and its histogram, or all runs", async () => {
    const told = JSON.parse((await call("runs/c", "--json", "--top", "3", "--among", "test")).out);
    expect(told).toMatchObject({ command: "detect", state: "done", count: 3, folder: "runs/c" });
    expect(told.total).toBe(told.scores.all.rows);
    expect(told.rows.map(({ rank }: { rank: number }) => rank)).toEqual([
      ...told.rows.map(({ rank }: { rank: number }) => rank).sort((a: number, b: number) => a - b),
    ]);
    expect(told.scores.counts).toHaveLength(60);
    expect(told.summary.verdicts[0].message).toBeTypeOf("string");
    const { runs, damaged } = JSON.parse((await call("--json")).out);
    expect(runs).toHaveLength(4);
    expect(damaged).toHaveLength(1);
    expect(JSON.parse((await call("runs/d", "--json")).out)).toMatchObject({
      ...{ state: "unfinished", summary: null },
    });
  });

  test("counts above a threshold, and tells what the label calls these", async () => {
    const told = JSON.parse((await call("runs/c", "--json", "--above", "1.5")).out);
    const { above, all } = told.scores;
    const { out } = await call("runs/c", "--above", "1.5");
    expect(out).toContain(
      `${above.rows} of 240 rows have a score above 1.5: ${above.anomalies} of ${all.anomalies} that the label calls anomalies, ${above.normals} of ${all.normals} normal ones`,
    );
    expect(above.rows).toBe(told.total);
  });

  test.each([
    [["nowhere"], 3, "nowhere: no run can be read there: it is not there"],
    [["t.csv"], 3, "t.csv: no run can be read there: it is a file, not a folder"],
    [["runs/damaged"], 3, "config.json: no run can be read there: it is not the folder of a run"],
    [["runs/a", "--top", "3"], 3, "runs/a: a run of espejo train, which ranks no rows"],
    [["runs/d", "--flagged"], 3, "runs/d: the run has not come to its ranking"],
    [["runs/c", "--by", "scor"], 3, 'did you mean "score"'],
    [["runs/c", "--from", "0"], 2, "--from"],
    [["runs/c", "--among", "tset"], 2, "--among: one of train, validate"],
    [["runs/c", "-o", "rows.xyz"], 2, "-o"],
    [["runs/c", "runs/d"], 2, "one argument too many"],
  ])("refuses %j", async (words, exit, says) => {
    const { code, out, err } = await call(...words);
    expect(err).toContain(says);
    expect(code).toBe(exit);
    expect(out).toBe("");
  });

  test("says where no run lies", async () => {
    const { code, out, err } = await espejo(["runs", "."], { in: folder() });
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toContain("no run lies in .");
  });
});

test.each(Object.entries(runContents))(
  "espejo runs writes what detect wrote of %s, in either language",
  async (_, { data, words, write }) => {
    const place = folder();
    await write(place);
    for (const lang of ["en", "es"]) {
      const call = ["detect", data, ...words, "--run", "r", "-o", "ranked.csv", "--lang", lang];
      expect((await espejo(call, { in: place })).code).toBe(0);
      const ranked = readFileSync(join(place, "ranked.csv"), "utf8");
      const top = ["--top", String(Math.max(1, lines(ranked).length - 1)), "--lang", lang];
      await espejo(["runs", "r", ...top, "-o", "again.csv"], { in: place });
      const again = readFileSync(join(place, "again.csv"), "utf8");
      if (lines(ranked).length > 1) expect(again).toBe(ranked);
      else expect(lines(again)[0]).toBe(lines(ranked)[0]);
    }
    const { out, code } = await espejo(["runs", "r"], { in: place });
    expect(code).toBe(0);
    expect(lines(out).filter((line) => /^\d+\. /.test(line))).not.toEqual([]);
    expect(namesIn(place)).toContain("again.csv");
  },
);
