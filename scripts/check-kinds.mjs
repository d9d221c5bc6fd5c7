// Prints the table of kinds x checks: for every kind of autoencoder what its tests say. Needs a build.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "espejo-kinds-"));
const report = join(folder, "report.json");
const files = ["test/models/reference.test.ts", "test/models/contract.test.ts"];
spawnSync("npx", ["vitest", "run", ...files, "--reporter=json", `--outputFile=${report}`], {
  stdio: ["ignore", "ignore", "inherit"],
});
const { testResults } = JSON.parse(readFileSync(report, "utf8"));
rmSync(folder, { recursive: true, force: true });

/** @type {Map<string, Map<string, string>>} */
const rows = new Map();
let passed = 0;
let failed = 0;
for (const { assertionResults } of testResults)
  for (const { ancestorTitles, title, status } of assertionResults) {
    if (status === "passed") passed++;
    else failed++;
    const [group] = ancestorTitles;
    if (group === undefined) continue;
    const kind = group.replace(/^a model that is /, "");
    const row = rows.get(kind) ?? new Map();
    const before = row.get(title);
    row.set(title, status === "passed" && before !== "FAILED" ? "ok" : "FAILED");
    rows.set(kind, row);
  }
const columns = /** @type {const} */ ([
  ["value", /^has the value/],
  ["gradient", /^has the gradient/],
  ["shapes", /^has numbers/],
  ["fit twice", /^learns the same/],
  ["plain data", /^is made again/],
  ["learns", /^learns: /],
  ["edges", /^stays finite/],
]);
const width = Math.max(...[...rows.keys()].map((name) => name.length));
console.log(["kind".padEnd(width), ...columns.map(([name]) => name.padEnd(10))].join("  "));
for (const [kind, row] of rows) {
  const cells = columns.map(([, pattern]) => {
    const found = [...row].filter(([title]) => pattern.test(title)).map(([, status]) => status);
    return (found.length === 0 ? "-" : found.includes("FAILED") ? "FAILED" : "ok").padEnd(10);
  });
  if (cells.some((cell) => cell.trim() !== "-"))
    console.log([kind.padEnd(width), ...cells].join("  "));
}
console.log(`\nvalue and gradient against PyTorch in double precision at 1e-5`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
