// Whether Python reads cells as Node does, bit by bit: cells of each layout of dates, each style of numbers and each type,
// made at random and read by DuckDB; then tables (made ones, and those of ../shared/data where they are), opened by
// `openTable` here and read with what it detected there. Needs a build, and a Python with pyarrow and numpy.
// Ends with "N passed, N failed".
//   node scripts/cluster/check-cells.mjs [PYTHON] [--made] [--seed N]
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cellChecks } from "./cell-checks.mjs";
import { tableChecks } from "./table-checks.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { made: { type: "boolean", default: false }, seed: { type: "string", default: "1" } },
});
const python = positionals[0] ?? process.env.ESPEJO_PYTHON ?? "python3";
const script = fileURLToPath(new URL("cells.py", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "espejo-cells-"));
const began = Date.now();

function start(...words) {
  const { status, error, stdout, stderr } = spawnSync(python, [script, ...words], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0)
    throw error ?? new Error(`${python} ended with ${status}: ${stderr.slice(-3000)}`);
  return stdout;
}

try {
  const typed = JSON.parse(start("write", folder));
  const checks = [
    ...(await cellChecks(Number(values.seed))),
    ...(await tableChecks(folder, Number(values.seed), typed, values.made)),
  ];
  const plan = join(folder, "checks.json");
  writeFileSync(plan, JSON.stringify(checks));
  const lines = start("check", plan).trimEnd().split("\n");
  const [passed, failed] = lines.pop().split(" ");
  for (const line of lines) console.log(line);
  console.log(`took ${((Date.now() - began) / 1000).toFixed(1)} s`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = Number(failed) > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
