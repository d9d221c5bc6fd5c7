/** From a CSV to a model, and from a CSV to its scores, by the command line: wall time, peak memory. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { measureCommands } from "./child.mjs";
import { figure, print } from "./report.mjs";
import { cardTransactions } from "./sample.mjs";

const cli = new URL("../dist/cli/main.js", import.meta.url).pathname;

/**
 * With `smoke` one epoch is trained, and no run to its end.
 * @param {{ rounds: number, threads: number, smoke: boolean }} options
 * @returns {import("./report.mjs").Result[]}
 */
export function measureFiles({ smoke, ...options }) {
  if (!existsSync(cli)) {
    console.error("left out: the command line is not built");
    return [];
  }
  const data = cardTransactions();
  const name = path.basename(data);
  const folder = mkdtempSync(path.join(tmpdir(), "espejo-bench-"));
  const model = path.join(folder, "model.onnx");
  const run = path.join(folder, "run");
  const train = [cli, "train", data, "-o", model, "--label", "Class", "--run", run];
  const before = () => rmSync(run, { recursive: true, force: true });
  try {
    const results = measureCommands(
      [
        { what: "train, one epoch", args: [...train, "--epochs", "1"], before },
        ...(smoke ? [] : [{ what: "train, as it comes", args: train, before }]),
        {
          what: "score to CSV",
          args: [cli, "score", data, "-m", model, "-o", path.join(folder, "scores.csv")],
        },
      ],
      { name, ...options },
    );
    const table = results.map(({ what, medianUs, megabytes }) => [
      what,
      figure(medianUs / 1e6),
      figure(megabytes ?? 0),
    ]);
    print(`${name}, whole commands`, [["", "s", "peak MB"], ...table]);
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
