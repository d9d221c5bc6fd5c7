// The Java that Spark runs on.
import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { installFromDebian } from "../debian.mjs";

/** The oldest that Spark 4 runs on. */
const oldest = 17;

/** A folder for JAVA_HOME; installs what Debian calls its Java where there is none and that may be done. Throws where it cannot be. */
export function javaHome() {
  const found = findJava();
  if (found) return found;
  installFromDebian("default-jre-headless");
  const installed = findJava();
  if (installed) return installed;
  throw new Error(
    `Spark needs Java ${oldest} or newer, and there is none: apt-get install default-jre-headless, or JAVA_HOME=folder`,
  );
}

function findJava() {
  const homes = [process.env.JAVA_HOME, ...homesOnPath()].filter(Boolean);
  return homes.find((home) => versionOf(join(home, "bin/java")) >= oldest);
}

/** A program on PATH is a link to the one in its home. */
const homesOnPath = () =>
  process.env.PATH.split(":")
    .map((folder) => join(folder, "java"))
    .filter((path) => existsSync(path))
    .map((path) => dirname(dirname(realpathSync(path))));

/** The first number of a Java's version; 0 where it does not start. */
function versionOf(java) {
  const { stderr } = spawnSync(java, ["-version"], { encoding: "utf8" });
  return Number(/version "(\d+)/.exec(stderr ?? "")?.[1] ?? 0);
}
