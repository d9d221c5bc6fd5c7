// Gathers the pages of docs/, what is the site's own and the API reference, and lets VitePress build them into
// site/dist: files that any server of files can serve, from the root of its host.
//   npm run site [-- --dev]
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const pages = join(here, "pages");

rmSync(pages, { recursive: true, force: true });
mkdirSync(join(pages, "public"), { recursive: true });
cpSync(join(root, "docs"), pages, { recursive: true });
for (const folder of [pages, join(pages, "es")])
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".md"))) {
    const file = join(folder, name);
    writeFileSync(file, withinSite(readFileSync(file, "utf8")));
  }
for (const [from, to] of [
  ["index.md", "index.md"],
  ["index-es.md", "es/index.md"],
  ["train.md", "train.md"],
  ["train-es.md", "es/train.md"],
  ["mark.svg", "public/mark.svg"],
])
  cpSync(join(here, "own", from), join(pages, to));
packDigits();
reference();
const command = process.argv.includes("--dev") ? "dev" : "build";
run("vitepress", [command, "."]);

/** Links to files that are not pages, such as ../README.md, become their text. */
function withinSite(text) {
  return text.replace(/\[([^\]]+)\]\((?:\.\.\/)+(?!pictures\/)[^)]*\)/g, "$1");
}

/** The first digits of the bundled test images, pixels and then classes: one file for the page that trains. */
function packDigits() {
  const count = 3000;
  const data = join(root, "examples/data/mnist");
  const images = gunzipSync(readFileSync(join(data, "t10k-images-idx3-ubyte.gz")));
  const labels = gunzipSync(readFileSync(join(data, "t10k-labels-idx1-ubyte.gz")));
  const packed = Buffer.concat([
    images.subarray(16, 16 + count * 784),
    labels.subarray(8, 8 + count),
  ]);
  writeFileSync(join(pages, "public/digits.dat"), gzipSync(packed, { level: 9 }));
}

/** Every exported name, from its doc comment. */
function reference() {
  run("typedoc", ["--options", "typedoc.json"]);
}

function run(command, words) {
  const bin = join(here, "node_modules/.bin", command);
  const { status } = spawnSync(bin, words, { cwd: here, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
