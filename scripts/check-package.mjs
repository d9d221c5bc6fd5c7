// The package as a stranger gets it: packed, installed in folders of its own, and used as people use it. Compilers,
// bundlers and package managers are those of scripts/package. Ends with "N passed, N failed".
//   node scripts/check-package.mjs [types|places|quiet|parts|jest|server|studio|pages|managers ...]
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkJest } from "./package/jest.mjs";
import { checkManagers } from "./package/managers.mjs";
import { buildPages, openPages } from "./package/pages.mjs";
import { checkEachPart, checkWithoutParts } from "./package/parts.mjs";
import { checkPlaces } from "./package/places.mjs";
import { checkQuiet } from "./package/quiet.mjs";
import { checkServerBundle } from "./package/server.mjs";
import { checkStudio } from "./package/studio.mjs";
import { checkTypes } from "./package/types.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const tools = join(root, "scripts/package");
const scratch = mkdtempSync(join(tmpdir(), "espejo-package-"));
// one check is run by another user
chmodSync(scratch, 0o755);
const chosen = process.argv.slice(2);
let passed = 0;
let failed = 0;
function check(what, holds, found = "") {
  holds ? passed++ : failed++;
  console.log(`${holds ? "ok    " : "FAILED"} ${what}${found === "" ? "" : `: ${found}`}`);
}

function npm(folder, ...words) {
  const { status, stdout } = spawnSync(
    "npm",
    [...words, "--no-fund", "--no-audit", "--loglevel=error"],
    {
      cwd: folder,
      stdio: ["ignore", "pipe", 2],
      encoding: "utf8",
      env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" },
      shell: process.platform === "win32",
    },
  );
  if (status !== 0) throw new Error(`npm ${words.join(" ")} failed`);
  return stdout;
}

/** A project of a stranger with the packed package in it, and a small table. */
function install(name, tarball, ...options) {
  const folder = join(scratch, name);
  mkdirSync(folder);
  writeFileSync(
    join(folder, "package.json"),
    '{"name":"stranger","version":"1.0.0","type":"module"}\n',
  );
  npm(folder, "install", tarball, ...options);
  writeFileSync(join(folder, "table.csv"), table);
  return { folder, main: join(folder, "node_modules/espejo/dist/cli/main.js") };
}

const table = `client,amount,months\n${Array.from(
  { length: 120 },
  (_, i) => `${["Banco Alfa", "Textiles Beta", "Obras Gamma"][i % 3]},${(i * 7) % 41},${i % 12}`,
).join("\n")}\n`;

const megabytes = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) / 1e6;

try {
  npm(tools, "ci");
  const [{ filename, size, unpackedSize }] = JSON.parse(
    npm(root, "pack", "--json", "--pack-destination", scratch),
  );
  const tarball = join(scratch, filename);
  console.log(
    `packed ${(size / 1e6).toFixed(1)} MB, unpacked ${(unpackedSize / 1e6).toFixed(1)} MB`,
  );
  const { folder, main } = install("año 2026, proyecto", tarball, "@types/node@20");
  const sections = {
    types: () => checkTypes(folder, tools, tarball, check),
    places: () => checkPlaces(folder, main, check),
    quiet: () => checkQuiet(folder, main, check),
    parts: () => {
      checkEachPart(folder, main, check);
      const bare = install("omit", tarball, "--omit=optional");
      checkWithoutParts(bare.folder, bare.main, check);
      const sizes = [folder, bare.folder].map((each) =>
        megabytes(join(each, "node_modules")).toFixed(0),
      );
      console.log(`installed ${sizes[0]} MB, with --omit=optional ${sizes[1]} MB`);
    },
    jest: () => checkJest(folder, tools, check),
    server: () => checkServerBundle(folder, tools, check),
    studio: () => checkStudio(folder, main, check),
    pages: async () => {
      buildPages(folder, tools, check);
      await openPages(folder, tools, check);
    },
    managers: () => checkManagers(scratch, tools, tarball, join(folder, "table.csv"), check),
  };
  for (const [name, section] of Object.entries(sections)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    const began = performance.now();
    await section();
    console.log(`--- ${name}: ${((performance.now() - began) / 1000).toFixed(0)} s`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
