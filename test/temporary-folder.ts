import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** All that tests keep for a while lies in one folder, which is gone when they are over. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "espejo-tests-"));
  // what `tmpdir` looks at, in the processes of tests too
  for (const name of ["TMPDIR", "TEMP", "TMP"]) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
