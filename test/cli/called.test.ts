import { expect, test } from "vitest";
import { espejo, fileIn, folder } from "./helpers.ts";

/** Hourly steps of two variables, with odd hours that a label names. */
const series = `hour,a,b,odd\n${Array.from({ length: 300 }, (_, i) => {
  const odd = i % 23 === 11;
  const hour = new Date(Date.UTC(2024, 0, 1, i)).toISOString().slice(0, 16);
  return `${hour},${Math.sin(i / 4).toFixed(3)},${(Math.cos(i / 4) + (odd ? 4 : 0)).toFixed(3)},${odd ? "yes" : "no"}\n`;
}).join("")}`;

test.each([
  ["en", /\brows?\b/i, "windows"],
  ["es", /\bfilas?\b/i, "ventanas"],
])("what is done with windows is told of windows: %s", async (language, rows, windows) => {
  const place = folder();
  fileIn(place, "s.csv", series);
  const call = async (...words: string[]) => {
    const { code, out, err } = await espejo([...words, "--lang", language], { in: place });
    expect(code).toBe(0);
    return `${out}\n${err}`;
  };
  const cut = ["s.csv", "--window", "4", "--label", "odd", "--normal", "no"];
  const trained = await call("train", ...cut, "--epochs", "2", "--run", "run", "-o", "m.onnx");
  const told = [
    trained,
    await call("evaluate", "s.csv", "-m", "m.onnx"),
    await call("detect", ...cut, "--epochs", "2", "--top", "2", "--report", "r.html"),
    await call(
      "threshold",
      "s.csv",
      "-m",
      "m.onnx",
      "--label",
      "odd",
      "--threshold",
      "quantile:0.9",
      "-o",
      "n.onnx",
    ),
    await call("report", "s.csv", "-m", "m.onnx", "-o", "r.html"),
    await call("inspect", "m.onnx"),
  ];
  for (const text of told) {
    // the row of a table is one; that is how a step is found again
    expect(text.replaceAll(/(in|en la) (row|fila) \d+|option.*/g, "")).not.toMatch(rows);
  }
  expect(told.join("")).toContain(windows);
  const { out } = await espejo(
    ["evaluate", "s.csv", "-m", "m.onnx", "--json", "--lang", language],
    {
      in: place,
    },
  );
  const { verdicts } = JSON.parse(out);
  expect(verdicts[0]).toMatchObject({ parameters: { items: "windows" } });
  expect(verdicts[0].message).toContain(windows);
});
