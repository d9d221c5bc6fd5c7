// Pages of the installed package, built as people build them, each opened in headless Chromium: it trains there, or
// says which file is not to be had, from where, and what to do.
import { spawnSync } from "node:child_process";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromiumOptions, serve } from "../browser.mjs";

const page = `import { autoencoder, startFit } from "espejo/web";
const rows = 1000;
const data = new Float32Array(rows * 4);
for (let i = 0; i < rows; i++) {
  const [a, b] = [Math.sin(i), Math.cos(i * 1.7)];
  data.set([a, b, a + b, a - b], i * 4);
}
const model = autoencoder({ input: 4, hidden: [8], latentDim: 2, activation: "tanh", latentActivation: "linear" });
(async () => {
  try {
    const fitted = await startFit(model, { data, shape: [rows, 4] }, { epochs: 5, seed: 1 }).done;
    const scores = await fitted.scoreSamples({ data, shape: [rows, 4] });
    document.title = \`trained \${fitted.history.length} \${scores.length} \${fitted.history.at(-1).loss.toFixed(5)}\`;
    await fitted.dispose();
  } catch (error) {
    document.title = \`\${error.code}: \${error.message}\`;
  }
})();
`;

const engine = "node_modules/espejo/dist/engine/onnxruntime-web";
const worker = "node_modules/espejo/dist/training/worker.js";

/** How each bundler is called, as docs/browser.md says; what the line does beside is copied by \`copies\`. */
const bundlers = {
  webpack: {
    words: [
      "webpack",
      "build",
      "--mode",
      "production",
      "--entry",
      "./main.js",
      "-o",
      "out/webpack",
    ],
  },
  vite: {
    words: ["vite", "build", "--base", "/vite/", "--outDir", "out/vite", "--logLevel", "error"],
    built: true,
  },
  esbuild: {
    words: [
      "esbuild",
      "main.js",
      `worker=${worker}`,
      "--bundle",
      "--format=esm",
      "--log-level=error",
      "--outdir=out/esbuild",
    ],
    copies: true,
  },
  rollup: { words: ["rollup", "-c", "--silent"], copies: true },
};

const rollupConfig = (tools) => `import { createRequire } from "node:module";
const require = createRequire(${JSON.stringify(join(tools, "package.json"))});
const { nodeResolve } = require("@rollup/plugin-node-resolve");
const commonjs = require("@rollup/plugin-commonjs");
export default {
  input: { main: "main.js", worker: "${worker}" },
  output: { dir: "out/rollup" },
  plugins: [nodeResolve({ browser: true }), commonjs()],
};
`;

/** Builds all pages in `folder`, where the package is installed, with the bundlers of `tools`. */
export function buildPages(folder, tools, check) {
  writeFileSync(join(folder, "main.js"), page);
  writeFileSync(join(folder, "index.html"), html);
  writeFileSync(join(folder, "rollup.config.mjs"), rollupConfig(tools));
  for (const [
    name,
    {
      words: [command, ...words],
      copies,
      built,
    },
  ] of Object.entries(bundlers)) {
    const { status, stdout, stderr } = spawnSync(join(tools, "node_modules/.bin", command), words, {
      cwd: folder,
      encoding: "utf8",
      // webpack-cli looks for webpack where it is called
      env: { ...process.env, NODE_PATH: join(tools, "node_modules") },
    });
    check(`${name} builds a page`, status === 0, status === 0 ? "" : stdout + stderr);
    const out = join(folder, "out", name);
    if (!built) writeFileSync(join(out, "index.html"), html);
    if (copies) cpSync(join(folder, engine), join(out, "onnxruntime-web"), { recursive: true });
  }
  brokenPages(folder, tools);
}

const html =
  '<!doctype html><title>waiting</title><script type="module" src="./main.js"></script>\n';

/** Copies of esbuild's page that lack a file each, and a bundle that is no ES module. */
function brokenPages(folder, tools) {
  const whole = join(folder, "out/esbuild");
  for (const [name, file] of [
    ["no-worker", "worker.js"],
    ["no-engine", "onnxruntime-web/ort-wasm-simd-threaded.mjs"],
    ["no-wasm", "onnxruntime-web/ort-wasm-simd-threaded.wasm"],
  ]) {
    cpSync(whole, join(folder, "out", name), { recursive: true });
    rmSync(join(folder, "out", name, file));
  }
  spawnSync(
    join(tools, "node_modules/.bin/esbuild"),
    ["main.js", "--bundle", "--log-level=error", "--outdir=out/no-module"],
    { cwd: folder },
  );
  writeFileSync(join(folder, "out/no-module/index.html"), html);
}

/** Opens all pages that were built. */
export async function openPages(folder, tools, check) {
  const options = chromiumOptions();
  if (!options) return;
  const { chromium } = createRequire(join(tools, "package.json"))("playwright-core");
  const server = await serve(join(folder, "out"));
  const { origin } = server;
  const browser = await chromium.launch(options);
  const titleOf = async (path) => {
    const tab = await browser.newPage();
    await tab.goto(`${origin}${path}`);
    await tab.waitForFunction('document.title !== "waiting"', null, { timeout: 60_000 });
    const title = await tab.title();
    await tab.close();
    return title;
  };
  try {
    for (const name of Object.keys(bundlers)) {
      const title = await titleOf(`/${name}/`);
      check(`a page of ${name} trains`, /^trained 5 1000 0\.\d+$/.test(title), title);
    }
    const losses = [
      ["/no-worker/", "worker.js"],
      ["/no-engine/", "ort-wasm-simd-threaded.mjs"],
      ["/no-wasm/", "ort-wasm-simd-threaded.wasm"],
      ["/strict/esbuild/", "worker.js"],
      ["/no-module/", "worker.js"],
    ];
    for (const [path, file] of losses) {
      const title = await titleOf(path);
      const told =
        title.startsWith("package_file: ") &&
        title.includes(file) &&
        title.includes("docs/browser.md");
      check(`${path} says that ${file} cannot be loaded, and the cure`, told, title);
    }
  } finally {
    await browser.close();
    server.close();
  }
}
