// Gives changed files and options to all readers: each must read them or refuse them with an EspejoError, within 5
// seconds and 1 GB. Ends with "N passed, N failed"; the same cases for the same seed.
//   node scripts/fuzz.mjs [--cases 20000] [--seconds 60] [--seed 1] [--from 0] [--sort options] [--jobs 4]
// `--jobs`: processes side by side, each with its share of the cases; the limits are of each.
import { fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "1000000" },
    seconds: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    sort: { type: "string", default: "" },
    jobs: { type: "string", default: "1" },
  },
});
const limits = { milliseconds: 5000, megabytes: 1000 };
const program = fileURLToPath(new URL("fuzz/run.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "espejo-fuzz-"));
const until = performance.now() + 1000 * Number(values.seconds);

/** Of each sort of case: how many were read, refused, and how often with which code. */
const tallies = new Map();
const faults = [];

/** Runs cases from `first` on, before `last`, until one kills the process; gives the number to go on with. */
function runFrom(first, last, place) {
  return new Promise((resolve) => {
    const child = fork(program, [place, values.seed, String(first), String(last), values.sort], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      env: { ...process.env, TMPDIR: place },
    });
    let current = null;
    let next = first;
    let over = false;
    let printed = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      printed = (printed + text).slice(-2000);
    });
    const fault = (kind, message) => faults.push({ ...current, kind, message });
    const watch = setInterval(() => {
      if (performance.now() > until) {
        over = true;
        child.kill("SIGKILL");
      } else if (current && performance.now() - current.began > limits.milliseconds) {
        fault("too slow", "");
        child.kill("SIGKILL");
      } else if (current && memoryOf(child.pid) > limits.megabytes) {
        fault("too large", `${memoryOf(child.pid).toFixed(0)} MB`);
        child.kill("SIGKILL");
      }
    }, 50);
    child.on("message", (message) => {
      if (message.type === "over") over = true;
      if (message.type === "begins") {
        current = { ...message, began: performance.now() };
        next = message.number + 1;
      }
      if (message.type !== "ended") return;
      const { ends, code, message: text } = message;
      const tally = tallies.get(current.sort) ?? { cases: 0, read: 0, refused: 0, codes: {} };
      tally.cases++;
      if (ends === "read") tally.read++;
      else if (ends === "refused") tally.refused++;
      if (ends === "refused") tally.codes[code] = (tally.codes[code] ?? 0) + 1;
      tallies.set(current.sort, tally);
      if (ends === "thrown") fault(code, text);
      current = null;
    });
    child.on("exit", (status, signal) => {
      clearInterval(watch);
      if (signal !== "SIGKILL" && status !== 0) fault(`ended with ${signal ?? status}`, printed);
      resolve(over ? last : next);
    });
  });
}

function memoryOf(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1000;
  } catch {
    return 0;
  }
}

/** Runs the share of one of the jobs. */
async function runJob(job) {
  const place = mkdtempSync(join(folder, "job-"));
  const share = Number(values.cases) / Number(values.jobs);
  const startOf = (k) => Number(values.from) + Math.round(k * share);
  const last = startOf(job + 1);
  for (let next = startOf(job); next < last && performance.now() < until; )
    next = await runFrom(next, last, place);
}

try {
  await Promise.all(Array.from({ length: Number(values.jobs) }, (_, job) => runJob(job)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
let passed = 0;
for (const [sort, { cases, read, refused, codes }] of tallies) {
  passed += read + refused;
  const often = Object.entries(codes).sort((a, b) => b[1] - a[1]);
  const list = often.map(([code, times]) => `${code} ${times}`).join(", ");
  console.log(`${sort}: ${cases} cases reached it, ${read} read, ${refused} refused (${list})`);
}
for (const { sort, number, what, kind, message } of faults)
  console.log(`FAILED case ${number}, ${sort}: ${what}\n  ${kind}: ${message.slice(0, 600)}`);
console.log(`${passed} passed, ${faults.length} failed`);
process.exitCode = faults.length > 0 || passed === 0 ? 1 : 0;
