/** How long until the command line has answered and the library is loaded; node alone beside them. */
import { existsSync } from "node:fs";
import { measureCommands } from "./child.mjs";
import { figure, print } from "./report.mjs";

const dist = new URL("../dist/", import.meta.url);
const cli = new URL("cli/main.js", dist).pathname;

/** @param {{ rounds: number, threads: number }} options */
export function measureStartup(options) {
  const modules = ["index.js", "node.js"].map((file) => new URL(file, dist));
  const cases = [
    { what: "node alone", args: ["--eval", "0"] },
    ...modules.filter(existsSync).map(({ href }) => ({
      what: `import ${href.slice(dist.href.length)}`,
      args: ["--input-type=module", "--eval", `await import("${href}")`],
    })),
    ...(existsSync(cli) ? [{ what: "espejo --help", args: [cli, "--help"] }] : []),
  ];
  const results = measureCommands(cases, { name: "start-up", ...options });
  const table = results.map(({ what, medianUs, megabytes }) => [
    what,
    figure(medianUs / 1000),
    figure(megabytes ?? 0),
  ]);
  print("start-up", [["", "ms", "peak MB"], ...table]);
  return results;
}
