import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { espejo, fileIn, folder, smallTable } from "./helpers.ts";

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
    expect(err).toContain("name another one with --run, or only the file of the model with -o");
    expect(code).toBe(1);
  });
});
