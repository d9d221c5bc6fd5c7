// The main job on real data: learns what card transactions look like and finds the frauds.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const data = join(root, "examples", "data", "creditcard.csv.gz");
const run = mkdtempSync(join(tmpdir(), "espejo-"));
const model = join(root, "creditcard.onnx");
const shown = (path) => relative(process.cwd(), path);
const words = [
  join(root, "dist", "cli", "main.js"),
  ...["train", shown(data), "--label", "Class", "--normal", "0", "--run", run, "-o", shown(model)],
  ...process.argv.slice(2),
];
const { status } = spawnSync(process.execPath, words, { stdio: "inherit" });
rmSync(run, { recursive: true, force: true });
if (status === 0) {
  // a clone builds the page of the studio once, a package has it
  const page = existsSync(join(root, "dist", "studio-page", "index.html"));
  const line = `${page ? "" : "npm run build:studio && "}npx espejo studio`;
  console.error(`the same in a window of the browser: ${line}`);
}
process.exitCode = status ?? 1;
