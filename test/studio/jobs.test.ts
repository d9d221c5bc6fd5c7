import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { newFolder } from "./helpers.ts";

const jobs = new URL("../../dist/studio/jobs/jobs.js", import.meta.url);

/** A program that starts a run, which says who it is and lives on or ends; gives both, and where it says so. */
function studioWith(run: string) {
  const folder = newFolder();
  const main = join(folder, "main.mjs");
  const said = join(folder, "pid");
  writeFileSync(
    main,
    `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(said)}, String(process.pid)); ${run}`,
  );
  const program = `import { Jobs } from ${JSON.stringify(jobs.href)};
    const jobs = new Jobs(${JSON.stringify(main)}, { folder: ${JSON.stringify(folder)} }, { tell() {} });
    jobs.start("run", [], ${JSON.stringify(folder)});
    setInterval(() => { if (!jobs.isRunning("run")) process.exit(7); }, 20);`;
  const studio = spawn(process.execPath, ["--input-type=module", "-e", program]);
  onTestFinished(() => void studio.kill("SIGKILL"));
  return { studio, said };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const patience = { timeout: 20_000, interval: 50 };

test("a run ends with the studio that began it, also where that was killed", async () => {
  const { studio, said } = studioWith("setInterval(() => {}, 1000);");
  await vi.waitFor(() => expect(existsSync(said)).toBe(true), patience);
  const pid = Number(readFileSync(said, "utf8"));
  expect(isAlive(pid)).toBe(true);
  studio.kill("SIGKILL");
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), patience);
}, 30_000);

test("a run that has done its work ends by itself", async () => {
  const { studio } = studioWith("");
  const code = await new Promise((resolve) => studio.once("close", resolve));
  expect(code).toBe(7);
}, 30_000);
