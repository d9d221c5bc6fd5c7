import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { random } from "../../src/random.ts";

/** A folder of the process that runs the tests; it goes with the one of all tests. */
export const scratch = mkdtempSync(join(tmpdir(), "espejo-tasks-"));

/**
 * Rows of two hidden factors: numbers, a category that follows the first factor, a date, missing cells;
 * every 20th row breaks the pattern and has class "odd".
 */
export function mixedCsv(name: string, rows: number, seed = 1): string {
  const source = random(seed);
  const lines = ["id,when,a,b,c,d,kind,class"];
  for (let i = 0; i < rows; i++) {
    const odd = i % 20 === 7;
    const [u, v] = [source.normal(), source.normal()];
    const noise = (): number => 0.05 * source.normal();
    const a = 10 + u + noise();
    const b = 5 - 2 * u + noise();
    const c = v + noise();
    const d = odd ? 8 * source.normal() : u + v + noise();
    const kind = (odd ? u < 0 : u >= 0) ? "high" : "low";
    const when = new Date(Date.UTC(2024, 0, 1) + Math.floor(source.uniform() * 300) * 86_400_000);
    const cell = i % 13 === 5 ? "" : c.toFixed(4);
    lines.push(
      [
        `r${i}`,
        when.toISOString().slice(0, 10),
        a.toFixed(4),
        b.toFixed(4),
        cell,
        d.toFixed(4),
        kind,
        odd ? "odd" : "fine",
      ].join(","),
    );
  }
  const path = join(scratch, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}
