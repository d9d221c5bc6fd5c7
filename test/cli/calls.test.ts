import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { espejo, fileIn, folder, main, smallTable, start } from "./helpers.ts";

/** The call after "next: ". */
const nextOf = (err: string): string => /^next: (espejo .*)$/m.exec(err)![1]!;

/** Runs a call as it is typed into a shell. */
const pasted = (line: string, place: string) =>
  start(["-c", `espejo() { '${process.execPath}' '${main}' "$@"; }\n${line}`], { in: place }, [
    "sh",
  ]).done;

const table = smallTable(120)
  .replaceAll(",", ";")
  .replaceAll(".", ",")
  .replace(/^[^;\n]*(?=;-)/gm, "-200")
  .replace("north", "not there");

test("what is suggested reads the data as they were read, when it is pasted into a shell", async () => {
  const place = folder();
  fileIn(place, "my data.txt", table);
  const read = ["--delimiter", ";", "--missing", "-200", "--missing", "not there"];
  const roles = ["--label", "odd", "--ignore", "c", "--types", "place=category"];
  const seen = await espejo(["my data.txt", ...read, ...roles], { in: place });
  const how = "--delimiter ';' --missing -200 --missing 'not there' --types place=category";
  const detect = nextOf(seen.err);
  expect(detect).toBe(`espejo detect 'my data.txt' --label odd --ignore c ${how} -o ranked.csv`);

  const fast = "--kind basic --alone --epochs 2 --save model.onnx";
  const trained = await pasted(`${detect} ${fast}`, place);
  expect(trained.code, trained.err).toBe(0);
  expect(trained.err).toContain("missing cells: -200, not there");
  const score = nextOf(trained.err);
  expect(score).toBe(`espejo score 'my data.txt' ${how} -m model.onnx -o scores.csv`);
  const scored = await pasted(score, place);
  expect(scored.code, scored.err).toBe(0);
  const lines = readFileSync(join(place, "scores.csv"), "utf8").trim().split("\n");
  expect(lines).toHaveLength(121);
});

test("detect and sequences repeat how data are read, and a tab is called so", async () => {
  const place = folder();
  fileIn(place, "t.tsv", smallTable(120).replaceAll(",", "\t"));
  const words = ["t.tsv", "--delimiter", "tab", "--encoding", "utf-8"];
  const found = await espejo(
    ["detect", ...words, "--kind", "basic", "--alone", "--epochs", "2", "--save", "d.onnx"],
    { in: place },
  );
  expect(nextOf(found.err)).toBe(
    "espejo score t.tsv --delimiter tab --encoding utf-8 -m d.onnx -o scores.csv",
  );
  const seen = await espejo([...words, "--window", "12", "--stride", "3", "--header"], {
    in: place,
  });
  expect(nextOf(seen.err)).toBe(
    "espejo detect t.tsv --delimiter tab --encoding utf-8 --header --window 12 --stride 3 -o ranked.csv",
  );
});
