import { expect, test } from "vitest";
import { espejo, fileIn, folder } from "./helpers.ts";

const evil = "a\u001b[2J\u001b]0;owned\u0007\rb\u009031mc\u202ed\u2066e";
const shown = String.raw`a\u001b[2J\u001b]0;owned\u0007\u000db\u009031mc\u202ed\u2066e`;
const rows = Array.from({ length: 40 }, (_, i) => ({
  ...{ [evil]: i % 7, b: i % 5, [`k${evil}`]: i % 2 ? evil : "x" },
}));
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not come out
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

test("control characters of names, cells and files never reach a terminal", async () => {
  const place = folder();
  const data = fileIn(place, "rows.json", JSON.stringify(rows));
  for (const words of [
    ["inspect", data],
    ["train", data, "--epochs", "1", "-o", `${place}/m.onnx`],
    ["inspect", `${place}/m.onnx`],
    ["score", `${place}/${evil}.csv`, "-m", `${place}/m.onnx`],
    ["inspect", data, "--json"],
  ]) {
    const { out, err } = await espejo(words, { in: place });
    expect(out + err, words.join(" ")).not.toMatch(control);
    if (words[0] !== "train" && !words.includes("--json"))
      expect(out + err, words.join(" ")).toContain(shown);
  }
});

test("a name keeps its characters in JSON, and colours stay colours", async () => {
  const place = folder();
  const data = fileIn(place, "rows.csv", `a\u001b,b\n1,2\n3,4\n`);
  const { out } = await espejo(["inspect", data, "--json"], { in: place });
  expect(JSON.parse(out).columns[0].name).toBe("a\u001b");
  const painted = await espejo(["inspect", data], { in: place, env: { FORCE_COLOR: "1" } });
  expect(painted.out).toContain("\u001b[1m");
});

test("an error is one line, whatever names are in it", async () => {
  const { err } = await espejo(["inspect", "no\nerror: forged"], { in: folder() });
  expect(err.trimEnd().split("\n")).toHaveLength(1);
});
