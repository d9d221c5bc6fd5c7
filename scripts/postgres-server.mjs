// Starts a PostgreSQL server of its own, in a temporary folder and on a free port. Installs PostgreSQL where it can and none
// is there.
import { spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { installFromDebian } from "./debian.mjs";

/** The path of one of PostgreSQL's programs, or undefined. */
function binary(name) {
  const parents = "/usr/lib/postgresql";
  const versions = existsSync(parents) ? readdirSync(parents).sort((a, b) => b - a) : [];
  const folders = [
    ...versions.map((version) => join(parents, version, "bin")),
    ...process.env.PATH.split(":"),
  ];
  return folders.map((folder) => join(folder, name)).find(existsSync);
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/**
 * A server that runs, whose user is "owner" with a password, and that has run `statements`: its address, and
 * its end. Null, which is said, where PostgreSQL is not there.
 */
export async function startPostgres(password, statements) {
  if (!binary("initdb")) installFromDebian("postgresql");
  if (!binary("initdb")) {
    console.log("skipped: PostgreSQL is not installed (apt-get install postgresql)");
    return null;
  }
  // The server refuses to run as root.
  const user = process.getuid() === 0 ? { uid: 65534, gid: 65534 } : {};
  const folder = mkdtempSync(join(tmpdir(), "espejo-postgres-"));
  const secret = join(folder, "password");
  writeFileSync(secret, password);
  if (user.uid) for (const path of [folder, secret]) chownSync(path, user.uid, user.gid);
  const data = join(folder, "data");
  const port = await freePort();
  const words = ["-D", data, "-U", "owner", "-A", "scram-sha-256", "-E", "UTF8", "--no-sync"];
  const made = spawnSync(binary("initdb"), [...words, `--pwfile=${secret}`], {
    ...user,
    ...{ cwd: folder, encoding: "utf8" },
  });
  if (made.status !== 0) throw new Error(made.stderr);
  const server = spawn(
    binary("postgres"),
    ["-D", data, "-p", String(port), "-k", folder, "-c", "listen_addresses=127.0.0.1", "-F"],
    { ...user, cwd: folder, stdio: "ignore" },
  );
  // Whatever ends this script ends the server.
  const end = () => server.kill("SIGINT");
  process.once("exit", end);
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const url = `postgres://owner:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  await run(url, statements);
  return {
    url,
    async stop() {
      process.off("exit", end);
      end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs statements as soon as the server answers. */
async function run(url, statements) {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.query(statements);
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => null);
      if (tries > 100) throw error;
      await wait(100);
    }
  }
}
