// Other package managers: pnpm, and Yarn with Plug'n'Play, where packages stay in archives.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const registry = () =>
  spawnSync("npm", ["config", "get", "registry"], { encoding: "utf8" })
    .stdout.trim()
    .replace(/\/$/, "");

export function checkManagers(scratch, tools, tarball, table, check) {
  const env = {
    ...process.env,
    ONNXRUNTIME_NODE_INSTALL: "skip",
    YARN_NPM_REGISTRY_SERVER: registry(),
    YARN_ENABLE_TELEMETRY: "0",
    YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
  };
  const ways = {
    pnpm: { add: ["pnpm", "add", tarball], call: ["pnpm", "exec", "espejo"] },
    yarn: { add: ["yarn", "add", `espejo@file:${tarball}`], call: ["yarn", "espejo"] },
  };
  for (const [name, { add, call }] of Object.entries(ways)) {
    const folder = join(scratch, name);
    mkdirSync(folder);
    writeFileSync(
      join(folder, "package.json"),
      '{"name":"stranger","version":"1.0.0","type":"module"}\n',
    );
    if (name === "yarn") writeFileSync(join(folder, "yarn.lock"), "");
    cpSync(table, join(folder, "table.csv"));
    const run = ([command, ...words], ...more) => {
      const { status, stdout, stderr } = spawnSync(
        join(tools, "node_modules/.bin", command),
        [...words, ...more],
        {
          cwd: folder,
          env,
          encoding: "utf8",
        },
      );
      return { status, text: `${stdout}${stderr}` };
    };
    const added = run(add);
    check(`${name} installs the package`, added.status === 0, added.status === 0 ? "" : added.text);
    for (const words of [
      ["doctor"],
      ["train", "table.csv", "--epochs", "2", "-o", "m.onnx"],
      ["score", "table.csv", "-m", "m.onnx", "-o", "scores.csv"],
    ]) {
      const { status, text } = run(call, ...words);
      check(`${name}: espejo ${words[0]}`, status === 0, status === 0 ? "" : text);
    }
  }
}
