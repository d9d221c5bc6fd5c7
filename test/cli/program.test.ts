import { expect, test } from "vitest";
import { espejo, fileIn, folder, smallTable, start } from "./helpers.ts";

const table = smallTable(60);

const listening = (): readonly unknown[] => {
  const signals = (["SIGINT", "SIGTERM", "SIGHUP"] as const).map((name) => process.listeners(name));
  return [...signals, process.listeners("warning")];
};

test.each([
  ["train", "t.csv", "--epochs", "1", "--run", "r"],
  ["train", "t.csv", "--label", "absent", "--run", "r"],
  ["train", "absent.csv", "--run", "r"],
  ["detect", "absent.csv"],
  ["reduce", "absent.csv"],
  ["compare", "absent.csv"],
  ["tune", "absent.csv"],
])("%s %s leaves nothing behind in the process that ran it", async (...words) => {
  const place = folder();
  fileIn(place, "t.csv", table);
  const before = [listening(), process.cwd(), process.exitCode];
  await espejo(words, { in: place });
  expect([listening(), process.cwd(), process.exitCode]).toEqual(before);
});

test.each([
  [["t.csv"]],
  [["-"]],
  [["inspect", "-", "--json"]],
  [["inspect", "t.csv", "--json"]],
  [["train", "t.csv", "--epochs", "many"]],
  [["score", "absent.csv", "-m", "m.onnx"]],
  [["train", "t.csv", "--epochs", "1", "-o", "none/m.onnx"]],
])("%j: a process of its own ends with the code and says the same", async (words) => {
  const place = folder();
  fileIn(place, "t.csv", table);
  const options = { in: place, input: table };
  const own = await start(words, options).done;
  expect(own).toEqual(await espejo(words, options));
});
