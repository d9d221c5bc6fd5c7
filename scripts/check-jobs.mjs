// Does jobs as a person would who follows what is printed: `inspect`, then literally what it suggests, then literally
// what that suggests, each in a shell; at last the commands of the report, whose model must have the same bytes. What is suggested must be
// what scripts/jobs/table.mjs says a person would choose. Data of ../shared/data are skipped where they are not there.
// Needs a build. Ends with "N passed, N failed".
//   node scripts/check-jobs.mjs [--full] [part of a path ...]
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { jobs } from "./jobs/table.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const main = join(root, "dist/cli/main.js");
const full = process.argv.includes("--full");
const named = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const wanted = ({ data, gate }) =>
  named.length > 0 ? named.some((part) => data.includes(part)) : full || gate;

/** What makes a job short, where nothing but its time is changed. */
const short = {
  detect: "--alone --epochs 2 --save model.onnx --report report.html",
  train: "--epochs 1 --report report.html",
  reduce: "--epochs 2 --sizes 2,4 --save model.onnx --report report.html",
};

let passed = 0;
let failed = 0;
for (const job of jobs.filter(wanted)) {
  const place = workplace();
  if (!existsSync(join(place, job.data))) console.log(`skipped: ${job.data} is not there`);
  else attempt(job.data, () => look(job, place));
  rmSync(place, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** A folder in which the bundled data and those beside the checkout have short names. */
function workplace() {
  const place = mkdtempSync(join(tmpdir(), "espejo-jobs-"));
  symlinkSync(join(root, "examples"), join(place, "examples"), "junction");
  const shared = join(root, "../shared");
  if (existsSync(shared)) symlinkSync(shared, join(place, "shared"), "junction");
  return place;
}

function attempt(title, work) {
  const began = Date.now();
  try {
    work();
    passed++;
    console.log(`ok     ${((Date.now() - began) / 1000).toFixed(1)} s  ${title}`);
  } catch (error) {
    failed++;
    console.log(`FAILED ${title}\n  ${error.message.replaceAll("\n", "\n  ")}`);
  }
}

function must(holds, what, ...seen) {
  if (!holds) throw new Error([what, ...seen.map((each) => JSON.stringify(each))].join("\n"));
}

/** Runs a line in a shell, as it is pasted into one; it must work. */
function pasted(line, place) {
  const text = `espejo() { '${process.execPath}' '${main}' "$@"; }\n${line}`;
  const { status, stdout, stderr } = spawnSync("sh", ["-c", text], {
    ...{ cwd: place, encoding: "utf8", maxBuffer: 2 ** 30 },
    env: { ...process.env, LANG: "C", LC_ALL: "C" },
  });
  must(status === 0, `${line}\nended with ${status}`, stderr.slice(-1000));
  return { out: stdout, err: stderr };
}

/** The commands that a person reads in what was said. */
function suggested(err) {
  const lines = err.split("\n");
  const next = lines.filter((line) => /^(next|for odd stretches of [^:]+): /.test(line));
  return next.map((line) => line.slice(line.indexOf(": espejo ") + 2));
}

/** The columns with a role. */
function withRole({ columns }, role) {
  return columns.filter((column) => column.role === role).map(({ name }) => name);
}

function look({ data, ids = [], time, next }, place) {
  const seen = JSON.parse(pasted(`espejo inspect ${data} --json`, place).out);
  if (seen.columns) {
    const roles = { ids: withRole(seen, "id"), time: withRole(seen, "time") };
    must(isDeepStrictEqual(roles.ids, ids), "ids", roles.ids, ids);
    must(roles.time.includes(time) || time === undefined, "time", roles.time, time);
  }
  const { err } = pasted(`espejo inspect ${data}`, place);
  const commands = suggested(err);
  must(commands.length === next.length, "what is suggested", commands);
  commands.forEach((command, i) => {
    const [verb, options, names] = next[i];
    const told = seen.next?.[i];
    if (told) {
      const { output, ...others } = told.options;
      must(told.verb === verb && isDeepStrictEqual(others, options), command, others, options);
      must(told.command === command, "the command and its JSON", told.command, command);
      must(output, "a file for what comes of it", command);
    }
    follow(command, verb, names, data, place);
  });
}

/** Does what is suggested, what that suggests, and what the report says. */
function follow(command, verb, names, data, place) {
  const done = pasted(`${command} ${short[verb]}`, place);
  const output = / -o (\S+)/.exec(command)[1];
  if (output.endsWith(".csv")) namesRows(join(place, output), names, verb === "detect" ? 1 : 0);
  const [then] = suggested(done.err);
  if (verb !== "reduce") {
    must(then !== undefined, "nothing comes next", done.err.slice(-500));
    pasted(then, place);
    namesRows(join(place, "scores.csv"), names[0] === "row" ? ["score"] : names, 0);
  }
  recommended(place);
  repeated(place, data);
}

/** What the report says to do next works too; what trains anew or tries other methods is left out, for its time. */
function recommended(place) {
  const html = readFileSync(join(place, "report.html"), "utf8");
  const [, steps = ""] = /<ol class="steps">([\s\S]*?)<\/ol>/.exec(html) ?? [];
  for (const [, code] of steps.matchAll(/<code>([\s\S]*?)<\/code>/g))
    if (/^espejo (score|encode|threshold) /.test(unescaped(code))) pasted(unescaped(code), place);
}

/** Results begin with what rows are called. */
function namesRows(path, names, from) {
  const [head, ...lines] = readFileSync(path, "utf8").trimEnd().split("\n");
  must(lines.length > 0, `${path} has no rows`);
  const columns = head.split(",").map((name) => name.replace(/^"(.*)"$/, "$1"));
  const found = columns.slice(from, from + names.length);
  must(isDeepStrictEqual(found, [...names]), `${path} begins with`, columns, names);
}

/** The commands of a report, in a folder of their own, make the same model and a report again. */
function repeated(place, data) {
  const html = readFileSync(join(place, "report.html"), "utf8");
  const section = html.slice(html.indexOf('id="reproduce"'));
  const lines = [...section.matchAll(/<pre><code>([\s\S]*?)<\/code><\/pre>/g)]
    .flatMap(([, code]) => unescaped(code).split("\n"))
    .filter((line) => line.startsWith("espejo "));
  must(lines.length >= 2, "the report has no commands", lines);
  const again = workplace();
  try {
    for (const line of lines) pasted(line, again);
    const [first, second] = [place, again].map((each) => readFileSync(join(each, "model.onnx")));
    must(first.equals(second), `${data}: another model`, lines[0]);
    must(existsSync(join(again, "report.html")), "no report", lines);
  } finally {
    rmSync(again, { recursive: true, force: true });
  }
}

function unescaped(text) {
  return (
    text
      // an option is held together by an element of its own
      .replace(/<\/?span[^>]*>/g, "")
      .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
      .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&")
  );
}
