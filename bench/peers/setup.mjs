/**
 * Installs the peers once, in bench/.venv: a Python virtual environment from requirements.txt and
 * readers.txt, and TensorFlow.js beside it. `npm run bench` does it by itself; `node bench/peers/setup.mjs` alone too.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const home = new URL("../.venv/", import.meta.url);
const requirements = new URL("requirements.txt", import.meta.url);
const readers = new URL("readers.txt", import.meta.url);
const tfjsVersion = "4.22.0";
const tfjsPackages = ["core", "layers", "backend-cpu", "backend-wasm"];

/** @param {{ python?: boolean, readers?: boolean, tfjs?: boolean }} wanted `readers` of CSV files, in Python too */
export function setUpPeers(wanted) {
  if (wanted.python)
    once("python", readFileSync(requirements, "utf8"), () => installPython(requirements));
  if (wanted.readers) once("readers", readFileSync(readers, "utf8"), () => installPython(readers));
  if (wanted.tfjs) once("tfjs", tfjsVersion, installTfjs);
}

/** Whether peers were installed before, in whatever version. */
export const isSetUp = (/** @type {"python" | "readers" | "tfjs"} */ name) =>
  existsSync(new URL(`${name}.installed`, home));

/** Does the work unless a mark tells that the very same was done before. */
function once(
  /** @type {string} */ name,
  /** @type {string} */ content,
  /** @type {() => void} */ work,
) {
  const mark = new URL(`${name}.installed`, home);
  if (existsSync(mark) && readFileSync(mark, "utf8") === content) return;
  console.error(`installing the ${name} peers in bench/.venv (once; this takes minutes)`);
  work();
  writeFileSync(mark, content);
}

function installPython(/** @type {URL} */ list) {
  const python = new URL("bin/python", home).pathname;
  if (!existsSync(python)) run("python3", ["-m", "venv", home.pathname]);
  run(python, ["-m", "pip", "install", "--quiet", "-r", list.pathname]);
}

function installTfjs() {
  const folder = new URL("tfjs/", home);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL("package.json", folder), '{ "private": true }\n');
  const packages = tfjsPackages.map((name) => `@tensorflow/tfjs-${name}@${tfjsVersion}`);
  run("npm", ["install", "--silent", "--prefix", folder.pathname, ...packages]);
}

function run(/** @type {string} */ program, /** @type {string[]} */ args) {
  const { status, error } = spawnSync(program, args, { stdio: ["ignore", 2, 2] });
  if (error || status !== 0)
    throw new Error(`${program} ${args[0]} failed: ${error?.message ?? `exit ${status}`}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  setUpPeers({ python: true, readers: true, tfjs: true });
