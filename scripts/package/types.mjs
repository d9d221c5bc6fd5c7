// What the package promises to a compiler: its types compile without skipLibCheck however modules are resolved, "are
// the types wrong" finds nothing in an ES module package, and source maps point to something or are not there.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const program = `import { autoencoder, type Model } from "espejo";
import { detect } from "espejo/node";
import { startFit } from "espejo/web";
export const model: Model = autoencoder({ input: 4, latentDim: 2 });
export const all = [detect, startFit];
`;
const ways = { NodeNext: "NodeNext", node16: "node16", ESNext: "Bundler" };

export function checkTypes(folder, tools, tarball, check) {
  writeFileSync(join(folder, "program.ts"), program);
  const run = (command, ...words) =>
    spawnSync(join(tools, "node_modules/.bin", command), words, { cwd: folder, encoding: "utf8" });
  for (const [module, resolution] of Object.entries(ways)) {
    const { status, stdout } = run(
      ...["tsc", "--noEmit", "--strict", "--target", "es2022", "--skipLibCheck", "false"],
      ...["--module", module, "--moduleResolution", resolution, "program.ts"],
    );
    check(`types compile with moduleResolution ${resolution}`, status === 0, stdout);
  }
  const { status, stdout } = run("attw", tarball, "--profile", "esm-only", "--no-emoji");
  check("are the types wrong finds nothing", status === 0, status === 0 ? "" : stdout);
  const lost = lostSources(join(folder, "node_modules/espejo"));
  check("source maps point to something", lost.length === 0, lost.slice(0, 3).join(", "));
}

/** Files of the package that name a source map which is not there, and sources that maps name in vain. */
function lostSources(root) {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" });
  return files.flatMap((name) => {
    const path = join(root, name);
    if (/\.m?js$/.test(name) && !name.includes("onnxruntime-web")) {
      const map = /\/\/# sourceMappingURL=(?!data:)(.+)$/m.exec(readFileSync(path, "utf8"))?.[1];
      return map && !existsSync(resolve(dirname(path), map)) ? [`${name} -> ${map}`] : [];
    }
    if (!name.endsWith(".map")) return [];
    const { sources, sourcesContent = [] } = JSON.parse(readFileSync(path, "utf8"));
    return sources
      .filter((source, i) => !sourcesContent[i] && !existsSync(resolve(dirname(path), source)))
      .map((source) => `${name} -> ${source}`);
  });
}
