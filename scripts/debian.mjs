// Debian's packages for the scripts that need a program: installed where this may be done, by root; or laid into a folder
// of their own, which asks for no rights and starts no service.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
const apt = (...words) => spawnSync("apt-get", ["-qq", ...words], { stdio: "ignore", env });
const isRoot = () => process.getuid?.() === 0;

/** Installs packages; does nothing for other users than root, or where there is no apt-get. */
export function installFromDebian(...names) {
  if (!isRoot()) return;
  console.log(`installing ${names.join(", ")}`);
  apt("update");
  apt("install", "-y", "--no-install-recommends", ...names);
}

/**
 * The path of a program of a package that needs no other one: that of the machine, or the one of a folder into which the
 * package was laid, kept for next time; undefined where there is none and none to be had.
 */
export function programFromDebian(name, program) {
  if (spawnSync(program, ["--version"]).status === 0) return program;
  const home = fileURLToPath(new URL(`../node_modules/.cache/debian-${name}`, import.meta.url));
  const path = join(home, "usr/bin", program);
  if (existsSync(path)) return path;
  console.log(`fetching ${name}`);
  mkdirSync(home, { recursive: true });
  if (isRoot()) apt("update");
  spawnSync("apt-get", ["-qq", "download", name], { stdio: "ignore", env, cwd: home });
  const file = readdirSync(home).find((each) => each.endsWith(".deb"));
  if (file) spawnSync("dpkg-deb", ["-x", file, "."], { stdio: "ignore", cwd: home });
  return existsSync(path) ? path : undefined;
}
