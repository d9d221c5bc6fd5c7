// Python for the scripts that need it: an environment of its own for each list of packages, kept for next time.
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The path of a Python that has packages from PyPI. */
export function pythonWith(name, packages) {
  const home = fileURLToPath(new URL(`../node_modules/.cache/${name}`, import.meta.url));
  const python = join(home, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const ready = join(home, "ready");
  if (!existsSync(ready)) {
    run("python3", ["-m", "venv", home]);
    run(python, ["-m", "pip", "install", "--quiet", ...packages]);
    writeFileSync(ready, "");
  }
  return python;
}

/** Runs a command to its end, its output shown, unless only in case of need; throws where it fails. */
export function run(command, words, { quiet = false } = {}) {
  const stdio = quiet ? "pipe" : "inherit";
  const { status, error, stderr } = spawnSync(command, words, { stdio });
  if (status !== 0 && quiet) console.error(String(stderr).slice(-5000));
  if (status !== 0) throw error ?? new Error(`${command} ${words.join(" ")} ended with ${status}`);
}
