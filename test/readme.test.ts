import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { blocks, readme, rewriteSession, session } from "./readme-blocks.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

// As a clone, with its examples, in which a reader's files may be written.
const place = mkdtempSync(join(tmpdir(), "espejo-readme-"));
symlinkSync(join(root, "examples"), join(place, "examples"), "dir");
afterAll(() => rmSync(place, { recursive: true, force: true }));

const run = (command: string, words: readonly string[]) =>
  spawnSync(command, words, { cwd: place, encoding: "utf8", env: { ...process.env, LANG: "C" } });

test("the README is short", () => {
  expect(readme().trimEnd().split("\n").length).toBeLessThanOrEqual(120);
});

describe("the library's examples run as they stand", () => {
  const given = [
    "",
    "const images = { data: Float32Array.from({ length: 784 * 64 }, (_, i) => (i % 29) / 29), shape: [64, 784] };",
    "",
  ];
  const said = [/^ROC AUC 0\.9\d\d/m, /^$/, /matmul|gemm/i];

  test.each(blocks("js").map((code, i) => [i, code] as const))("%i", (i, code) => {
    // Inside the package, so that it finds itself by name.
    const folder = mkdtempSync(join(root, "dist", "readme-"));
    try {
      const file = join(folder, "example.mjs");
      writeFileSync(file, `${given[i]}\n${code}`);
      const { status, stdout, stderr } = run(process.execPath, [file]);
      expect(stderr).toBe("");
      expect(status).toBe(0);
      expect(stdout).toMatch(said[i]!);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** What stays the same on another engine or processor. */
const words = (line: string): string =>
  line.replace(/-?\d+(\.\d+)?(e-?\d+)?/g, "#").replace(/\s+/g, " ");
const areas = (line: string): readonly number[] =>
  [...line.matchAll(/(?:ROC AUC |"rocAuc":)([\d.]+)/g)].map(([, area]) => Number(area));

test("the commands print what the README shows", () => {
  const cli = join(root, "dist", "cli", "main.js");
  const now = session().map(({ command, output }) => {
    const line = command.replaceAll("npx espejo", `"${process.execPath}" "${cli}"`);
    const { stdout } = run("bash", ["-c", line]);
    return { command, shown: output, output: stdout.trimEnd().split("\n") };
  });
  if (process.env.ESPEJO_UPDATE) rewriteSession(now);
  else
    for (const { command, shown, output } of now) {
      expect(output.map(words), command).toEqual(shown.map(words));
      const expected = shown.flatMap(areas);
      output.flatMap(areas).forEach((area, i) => {
        expect(Math.abs(area - expected[i]!), command).toBeLessThan(0.005);
      });
    }
});
