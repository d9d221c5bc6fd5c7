// What an image starts, as a user without rights, on a port that is free.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/** Trains a model file of a volume, by the program of the image; the table lies elsewhere. */
export function train(image, models, name, folder) {
  const rows = Array.from({ length: 300 }, (_, i) => `${i % 17},${(i * 7) % 13}`).join("\n");
  const csv = join(folder, `${name}.csv`);
  writeFileSync(csv, `u,v\n${rows}\n`);
  const main = placed(image, image.entrypoint)[1];
  const words = [
    main,
    "train",
    csv,
    "--epochs",
    "2",
    "--seed",
    "1",
    "-o",
    join(models, `${name}.onnx`),
  ];
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`training failed: ${stderr}`);
}

/** Words with paths of the image where its folder has them. */
export const placed = ({ root }, words) =>
  words.map((word) =>
    word.replace(/(^|\s)(\/[\w./-]+)/g, (all, before, path) =>
      existsSync(join(root, path)) ? before + join(root, path) : all,
    ),
  );

/** Who runs it: where we are root, the user of the image, whose number Kubernetes wants to see (`runAsNonRoot`). */
function userOf({ user }) {
  if (!/^[1-9]\d*$/.test(user))
    throw new Error(`the image runs as ${user}, not as a number above 0`);
  return process.getuid() === 0 ? { uid: Number(user), gid: Number(user) } : {};
}

export function surroundings(image, env) {
  const { root, workdir } = image;
  return {
    cwd: join(root, workdir),
    env: {
      ...{ PATH: process.env.PATH, HOME: join(root, "home"), TMPDIR: join(root, "home") },
      ...image.env,
      ...env,
    },
    ...userOf(image),
  };
}

/** Starts what the image starts, on a port that is free. */
export async function start(image, cmd, env) {
  const port = await freePort();
  const words = placed(image, [...image.entrypoint, ...cmd]);
  if (words[0] === "node") words[0] = process.execPath;
  const child = spawn(words[0], [...words.slice(1), "--port", String(port)], {
    ...surroundings(image, env),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let text = "";
  child.stderr.on("data", (part) => {
    text += part;
  });
  const { uid = process.getuid() } = userOf(image);
  return { child, port, url: `http://127.0.0.1:${port}`, said: () => text, user: `user ${uid}` };
}

/** What Docker's question after the health of a container comes to: 0 or 1. */
export async function health(image, { port }) {
  const words = image.health.map((word) => word.replaceAll(`:${image.port}`, `:${port}`));
  const [program, ...rest] = words[0] === "node" ? [process.execPath, ...words.slice(1)] : words;
  const [code] = await once(spawn(program, rest, surroundings(image, {})), "exit");
  return code;
}

export const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
