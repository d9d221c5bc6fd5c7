import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A process of PyOD that fits and scores on request. */
export async function startPyod() {
  const here = (/** @type {string} */ path) => new URL(path, import.meta.url).pathname;
  const child = spawn(here("../.venv/bin/python"), [here("peers.py")], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const folder = mkdtempSync(join(tmpdir(), "espejo-quality-"));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the process of PyOD ended");
    return JSON.parse(value);
  };
  const versions = await next();
  return {
    versions,
    /**
     * @param {string} detector
     * @param {{ fit: any, judge: any }} data
     * @param {number} seed
     */
    async score(detector, { fit, judge }, seed) {
      const path = (/** @type {string} */ name) => join(folder, `${name}.f64`);
      writeFileSync(path("fit"), new Uint8Array(fit.x.buffer));
      writeFileSync(path("judge"), new Uint8Array(judge.x.buffer));
      const request = { detector, seed, columns: fit.columns };
      const files = { fit: path("fit"), judge: path("judge"), scores: path("scores") };
      child.stdin.write(`${JSON.stringify({ ...request, ...files })}\n`);
      const { seconds, error } = await next();
      if (error) throw new Error(error);
      const bytes = readFileSync(path("scores"));
      const scores = new Float64Array(
        bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
      );
      return { scores, seconds: /** @type {number} */ (seconds) };
    },
    stop() {
      child.stdin.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
