// Installs what the project needs, once, and builds it. Uses nothing but Node and npm.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

/** onnxruntime-node would fetch CUDA files, which nobody here needs and closed networks refuse. */
const environment = { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" };

function run(command, ...words) {
  const shell = process.platform === "win32";
  const { status } = spawnSync(command, words, {
    stdio: ["ignore", 2, 2],
    env: environment,
    shell,
  });
  if (status !== 0) process.exit(status ?? 1);
}

const installed = "node_modules/.package-lock.json";
const fresh =
  existsSync(installed) && statSync(installed).mtimeMs >= statSync("package-lock.json").mtimeMs;
if (!fresh) run("npm", "ci", "--no-fund", "--no-audit", "--loglevel=error");
run("npm", "run", "--silent", "build");
