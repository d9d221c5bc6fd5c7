// Checks of their own that need no cluster: Python reads cells as Node does, and scores rows as Node does.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { must } from "./stage.mjs";

/** What a script passed; its last line is "N passed, N failed". */
function passedBy(script, words) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [path, ...words], { maxBuffer: 2 ** 26 }, (error, out) => {
      const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(out) ?? [];
      if (passed === undefined) reject(error ?? new Error(out.slice(-500)));
      else resolve({ passed: Number(passed), failed: Number(failed), out });
    });
  });
}

async function allPassed(script, words) {
  const { passed, failed, out } = await passedBy(script, words);
  must(failed === 0, out.slice(-1500));
  return `${passed} checks`;
}

/** Cells bit by bit, and rows with their reasons. */
export async function parities({ stage, check }) {
  await check("Python reads cells as Node does", () =>
    allPassed("check-cells.mjs", [stage.python, "--made"]),
  );
  await check(
    "Python scores rows as Node does, and tells why",
    () => allPassed("check-scores.mjs", [stage.python]),
    { full: true },
  );
}
