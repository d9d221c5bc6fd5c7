import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const prefix = "espejo-tests-";

/** All that tests keep for a while lies in one folder, which is gone when they are over. */
export default function setup(): () => void {
  // each project of the configuration asks, the first makes it
  if (basename(tmpdir()).startsWith(prefix)) return () => {};
  const folder = mkdtempSync(join(tmpdir(), prefix));
  // what `tmpdir` looks at, in the processes of tests too
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
