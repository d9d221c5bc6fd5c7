// All checks of the gate, one after the other; each is a line of the summary, each test counts. What failed is said
// once more at the end, after the summary of all.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const start = Date.now();
const scratch = mkdtempSync(join(tmpdir(), "espejo-ci-"));
const summary = [];
const failures = [];
const failing = [];
let passed = 0;
let failed = 0;

/** Runs a command, shows what it prints, and keeps the last lines of that. */
async function run(command, words, environment = {}) {
  const began = Date.now();
  const child = spawn(command, words, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  let printed = "";
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ])
    from.setEncoding("utf8").on("data", (text) => {
      to.write(text);
      printed = (printed + text).slice(-4000);
    });
  const [status] = await once(child, "close");
  const end = printed.trimEnd().split("\n").slice(-30).join("\n");
  return { ok: status === 0, seconds: (Date.now() - began) / 1000, end };
}

/** How long a check took: "3:05 min". */
const minutes = (seconds) =>
  `${Math.floor(Math.round(seconds) / 60)}:${String(Math.round(seconds) % 60).padStart(2, "0")} min`;

/** A line of the summary; of what failed, also the reason. */
function note(title, { ok, seconds }, figures, reason) {
  summary.push(`${ok ? "ok    " : "FAILED"} ${minutes(seconds)}  ${title}${figures}`);
  if (ok) return;
  failures.push(`--- ${title}\n${reason}`);
  failing.push(title);
}

/** A check that passes or fails as a whole. */
async function check(title, command, words) {
  console.log(`\n=== ${title}`);
  const result = await run(command, words);
  if (result.ok) passed++;
  else failed++;
  note(title, result, "", result.end);
}

/** What a test says went wrong, without the way through the test runner. */
const ownLines = (messages) =>
  messages
    .flatMap((message) => message.split("\n"))
    .filter((line) => !line.includes("node_modules"))
    .join("\n")
    .slice(0, 1000);

/** What computes, and a run of each command: where another engine could come to something else. */
const engineTests = [
  ...["engine", "graph", "nn", "models", "training"].map((folder) => `test/${folder}/`),
  "test/cli/each-command.test.ts",
];

/** A run of tests, each of which counts; of the files that the words name, where there are some. */
async function tests(title, words, environment) {
  console.log(`\n=== ${title}`);
  const file = join(scratch, `${summary.length}.json`);
  const report = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const result = await run("npm", ["test", "--", ...words, ...report], environment);
  const { testResults = [] } = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const each = testResults.flatMap((one) => one.assertionResults);
  const good = each.filter((one) => one.status === "passed").length;
  const bad = each.filter((one) => one.status === "failed");
  passed += good;
  failed += bad.length + (!result.ok && bad.length === 0 ? 1 : 0);
  const reasons = bad.map((one) => `${one.fullName}\n${ownLines(one.failureMessages)}`);
  note(
    title,
    result,
    `: ${good} tests passed, ${bad.length} failed`,
    reasons.join("\n") || result.end,
  );
}

await tests("npm test", []);
await check("the native engine loads", "node", ["scripts/assert-native.mjs"]);
await tests("tests of what computes, on the WASM engine", engineTests, { ESPEJO_ENGINE: "wasm" });
await check("npm start", "npm", ["start"]);
await check("types of tests and scripts", "npx", ["tsc", "-p", "tsconfig.check.json"]);
await check("style", "npx", ["biome", "check", "."]);
await check("nothing unused", "npx", ["knip"]);
await check("the package as it would be published", "npx", ["publint", "--strict"]);
await check("the package as a stranger gets it", "node", ["scripts/check-package.mjs"]);
await check("fuzzing files and options", "node", ["scripts/fuzz.mjs", "--seconds", "50"]);
await check("our ONNX files in Python", "node", ["scripts/check-onnx.mjs"]);
await check("Keras files, both ways", "node", ["scripts/check-keras.mjs"]);
await check("reading PostgreSQL", "node", ["scripts/check-postgres.mjs"]);
await check("training and scoring on a Spark cluster", "node", ["scripts/check-cluster.mjs"]);
await check("jobs as a person does them", "node", ["scripts/check-jobs.mjs"]);
await check("verdicts, each where it is true, smoke", "node", ["scripts/check-verdicts.mjs"]);
await check("what is told of rows that have changed", "node", ["scripts/check-drift.mjs"]);
await check("cells filled as well as by the best simple way, smoke", "node", [
  "scripts/check-filling.mjs",
]);
await check("what the guides show", "node", ["scripts/check-docs.mjs"]);
await check("the site", "npm", ["run", "site"]);
await check("the site in a browser", "node", ["site/check.mjs"]);
// its page is opened by what the site installs
await check("a server and those who knock", "node", ["scripts/check-server.mjs"]);
await check("the page of the studio", "npm", ["run", "build:studio"]);
await check("the studio in a browser", "node", ["studio/check.mjs"]);
await check("the container of the server, without Docker", "node", ["scripts/check-docker.mjs"]);
for (const name of readdirSync("examples")
  .filter((each) => each.endsWith(".mjs"))
  .sort())
  await check(`examples/${name}, smoke`, "node", [`examples/${name}`, "--smoke"]);
await check("bench, smoke", "npm", ["run", "bench", "--", "--smoke"]);
await check("bench of detection quality, smoke", "npm", ["run", "bench:quality", "--", "--smoke"]);
await check("bench of serving, smoke", "npm", ["run", "bench:serve", "--", "--smoke"]);
await check("bench of reading, smoke", "npm", ["run", "bench:reading", "--", "--smoke"]);

rmSync(scratch, { recursive: true, force: true });
// whoever sees the last lines alone sees all that failed
if (failing.length > 0) failures.push(`\nFAILED: ${failing.join("; ")}`);
console.log(
  `\n${[...summary, ...failures].join("\n")}\n\n${minutes((Date.now() - start) / 1000)} in all\n${passed} passed, ${failed} failed`,
);
process.exitCode = failed > 0 ? 1 : 0;
