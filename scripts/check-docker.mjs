// deploy/Dockerfile without Docker: its instructions in bare folders, what it starts as a user without rights who can write
// nothing, its health asked as Docker asks it, stopped as Docker stops it. Says what it cannot do as Docker does. Needs Linux
// or macOS; as root it takes a user without rights. Ends with "N passed, N failed".
//   node scripts/check-docker.mjs
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort, health, placed, start, surroundings, train } from "./docker/container.mjs";
import { buildStages } from "./docker/stages.mjs";
import { blockOf } from "./server/guide.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "espejo-docker-"));
chmodSync(folder, 0o755);
const token = "a-token-of-the-container";
let passed = 0;
let failed = 0;

/** One check; what it throws is told. */
async function check(name, work) {
  const began = Date.now();
  try {
    const told = await work();
    passed++;
    console.log(`ok      ${name}${told ? `: ${told}` : ""} (${Date.now() - began} ms)`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}: ${error.message}`);
  }
}
const expectThat = (holds, message) => {
  if (!holds) throw new Error(message);
};

/** Every file below a folder, with its size and when it was written. */
const filesOf = (path) =>
  readdirSync(path, { recursive: true }).map((name) => {
    const { size, mtimeMs } = lstatSync(join(path, name));
    return `${name} ${size} ${mtimeMs}`;
  });

async function useImage(image) {
  await check("only what serves is in it", () => {
    const packages = join(image.root, "espejo/node_modules");
    for (const name of ["fastify", "onnxruntime-node", "prom-client"])
      expectThat(existsSync(join(packages, name)), `${name} is missing`);
    for (const name of ["typescript", "vitest", "onnxruntime-web"])
      expectThat(!existsSync(join(packages, name)), `${name} is there`);
    const sizes = readdirSync(image.root, { recursive: true }).map(
      (name) => lstatSync(join(image.root, name)).size,
    );
    return `${(sizes.reduce((sum, size) => sum + size, 0) / 1e6).toFixed(0)} MB`;
  });

  const models = join(image.root, image.workdir);
  train(image, models, "table", folder);
  const home = join(image.root, "home");
  mkdirSync(home);
  spawnSync("chmod", ["-R", "a-w", image.root]);
  console.log(
    "        not as Docker: --read-only takes away the permission to write, below its folder",
  );
  const before = filesOf(image.root);

  await check("without a token it does not start, and says why", async () => {
    const { child, said } = await start(image, image.cmd, {});
    const [code] = await once(child, "exit");
    expectThat(code === 2 && /ESPEJO_TOKEN/.test(said()), `it ended with ${code}: ${said()}`);
  });

  const server = await start(image, image.cmd, { ESPEJO_TOKEN: token });
  const { url, child } = server;
  await check("its health is told by its own command, once it serves", async () => {
    for (let tries = 0; (await health(image, server)) !== 0; tries++) {
      expectThat(child.exitCode === null && tries < 100, server.said());
      await wait(100);
    }
  });
  const ask = (headers = {}) =>
    fetch(`${url}/score`, {
      method: "POST",
      body: "u,v\n1,2\n",
      headers: { "content-type": "text/csv", ...headers },
    });
  await check("it scores for who has the token, as a user without rights", async () => {
    expectThat((await ask()).status === 401, "it scores without a token");
    const answer = await ask({ authorization: `Bearer ${token}` });
    const { rows } = await answer.json();
    expectThat(answer.status === 200 && rows.length === 1, `${answer.status}`);
    return server.user;
  });
  await check("a model that is put into its volume is served", async () => {
    chmodSync(models, 0o755);
    train(image, models, "second", folder);
    const asked = () =>
      fetch(`${url}/v2/models/second/ready`, { headers: { authorization: `Bearer ${token}` } });
    for (let tries = 0; !(await asked()).ok; tries++) {
      expectThat(tries < 100, "it is not there after 10 seconds");
      await wait(100);
    }
    rmSync(join(models, "second.onnx"));
    chmodSync(models, 0o555);
  });
  await check("it stops when Docker says so, with 0, and is no longer well", async () => {
    const ended = once(child, "exit");
    child.kill(image.signal);
    const [code] = await ended;
    expectThat(code === 0, `it ended with ${code}: ${server.said()}`);
    expectThat((await health(image, server)) === 1, "its health is good without it");
  });
  await check("it has written nothing", () => {
    const after = filesOf(image.root).filter((each) => !before.includes(each));
    const other = after.filter((each) => !each.startsWith(image.workdir.slice(1)));
    expectThat(other.length === 0, `it has written ${other.slice(0, 5)}`);
  });
  await check("SageMaker's container of the guide serves, whatever word it is given", () =>
    sageMaker(image),
  );
}

/** SageMaker puts the word `serve` behind what a container starts, and its model elsewhere. */
async function sageMaker(image) {
  const line = /^ENTRYPOINT (.*)$/m.exec(blockOf("dockerfile", "FROM espejo-serve"))[1];
  const place = join(image.root, image.workdir);
  const entrypoint = JSON.parse(line).map((word) => word.replace("/opt/ml/model", place));
  const shell = entrypoint.findIndex((word) => word.startsWith("exec "));
  // the port goes where the shell's line ends
  const port = await freePort();
  entrypoint[shell] += ` --port ${port}`;
  const words = placed(image, entrypoint);
  const child = spawn(words[0], [...words.slice(1), "serve"], {
    ...surroundings(image, {}),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (part) => {
    said += part;
  });
  const ended = once(child, "exit");
  try {
    for (let tries = 0; ; tries++) {
      const answer = await fetch(`http://127.0.0.1:${port}/ping`).catch(() => null);
      if (answer?.ok) break;
      expectThat(child.exitCode === null && tries < 100, said);
      await wait(100);
    }
    const answer = await fetch(`http://127.0.0.1:${port}/invocations`, {
      ...{ method: "POST", body: "u,v\n1,2\n", headers: { "content-type": "text/csv" } },
    });
    const { predictions } = await answer.json();
    expectThat(predictions?.length === 1, `${answer.status}`);
  } finally {
    child.kill("SIGTERM");
  }
  const [code] = await ended;
  expectThat(code === 0, `it ended with ${code}`);
}

try {
  let image;
  await check("it builds", () => {
    const tell = (what) => console.log(`        not as Docker: ${what}`);
    image = buildStages({ file: join(root, "deploy/Dockerfile"), context: root, folder, tell });
  });
  if (image) await useImage(image);
} finally {
  spawnSync("chmod", ["-R", "u+w", folder]);
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
