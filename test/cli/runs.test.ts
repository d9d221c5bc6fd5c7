import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { espejo, fileIn, folder, namesIn, smallTable } from "./helpers.ts";

const train = ["train", "t.csv", "--ignore", "odd", "--epochs", "2", "-o", "m.onnx"];

describe("where runs cannot be written", () => {
  /** A file lies in the place of the folder: so not even who may write everywhere can make it. */
  function placeWithoutRuns(): string {
    const path = folder();
    fileIn(path, "t.csv", smallTable(60));
    fileIn(path, "runs", "");
    return path;
  }

  test("a training whose model goes elsewhere goes on without one, and says so", async () => {
    const path = placeWithoutRuns();
    const { code, err } = await espejo(train, { in: path });
    expect(err).toContain("runs cannot be written (it is a file, not a folder): no run is kept");
    expect(err).toContain("--run names a folder for it");
    expect(existsSync(join(path, "m.onnx"))).toBe(true);
    expect(code).toBe(0);
  });

  test.each([
    ["that is the place of the model", [], "runs"],
    ["that is stated", ["--run", "t.csv", "-o", "m.onnx"], "t.csv"],
  ])("a folder %s is an error that tells the cure", async (_, words, named) => {
    const { code, err } = await espejo([...train.slice(0, -2), ...words], {
      in: placeWithoutRuns(),
    });
    expect(err).toContain(
      `error: --run: the folder of the run, ${named}, cannot be written: it is a file`,
    );
    expect(err).toContain("name another one with --run, or leave that out and name a file with -o");
    expect(code).toBe(1);
  });
});

const placeWithTable = (rows = 60): string => {
  const path = folder();
  fileIn(path, "t.csv", smallTable(rows));
  return path;
};
const inRun = (path: string, name: string): string => readFileSync(join(path, "r", name), "utf8");

describe("a run of train", () => {
  test("keeps what came of it, in no language", async () => {
    const path = placeWithTable(240);
    const words = ["train", "t.csv", "--label", "odd", "--epochs", "2", "--run", "r", "--json"];
    const { out } = await espejo([...words, "--lang", "es"], { in: path });
    const { schemaVersion, event, model, verdicts, ...told } = JSON.parse(
      out.trimEnd().split("\n").at(-1)!,
    );
    const kept = JSON.parse(inRun(path, "summary.json"));
    expect(kept).toMatchObject({ kind: "basic", epochs: 2, stopped: "epochs" });
    expect(kept.evaluation.rocAuc).toBeGreaterThan(0);
    expect(kept).toEqual({
      ...told,
      verdicts: verdicts.map(({ message, ...rest }: { message: string }) => rest),
    });
    expect(JSON.parse(inRun(path, "config.json"))).toMatchObject({
      ...{ command: "train", data: "t.csv", options: { label: "odd", epochs: 2 } },
      began: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
  });

  test("goes to the usual folder where --run names none, in a call as in settings", async () => {
    const path = placeWithTable();
    const words = ["train", "t.csv", "--ignore", "odd", "--epochs", "1"];
    expect((await espejo([...words, "--run"], { in: path })).code).toBe(0);
    fileIn(path, "espejo.config.json", '{"run": true}');
    expect((await espejo(words, { in: path })).code).toBe(0);
    expect(namesIn(path)).toEqual(["espejo.config.json", "runs", "t.csv"]);
    expect(namesIn(join(path, "runs"))).toHaveLength(2);
    // what --run takes for its folder is no data
    const { code, err } = await espejo(["train", "--run", "t.csv"], { in: path });
    expect(code).toBe(2);
    expect(err).toContain("train needs DATA");
  });

  test("takes away what a former one left in its folder", async () => {
    const path = placeWithTable();
    const words = ["train", "t.csv", "--ignore", "odd", "--epochs", "2", "--run", "r"];
    expect((await espejo(words, { in: path })).code).toBe(0);
    fileIn(join(path, "r"), "checkpoint-basic.bin", "of a detection");
    fileIn(join(path, "r"), "notes.txt", "of a person");
    // it gets as far as its data
    fileIn(path, "t.csv", "a,b\n1,2\n");
    expect((await espejo(words, { in: path })).code).toBe(3);
    expect(namesIn(join(path, "r"))).toEqual(["config.json", "metrics.jsonl", "notes.txt"]);
  });

  test("takes away nothing that is of no run", async () => {
    const path = placeWithTable();
    fileIn(path, "model.onnx", "of a person");
    const words = ["train", "t.csv", "--ignore", "odd", "--epochs", "1", "--run", "."];
    const refused = await espejo(words, { in: path });
    expect(refused.code).toBe(1);
    expect(refused.err).toContain("are of no run; name another one with --run");
    fileIn(path, "config.json", '{"scripts": {}}');
    const spoken = await espejo(["detect", ...words.slice(1), "--lang", "es"], { in: path });
    expect(spoken.err).toContain("no son de ninguna ejecución");
    expect(namesIn(path)).toEqual(["config.json", "model.onnx", "t.csv"]);
  });

  test.each([
    ["values", smallTable(80)],
    ["labels", smallTable().replace(/,0\n/, ",1\n")],
  ])("is as it was where the %s of its data changed and it cannot go on", async (_, changed) => {
    const path = placeWithTable(240);
    const words = ["train", "t.csv", "--label", "odd", "--epochs", "2", "--run", "r"];
    expect((await espejo(words, { in: path })).code).toBe(0);
    const names = namesIn(join(path, "r"));
    const before = names.map((name) => inRun(path, name));
    fileIn(path, "t.csv", changed);
    expect((await espejo(["train", "--resume", "r"], { in: path })).code).toBe(3);
    expect(namesIn(join(path, "r"))).toEqual(names);
    expect(names.map((name) => inRun(path, name))).toEqual(before);
  });
});
