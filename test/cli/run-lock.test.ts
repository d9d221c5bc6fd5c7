import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { espejo, fileIn, folder, namesIn, smallTable, start, waitFor } from "./helpers.ts";

const words = ["--alone", "--kind", "basic", "--epochs", "2"];

test("a run that is under way is not gone on with, nor begun anew, until its process is gone", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const long = ["detect", "t.csv", "--alone", "--kind", "basic", "--epochs", "100000"];
  const { child, done } = start([...long, "--patience", "100000", "--run", "r"], { in: place });
  await waitFor(() => existsSync(join(place, "r", "checkpoint.bin")));
  const config = readFileSync(join(place, "r", "config.json"));
  for (const call of [
    ["detect", "--resume", "r"],
    ["detect", "t.csv", ...words, "--run", "r"],
  ]) {
    const { code, err } = await espejo(call, { in: place });
    expect(code).toBe(1);
    expect(err).toContain(`process ${child.pid} on ${hostname()} is at it`);
    expect(readFileSync(join(place, "r", "config.json")).equals(config)).toBe(true);
  }
  child.kill("SIGKILL");
  await done;
  expect(namesIn(join(place, "r"))).toContain("lock.json");
  const again = await espejo(["detect", "t.csv", ...words, "--run", "r"], { in: place });
  expect(again.code, again.err).toBe(0);
  expect(namesIn(join(place, "r"))).not.toContain("lock.json");
});

test("the lock of another process with the same number counts for nothing, that of another computer does", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const call = ["detect", "t.csv", ...words, "--run", "r"];
  expect((await espejo(call, { in: place })).code).toBe(0);
  const path = join(place, "r", "lock.json");
  // a process that is there, and began at another time
  const other = { pid: process.ppid, host: hostname(), start: "1" };
  writeFileSync(path, JSON.stringify(other));
  const linux = process.platform === "linux";
  expect((await espejo(["detect", "--resume", "r"], { in: place })).code).toBe(linux ? 0 : 1);
  writeFileSync(path, "{");
  expect((await espejo(["detect", "--resume", "r"], { in: place })).code).toBe(0);
  writeFileSync(path, JSON.stringify({ ...other, host: "elsewhere" }));
  const { code, err } = await espejo(["detect", "--resume", "r", "--lang", "es"], { in: place });
  expect([code, err]).toEqual([1, expect.stringContaining("de elsewhere")]);
});
