// All checks of the gate, one after the other; each is a line of the summary, each test counts.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const scratch = mkdtempSync(join(tmpdir(), "espejo-ci-"));
const summary = [];
let passed = 0;
let failed = 0;

function run(command, words, environment = {}) {
  const began = Date.now();
  const { status } = spawnSync(command, words, {
    stdio: "inherit",
    env: { ...process.env, ...environment },
  });
  return { ok: status === 0, seconds: (Date.now() - began) / 1000 };
}

/** A check that passes or fails as a whole. */
function check(title, command, words, environment) {
  console.log(`\n=== ${title}`);
  const { ok, seconds } = run(command, words, environment);
  if (ok) passed++;
  else failed++;
  summary.push(`${ok ? "ok    " : "FAILED"} ${title} (${seconds.toFixed(0)} s)`);
}

/** A run of tests, each of which counts. */
function tests(title, words, environment) {
  console.log(`\n=== ${title}`);
  const file = join(scratch, `${summary.length}.json`);
  const report = ["--", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const { ok, seconds } = run("npm", [...words, ...report], environment);
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const { numPassedTests = 0, numFailedTests = 0 } = counts;
  passed += numPassedTests;
  failed += numFailedTests + (!ok && numFailedTests === 0 ? 1 : 0);
  summary.push(
    `${ok ? "ok    " : "FAILED"} ${title}: ${numPassedTests} tests passed, ${numFailedTests} failed (${seconds.toFixed(0)} s)`,
  );
}

tests("npm test", ["test"]);
check("the native engine loads", "node", ["scripts/assert-native.mjs"]);
tests("npm test on the WASM engine", ["test"], { ESPEJO_ENGINE: "wasm" });
check("npm start", "npm", ["start"]);
check("types of tests and scripts", "npx", ["tsc", "-p", "tsconfig.check.json"]);
check("style", "npx", ["biome", "check", "."]);
check("nothing unused", "npx", ["knip"]);
check("the package as it would be published", "npx", ["publint", "--strict"]);
check("our ONNX files in Python", "node", ["scripts/check-onnx.mjs"]);
check("Keras files, both ways", "node", ["scripts/check-keras.mjs"]);
check("reading PostgreSQL", "node", ["scripts/check-postgres.mjs"]);
check("what the guides show", "node", ["scripts/check-docs.mjs"]);
check("the site", "npm", ["run", "site"]);
check("the site in a browser", "node", ["site/check.mjs"]);
for (const name of readdirSync("examples")
  .filter((each) => each.endsWith(".mjs"))
  .sort())
  check(`examples/${name}, smoke`, "node", [`examples/${name}`, "--smoke"]);
check("bench, smoke", "npm", ["run", "bench", "--", "--smoke"]);
check("bench of detection quality, smoke", "npm", ["run", "bench:quality", "--", "--smoke"]);

rmSync(scratch, { recursive: true, force: true });
console.log(`\n${summary.join("\n")}\n\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
