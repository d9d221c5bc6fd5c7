// Installs what the project needs, once, and builds it; then what the folders need that are named. Uses nothing but
// Node and npm.
//   node scripts/setup.mjs [FOLDER ...]
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

/** onnxruntime-node would fetch CUDA files, which nobody here needs and closed networks refuse. */
const environment = { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" };

function run(folder, ...words) {
  const shell = process.platform === "win32";
  const { status } = spawnSync("npm", words, {
    cwd: folder,
    stdio: ["ignore", 2, 2],
    env: environment,
    shell,
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Installs the packages of a folder, unless they are there and as new as the list of them. */
function install(folder) {
  const installed = join(folder, "node_modules/.package-lock.json");
  const wanted = statSync(join(folder, "package-lock.json")).mtimeMs;
  if (existsSync(installed) && statSync(installed).mtimeMs >= wanted) return;
  run(folder, "ci", "--no-fund", "--no-audit", "--loglevel=error");
}

install(".");
run(".", "run", "--silent", "build");
for (const folder of process.argv.slice(2)) install(folder);
