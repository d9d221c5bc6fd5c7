// Runs what the guides show: every block of sh, console, js, ts, python and, where it is installed, R of docs/, in order,
// page by page, each page in a folder of its own in which `espejo` is the command line and `examples` are the bundled data.
// Comments before a block are for this script: <!-- not run: why -->, <!-- given sh: commands --> and
// <!-- given LANGUAGE: code --> for what it takes as given, <!-- needs FILE --> for data of ../shared/data, without which it
// is not run. Needs a build; Python's packages are installed where a page has Python. Ends with "N passed, N failed".
//   node scripts/check-docs.mjs [page ...]
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pythonWith } from "./python.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const shared = join(root, "../shared/data");
const named = process.argv.slice(2);
const pages = readdirSync(join(root, "docs"))
  .filter((name) => name.endsWith(".md"))
  .filter((name) => named.length === 0 || named.includes(name.replace(/\.md$/, "")));
const ways = { sh: shell, console: session, js: node, ts: node, py: python, python, r: rscript };
let passed = 0;
let failed = 0;

for (const page of pages) {
  const folder = workplace();
  try {
    for (const block of blocksOf(readFileSync(join(root, "docs", page), "utf8"))) {
      const { line, language } = block;
      const name = `${page}:${line} ${language}`;
      const why = block.why ?? prepare(folder, block);
      if (why !== null) {
        console.log(`not run ${name}: ${why}`);
        continue;
      }
      const began = Date.now();
      const trouble = ways[language](folder, block);
      trouble === null ? passed++ : failed++;
      const seconds = `(${((Date.now() - began) / 1000).toFixed(0)} s)`;
      console.log(
        trouble === null ? `ok      ${name} ${seconds}` : `FAILED  ${name} ${seconds}\n${trouble}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** An empty folder with the bundled data, the command line and the library. */
function workplace() {
  const folder = mkdtempSync(join(tmpdir(), "espejo-docs-"));
  symlinkSync(join(root, "examples"), join(folder, "examples"), "dir");
  const bin = join(folder, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  symlinkSync(root, join(folder, "node_modules/espejo"), "dir");
  writeFileSync(
    join(bin, "espejo"),
    `#!/bin/sh\nexec "${process.execPath}" "${join(root, "dist/cli/main.js")}" "$@"\n`,
  );
  chmodSync(join(bin, "espejo"), 0o755);
  return folder;
}

/** The blocks of a page that can be run, each with what it takes as given. */
function blocksOf(text) {
  const blocks = [];
  let before = { why: null, files: [], given: {} };
  const parts =
    /<!-- (not run|needs|given \w+):? ([\s\S]*?)-->|^```(\w+)\n([\s\S]*?)^```$|^```[\s\S]*?^```$/gm;
  for (const { 1: about, 2: said, 3: language, 4: code, index } of text.matchAll(parts)) {
    if (about === "not run") before.why = said.trim();
    else if (about === "needs") before.files.push(said.trim());
    else if (about !== undefined) before.given[about.slice("given ".length)] = said;
    else {
      const line = text.slice(0, index).split("\n").length;
      if (Object.hasOwn(ways, language)) blocks.push({ line, language, code, ...before });
      before = { why: null, files: [], given: {} };
    }
  }
  return blocks;
}

/** Brings what a block needs into its folder; gives why that is not possible, or null. */
function prepare(folder, { language, files, given }) {
  for (const file of files) {
    const path = join(shared, file);
    if (!existsSync(path)) return `${file} is not there`;
    symlinkSync(path, join(folder, basename(file)));
  }
  if (language === "r" && rscript(folder, { code: "library(httr); library(jsonlite)" }) !== null)
    return "R with httr and jsonlite is not installed";
  if (given.sh === undefined || language === "sh") return null;
  const trouble = outcome(folder, "bash", ["-e", "-s"], given.sh);
  if (trouble !== null) throw new Error(`what is given fails: ${trouble}`);
  return null;
}

/** Runs a program; gives what it said where it failed, else null. */
function outcome(folder, command, words, input) {
  const { status, stdout, stderr, error } = spawnSync(command, words, {
    cwd: folder,
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: {
      ...process.env,
      LANG: "C",
      PATH: `${join(folder, "node_modules/.bin")}:${process.env.PATH}`,
    },
  });
  return status === 0 ? null : [error?.message ?? "", stdout, stderr].join("\n").slice(-3000);
}

/** Commands, all of which must do. */
function shell(folder, { code, given: { sh: given = "" } }) {
  return outcome(folder, "bash", ["-e", "-o", "pipefail", "-s"], `${given}\n${code}`);
}

/** A session: the lines after a dollar sign. */
function session(folder, { code, given: { console: given = "" } }) {
  const commands = code
    .split("\n")
    .flatMap((line) => (line.startsWith("$ ") ? [line.slice(2)] : []));
  return outcome(folder, "bash", ["-e", "-s"], `${given}\n${commands.join("\n")}`);
}

/** A module, as it stands; what it takes as given comes after what it imports. */
function node(folder, { code, given: { js: given = "" }, line }) {
  const file = join(folder, `block-${line}.mjs`);
  const imports = code.match(/^(?:import [\s\S]*?;\n)*/)[0];
  writeFileSync(file, `${imports}${given}\n${code.slice(imports.length)}`);
  return outcome(folder, process.execPath, [file]);
}

function python(folder, { code, given: { python: given = "" } }) {
  const packages = ["onnxruntime", "numpy", "onnx"];
  return outcome(folder, pythonWith("espejo-python", packages), ["-c", `${given}\n${code}`]);
}

function rscript(folder, { code }) {
  return outcome(folder, "Rscript", ["--vanilla", "-"], code);
}
