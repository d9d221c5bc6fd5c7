// Checks the types of the studio's page, in both languages, and builds it into dist/studio-page: files that
// `espejo studio` serves. Its packages are installed by `node scripts/setup.mjs studio`.
//   node studio/build.mjs
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

run("vue-tsc", "vue-tsc/bin/vue-tsc.js", ["--project", "tsconfig.json"]);
run("vite", "vite/bin/vite.js", ["build", "--logLevel", "warn"]);

function run(name, script, words) {
  const { status, error } = spawnSync(
    process.execPath,
    [join(here, "node_modules", script), ...words],
    { cwd: here, stdio: "inherit" },
  );
  if (status === 0) return;
  console.error(`studio: ${name} failed${error ? `: ${error.message}` : ""}`);
  process.exit(status ?? 1);
}
