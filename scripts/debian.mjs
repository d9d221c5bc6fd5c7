// Debian's packages for the scripts that need a program: installed where this may be done, by root.
import { spawnSync } from "node:child_process";

/** Installs a package; does nothing for other users than root, or where there is no apt-get. */
export function installFromDebian(name) {
  if (process.getuid?.() !== 0) return;
  console.log(`installing ${name}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const words of [["update"], ["install", "-y", "--no-install-recommends", name]])
    spawnSync("apt-get", ["-qq", ...words], { stdio: "ignore", env });
}
