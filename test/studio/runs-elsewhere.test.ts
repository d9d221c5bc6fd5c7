import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newFolder, openStudio } from "./helpers.ts";

test("a run that a terminal is at is shown as running, and neither resumed nor taken away", async () => {
  const folder = newFolder();
  const { ask } = await openStudio(folder);
  const run = join(folder, "runs", "by-hand");
  mkdirSync(run, { recursive: true });
  const config = { command: "detect", data: "t.csv", options: {}, fingerprint: null, began: null };
  writeFileSync(join(run, "config.json"), JSON.stringify(config));
  writeFileSync(join(run, "metrics.jsonl"), '{"epoch":1,"loss":2}\n');
  const state = async () => (await ask("GET", "/api/runs/by-hand")).body;
  expect(await state()).toMatchObject({ state: "broken", work: null });
  const lock = join(run, "lock.json");
  writeFileSync(lock, JSON.stringify({ pid: process.pid, host: hostname(), start: "" }));
  expect(await state()).toMatchObject({ state: "running", work: null, phase: "training" });
  for (const [method, rest] of [
    ["POST", "/resume"],
    ["DELETE", ""],
  ] as const) {
    const refused = await ask(method, `/api/runs/by-hand${rest}?language=es`);
    expect([refused.status, refused.body.code]).toEqual([409, "run_busy"]);
    expect(refused.body.error).toContain(`proceso ${process.pid}`);
  }
  rmSync(lock);
  expect((await ask("DELETE", "/api/runs/by-hand")).status).toBe(204);
});
