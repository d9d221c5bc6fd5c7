import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCommands } from "../../src/cli/commands/load.ts";
import { generalOptions, nameOf } from "../../src/cli/options.ts";
import { readSettings } from "../../src/cli/settings.ts";
import { espejo, fileIn, folder, smallTable } from "./helpers.ts";

const commands = await loadCommands();

const option = (name: string) =>
  [...commands.flatMap(({ options }) => options), ...generalOptions].find(
    (row) => nameOf(row) === name,
  )!;

const settings = (config: unknown, env: Readonly<Record<string, string>> = {}) => {
  const place = folder();
  fileIn(place, "espejo.config.json", typeof config === "string" ? config : JSON.stringify(config));
  return readSettings(place, env, loadCommands, generalOptions);
};

test("the environment wins over the file, and a command's section over the rest of it", async () => {
  const config = { epochs: 30, train: { epochs: 50, hidden: [32, 16] }, score: { reasons: "all" } };
  const found = await settings(config, { ESPEJO_BATCH_SIZE: "64" });
  expect(found.valueOf(option("epochs"), "train")).toBe(50);
  expect(found.valueOf(option("epochs"))).toBe(30);
  expect(found.valueOf(option("hidden"), "train")).toEqual([32, 16]);
  expect(found.valueOf(option("batchSize"), "train")).toBe(64);
  expect(found.valueOf(option("reasons"), "train")).toBeUndefined();
  const over = await settings(config, { ESPEJO_EPOCHS: "7" });
  expect(over.valueOf(option("epochs"), "train")).toBe(7);
});

test("a section for a command is no value of an option of the same name", async () => {
  const found = await settings({ score: { reasons: "all" }, report: { color: "score" } });
  expect(found.valueOf(option("score"), "train")).toBeUndefined();
  expect(found.valueOf(option("report"), "train")).toBeUndefined();
  const both = await settings({ score: { reasons: "all" }, train: { score: "absolute" } });
  expect(both.valueOf(option("score"), "train")).toBe("absolute");
});

test("values are read as flags are: lists, pairs, repeated ones and switches", async () => {
  const found = await settings({
    features: ["a", "b,c"],
    types: { zip: "category" },
    missing: ["-200", "x"],
    header: false,
    thousands: "space",
  });
  expect(found.valueOf(option("features"))).toEqual(["a", "b,c"]);
  expect(found.valueOf(option("types"))).toEqual({ zip: "category" });
  expect(found.valueOf(option("missing"))).toEqual(["-200", "x"]);
  expect(found.valueOf(option("header"))).toBe(false);
  expect(found.valueOf(option("thousands"))).toBe(" ");
});

test("the nearest file above the folder counts", async () => {
  const place = folder();
  fileIn(place, "espejo.config.json", '{"seed": 7}');
  mkdirSync(join(place, "a", "b"), { recursive: true });
  const found = await readSettings(join(place, "a", "b"), {}, loadCommands, generalOptions);
  expect(found.valueOf(option("seed"))).toBe(7);
});

describe("settings that cannot be are refused with their place", () => {
  test.each([
    [{ epoch: 3 }, {}, 'there is no setting "epoch"; did you mean "epochs"?'],
    [{ train: { bachSize: 3 } }, {}, 'no setting "train.bachSize"; did you mean "batchSize"?'],
    [{ score: { epochs: 3 } }, {}, 'there is no setting "score.epochs"'],
    [{ train: { epochs: "many" } }, {}, '"epochs" in '],
    [{}, { ESPEJO_EPOCHS: "many" }, "ESPEJO_EPOCHS: a whole number >= 1 is expected"],
    [{}, { ESPEJO_HEADER: "perhaps" }, "ESPEJO_HEADER: true or false is expected"],
    ["{not json", {}, "cannot be read as settings"],
    ["[1]", {}, "an object with settings is expected"],
  ])("%j %j", async (config, env, message) => {
    const place = folder();
    const text = typeof config === "string" ? config : JSON.stringify(config);
    fileIn(place, "espejo.config.json", text);
    fileIn(place, "t.csv", smallTable(20));
    const { code, err } = await espejo(["train", "t.csv"], { in: place, env });
    expect(err).toContain(message);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(2);
  });
});

test("a flag wins over the environment, that over the file, that over what is usual", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable(60));
  fileIn(
    place,
    "espejo.config.json",
    JSON.stringify({ train: { epochs: 2, seed: 5, json: true } }),
  );
  const run = async (words: readonly string[], env: Readonly<Record<string, string>>) => {
    const { out } = await espejo(["train", "t.csv", "-o", "m.onnx", ...words], { in: place, env });
    const done = JSON.parse(out.trim().split("\n").at(-1)!);
    const { out: told } = await espejo(["inspect", "m.onnx", "--json"], { in: place });
    return { epochs: done.epochs, seed: JSON.parse(told).training.seed };
  };
  expect(await run([], {})).toEqual({ epochs: 2, seed: 5 });
  expect(await run([], { ESPEJO_EPOCHS: "3" })).toEqual({ epochs: 3, seed: 5 });
  expect(await run(["--epochs", "1"], { ESPEJO_EPOCHS: "3" })).toEqual({ epochs: 1, seed: 5 });
});
